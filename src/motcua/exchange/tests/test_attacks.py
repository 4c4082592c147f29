"""What others try, or what befalls a message on its way: refused, by name, and nothing is done."""

from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest
from django.conf import settings

from motcua.exchange.adapters.sending import MemberDown
from motcua.exchange.models import LogEntry
from motcua.exchange.operations.calling import CallRefused, NotTheirAnswer
from motcua.exchange.operations.keys import new_key, revoke_key
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.keys import forget_keys, signing_key
from motcua.exchange.rules.digests import content_digest
from motcua.exchange.tests.conftest import PORTAL
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.wire import BODY, ask, now


def rebuilt(request, *, content=None, url=None, method=None, **headers):
    """Return a request with something changed."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    body = request.content if content is None else content
    known = {k: v for k, v in request.headers.items() if k != "content-length"} | given
    known = {k: v for k, v in known.items() if v is not None}
    return httpx.Request(method or request.method, url or request.url, headers=known, content=body)


@contextmanager
def refused(code, done=None):
    with pytest.raises(CallRefused) as error:
        yield
    assert error.value.problem["code"] == code
    assert error.value.problem["title_vi"]
    assert not done
    assert not LogEntry.objects.filter(side="provider").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"content": b'{"a": 2}'},
        {"content": BODY + b" "},
        {"content": b""},
        {"content_digest": content_digest(b"other")},
        {"content_digest": content_digest(b"other"), "content": b"other"},
        {"content_type": "text/plain"},
        {"motcua_agreement": "other"},
        {"motcua_purpose": "statistics"},
        {"stream": "x", "stream_offset": "0"},
        {"content_encoding": "gzip"},
        {"method": "GET"},
        {"url": "http://127.0.0.1:1/trao-doi/000.00.00.G01/echo.v1/other"},
        {"url": "http://127.0.0.1:1/trao-doi/000.00.00.G01/echo.v1/?x=1"},
        {"host": "localhost:1"},
    ],
    ids=str,
)
def test_a_message_altered_on_its_way_is_refused(wire, done, change):
    wire.on_request = lambda request: rebuilt(request, **change)
    codes = {"exchange.altered", "exchange.not-signed"}
    with pytest.raises(CallRefused) as error:
        ask()
    assert error.value.problem["code"] in codes
    assert not done
    assert not LogEntry.objects.filter(side="provider").exists()


def test_a_message_sent_again_is_refused_and_done_once(wire, done):
    ask()
    again = wire.handle_request(wire.requests[0])
    assert again.status_code == 409
    assert "exchange.replayed" in b"".join(again.stream).decode()
    assert done == [BODY]
    assert LogEntry.objects.filter(side="provider").count() == 1


def test_messages_doubled_and_reordered_are_each_done_once(wire, done):
    kept = []
    wire.on_request = kept.append
    for number in range(4):
        ask(body=b"%d" % number)
    for request in [kept[2], kept[0], kept[3], kept[1], kept[0]]:
        assert wire.handle_request(request).status_code == 409
    assert sorted(done) == [b"0", b"1", b"2", b"3"]


@pytest.mark.parametrize(
    ("off", "code"),
    [(-181, "exchange.expired"), (62, "exchange.clock"), (3600, "exchange.clock")],
)
def test_a_clock_that_lies_is_told_the_time(wire, done, off, code):
    """Ours is right; the other's is too slow, or too fast."""
    with pytest.raises((CallRefused, NotTheirAnswer)) as error:
        ask(at=now() + timedelta(seconds=off))
    assert not done
    assert LogEntry.objects.get().side == "consumer"
    if isinstance(error.value, CallRefused):
        assert error.value.problem["code"] == code
        assert error.value.problem["server_time"]


@pytest.mark.parametrize("off", [-50, 50])
def test_a_clock_that_is_a_little_off_does_no_harm(wire, done, off):
    ask(at=now() + timedelta(seconds=off))
    assert done == [BODY]


def test_a_message_kept_for_later_has_expired(wire, done):
    kept = []

    def keep(request):
        kept.append(request)
        raise httpx.ConnectError("cut")

    wire.on_request = keep
    with pytest.raises(MemberDown):
        ask(at=now() - timedelta(seconds=181))
    wire.on_request = lambda request: request
    assert "exchange.expired" in b"".join(wire.handle_request(kept[0]).stream).decode()
    assert not done


