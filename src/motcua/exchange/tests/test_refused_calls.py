"""What a refused call leaves behind, and what is looked at again once its body is there."""

import pytest

from motcua.exchange.models import Agreement
from motcua.exchange.operations import noting, receiving
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.test_attacks import rebuilt, refused
from motcua.exchange.tests.wire import ask, now


class Heard:
    """What was written to the log."""

    def __init__(self):
        self.lines = []

    def warning(self, event, **facts):
        self.lines.append((event, facts))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"content": b"other"}, "exchange.altered"),
        ({"motcua_consumer": HUE}, "exchange.wrong-consumer"),
        ({"motcua_consumer": "x" * 500}, "exchange.wrong-consumer"),
        ({"signature_input": "none"}, "exchange.not-signed"),
    ],
)
def test_a_refused_call_leaves_who_is_said_to_have_made_it_and_from_where(
    wire, done, monkeypatch, change, code
):
    heard, signed = Heard(), signing_key(HANOI, at=now()).kid
    monkeypatch.setattr(noting, "log", heard)
    wire.on_request = lambda request: rebuilt(request, **change)
    with refused(code, done):
        ask()
    ((event, facts),) = heard.lines
    assert event == "a call was refused"
    assert facts["code"] == code
    assert facts["member"] == change.get("motcua_consumer", HANOI)[:80]
    assert facts["key"] == ("" if code == "exchange.not-signed" else signed)
    assert (facts["provider"], facts["service"]) == (POLICE, "echo.v1")
    assert facts["agreement"]
    assert facts["address"] == "127.0.0.1"


def test_an_agreement_that_ends_while_the_body_comes_lets_nothing_through(wire, done, monkeypatch):
    copied = receiving.copy_hashed

    def slowly(body, into, *, most):
        digest = copied(body, into, most=most)
        Agreement.objects.update(standing="ended")
        forget_agreements()
        return digest

    monkeypatch.setattr(receiving, "copy_hashed", slowly)
    with refused("exchange.agreement-ended", done):
        ask()
