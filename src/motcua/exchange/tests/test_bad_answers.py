"""What comes back: used only where it is theirs, whole, and to this very call."""

import httpx
import pytest

from motcua.exchange.adapters.sending import MemberDown
from motcua.exchange.models import LogEntry
from motcua.exchange.operations.calling import CallRefused, NotTheirAnswer, call
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.wire import agreement, ask, now, offered
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable


def test_an_answer_altered_on_its_way_is_not_used(wire, done):
    def other(answer):
        return httpx.Response(answer.status_code, headers=answer.headers, content=b'{"x": 1}')

    wire.on_answer = other
    with pytest.raises(NotTheirAnswer):
        ask()
    assert LogEntry.objects.get(side="consumer").status == 0


def test_an_answer_to_another_request_is_not_used(wire, done):
    kept = []
    wire.on_answer = kept.append
    ask()
    wire.on_answer = lambda answer: kept[0]
    with pytest.raises(NotTheirAnswer):
        ask()


def test_an_answer_signed_by_another_member_is_not_used(wire, done, settings):
    settings.EXCHANGE_MEMBERS = (HANOI, POLICE, HUE)
    from motcua.exchange.operations import answering

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answering, "signing_key", lambda member, *, at: signing_key(HUE, at=at))
        with pytest.raises(NotTheirAnswer):
            ask()


@pytest.mark.parametrize(
    "change", [{"signature": None}, {"signature": "motcua=:AAAA:"}, {"content-digest": None}]
)
def test_an_answer_without_its_signature_is_not_used(wire, done, change):
    def stripped(answer):
        headers = {k: v for k, v in (dict(answer.headers) | change).items() if v is not None}
        return httpx.Response(answer.status_code, headers=headers, content=answer.content)

    wire.on_answer = stripped
    with pytest.raises(NotTheirAnswer):
        ask()


def test_a_member_that_is_down_is_left_alone_for_a_while_and_asked_again(wire, done):
    from motcua.backbone import breaker

    tries = []

    def down(request):
        tries.append(request)
        raise httpx.ConnectError("refused")

    wire.on_request = down
    for _ in range(6):
        with pytest.raises(MemberDown):
            ask()
    assert len(tries) == breaker.FAILURES
    assert LogEntry.objects.filter(side="consumer", status=0).count() == 6
    from motcua.exchange.adapters import sending

    for known in sending._breakers.values():
        known._until = 0.0
    wire.on_request = lambda request: request
    assert ask().status == 200


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_that_answers_for_a_member_is_no_member(wire, done, status):
    wire.on_answer = lambda answer: httpx.Response(status, content=b"<html>")
    with pytest.raises(MemberDown):
        ask()


class Odd(Conflict):
    code = "odd"
    message = "Odd {what}"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not-found"),
        (Forbidden(), 403, "forbidden"),
        (Odd(what="x"), 409, "odd"),
        (Invalid(problems=[{"at": "a", "message": "b"}]), 422, "invalid"),
        (Unavailable(), 503, "unavailable"),
        (ZeroDivisionError("secret detail"), 500, "fault"),
    ],
)
def test_what_a_provider_raises_is_a_signed_problem_without_its_insides(wire, error, status, code):
    def handler(call):
        raise error

    agreement()
    offered(handler)
    with pytest.raises(CallRefused) as told:
        ask()
    assert (told.value.status, told.value.problem["code"]) == (status, code)
    assert b"secret" not in told.value.body
    assert b"Traceback" not in told.value.body
    assert LogEntry.objects.get(side="provider").status == status


def test_a_service_that_nobody_answers_is_named(wire, done):
    with pytest.raises(CallRefused) as told:
        call(POLICE, "heads.v1", purpose="witness", at=now(), body=b"not json")
    assert told.value.problem["code"] == "exchange.wrong-head"