def test_a_key_of_another_member_does_not_sign_for_us(wire, done, settings):
    settings.EXCHANGE_MEMBERS = (HANOI, POLICE, HUE)
    theirs = signing_key(HUE, at=now())
    from motcua.exchange.operations import calling

    def swapped(member, *, at):
        return theirs if member == HANOI else signing_key(member, at=at)

    with pytest.MonkeyPatch.context() as patch, refused("exchange.wrong-consumer", done):
        patch.setattr(calling, "signing_key", swapped)
        ask()


def test_a_revoked_key_is_refused(wire, done):
    kid = signing_key(HANOI, at=now()).kid
    with pytest.MonkeyPatch.context() as patch, refused("exchange.revoked-key", done):
        from motcua.exchange.operations import calling

        old = signing_key(HANOI, at=now())
        patch.setattr(calling, "signing_key", lambda member, *, at: old)
        revoke_key(kid, "key_compromise", by=PORTAL, at=now())
        ask()


def test_a_new_key_signs_at_once(wire, done):
    new_key(HANOI, by=PORTAL, at=now())
    forget_keys()
    ask()
    assert done == [BODY]


def test_a_key_that_nobody_knows_is_refused(wire, done):
    def other(request):
        named = request.headers["signature-input"].replace('keyid="', 'keyid="0')
        return rebuilt(request, signature_input=named)

    wire.on_request = other
    with refused("exchange.unknown-key", done):
        ask()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"standing": "ended"}, "exchange.agreement-ended"),
        ({"standing": "suspended"}, "exchange.agreement-ended"),
        ({"purposes": ["statistics"]}, "exchange.purpose-not-agreed"),
    ],
)
def test_an_agreement_that_does_not_cover_it_lets_nothing_through(wire, done, facts, code):
    from motcua.exchange.models import Agreement

    ask()
    Agreement.objects.update(**facts)
    forget_agreements()
    LogEntry.objects.all().delete()
    done.clear()
    with refused(code, done):
        ask()


@pytest.mark.parametrize("limit", ["per_day", "per_minute"])
def test_no_more_calls_than_agreed_are_answered(wire, done, limit):
    from motcua.exchange.models import Agreement

    Agreement.objects.update(**{limit: 3})
    forget_agreements()
    for _ in range(3):
        ask()
    with pytest.raises(CallRefused) as error:
        ask()
    assert error.value.problem["code"] == "exchange.over-quota"
    assert error.value.status == 429
    assert error.value.again_later
    most = 86_400 if limit == "per_day" else 60
    assert 0 < int(error.value.headers["retry-after"]) <= most
    assert len(done) == 3


def test_calls_that_the_minute_refuses_leave_the_day_its_share(wire, done):
    from motcua.exchange.models import Agreement, Usage

    Agreement.objects.update(per_day=5, per_minute=2)
    forget_agreements()
    for _ in range(2):
        ask()
    for _ in range(9):
        with pytest.raises(CallRefused) as error:
            ask()
        assert int(error.value.headers["retry-after"]) <= 60
    assert dict(Usage.objects.values_list("period", "calls")) == {"d": 2, "m": 2}
    Usage.objects.filter(period="m").delete()
    Usage.objects.filter(period="d").update(calls=5)
    with pytest.raises(CallRefused) as error:
        ask()
    assert not Usage.objects.filter(period="m").exists()
    assert len(done) == 2


def test_a_body_that_is_too_large_is_not_read(wire, done, settings):
    settings.EXCHANGE_MOST_BYTES = 10
    with refused("exchange.too-large", done):
        ask(body=bytes(11))


def test_a_large_body_goes_through_the_disk(wire, done, tmp_path):
    place = tmp_path / "large"
    place.write_bytes(bytes(3 * 2**20))
    ask(body=place)
    assert done == [bytes(3 * 2**20)]
    assert not list((settings.VAR / "spool").iterdir())


def test_a_body_in_chunks_of_unknown_length_is_refused(wire, done):
    wire.on_request = lambda request: rebuilt(request, transfer_encoding="chunked")
    with refused("exchange.length-needed", done):
        ask()


def test_a_flood_of_headers_is_refused_before_anything(wire, done):
    wire.on_request = lambda request: rebuilt(request, x_flood="x" * 20_000)
    with pytest.raises(NotTheirAnswer):
        ask()
    assert not done


def test_no_other_method_is_taken(wire, done):
    with pytest.raises(NotTheirAnswer):
        ask(method="DELETE")
    assert not done
