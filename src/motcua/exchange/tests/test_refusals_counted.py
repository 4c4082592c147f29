"""Refused calls are counted for those who can do something about them, and never without bound."""

from datetime import timedelta

import pytest

from motcua.backbone.models import Entry
from motcua.exchange.models import Agreement, RefusedCall
from motcua.exchange.operations.calling import CallRefused
from motcua.exchange.operations.sweeping import forget_old
from motcua.exchange.operations.warning import warn_of_refused
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.queries.refusals import REASON_OF, refused_calls, refused_lately
from motcua.exchange.rules.access import NotOfTheExchange
from motcua.exchange.tests.conftest import ADMIN, CLERK, DAY, HUE_ADMIN, PORTAL, official
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.test_attacks import rebuilt
from motcua.exchange.tests.wire import ECHO, agreement, ask, now
from motcua.kernel.actors import Role

POLICE_ADMIN = official("admin-police", "G01", Role.ADMINISTRATOR)


def ended():
    Agreement.objects.update(standing="ended")
    forget_agreements()


def refuse(times=1):
    for _ in range(times):
        with pytest.raises(CallRefused):
            ask()


def seen(by=PORTAL, **given):
    return refused_calls(by=by, at=now(), **given)


def test_what_a_member_signed_and_was_refused_is_counted_under_its_key(wire, done):
    ended()
    refuse(3)
    (one,) = seen()
    assert (one.member, one.provider, one.service) == (HANOI, POLICE, ECHO)
    assert one.key == signing_key(HANOI, at=now()).kid
    assert one.code == "exchange.agreement-ended"
    assert (one.today, one.week, one.month, one.unproven) == (3, 3, 3, 0)
    assert now() - one.last_at < timedelta(minutes=1)


def test_what_only_says_that_it_is_a_member_s_is_counted_as_not_proven(wire, done):
    wire.on_request = lambda request: rebuilt(
        request, content=b"other", content_digest="sha-256=:x:"
    )
    refuse()
    (one,) = seen()
    assert (one.member, one.key != "", one.unproven) == (HANOI, True, 1)


def test_a_signature_of_one_in_the_name_of_another_is_not_laid_at_the_other_s_door(wire, done):
    wire.on_request = lambda request: rebuilt(request, motcua_consumer=HUE)
    refuse()
    (one,) = seen()
    assert (one.member, one.key, one.unproven) == (HUE, "", 1)
    assert one.code == "exchange.wrong-consumer"


def test_whatever_strangers_send_makes_one_row_a_reason(wire, done):
    known = signing_key(HANOI, at=now()).kid
    for number in range(6):
        said = {"motcua_consumer": f"000.00.00.H{80 + number}"}
        strange = f"k{number}" * 8
        wire.on_request = lambda request, said=said, strange=strange: rebuilt(
            request,
            url=str(request.url).replace(ECHO, f"s{strange}.v1"),
            signature_input=request.headers["signature-input"].replace(known, strange),
            **said,
        )
        refuse()
    (row,) = RefusedCall.objects.all()
    assert (row.member, row.key, row.service, row.calls) == ("", "", "", 6)
    assert row.code == "exchange.unknown-key"


def test_days_are_told_apart_and_forgotten_after_a_month(wire, done):
    ended()
    refuse(2)
    for back, calls in ((6, 10), (7, 100), (29, 1000), (30, 10_000), (40, 100_000)):
        row = RefusedCall.objects.order_by("-day").first()
        row.day, row.calls = row.day - back * DAY, calls
        row.save(force_insert=True)
    (one,) = seen()
    assert (one.today, one.week, one.month) == (2, 12, 1112)
    forget_old(at=now())
    assert RefusedCall.objects.count() == 5


def test_each_member_sees_its_own_and_what_it_was_sent_and_who_runs_the_exchange_all(wire, done):
    agreement(consumer=HUE)
    ended()
    refuse()
    with pytest.raises(CallRefused):
        ask(consumer=HUE)
    assert {one.member for one in seen(ADMIN)} == {HANOI, HUE}
    assert {one.member for one in seen(HUE_ADMIN)} == {HUE}
    assert {one.member for one in seen(POLICE_ADMIN)} == {HANOI, HUE}
    assert {one.member for one in seen(ADMIN, member=HUE)} == {HUE}
    assert not seen(HUE_ADMIN, member=HANOI)
    with pytest.raises(NotOfTheExchange):
        seen(CLERK)


def test_a_member_whose_calls_begin_to_be_refused_is_told_of_once_a_week(wire, done):
    ended()
    refuse(2)
    assert not refused_lately(by=PORTAL, at=now())
    assert warn_of_refused(by=PORTAL, at=now()) == 0
    refuse()
    assert warn_of_refused(by=PORTAL, at=now()) == 1
    assert warn_of_refused(by=PORTAL, at=now()) == 0
    told = Entry.objects.get(name="exchange.calls-refused")
    assert told.subject == HANOI
    assert told.facts["code"] == "exchange.agreement-ended"
    assert told.facts["calls"] == 3
    RefusedCall.objects.update(told_at=now() - 8 * DAY)
    assert warn_of_refused(by=PORTAL, at=now()) == 1


def test_nobody_is_told_of_strangers(wire, done):
    wire.on_request = lambda request: rebuilt(request, motcua_consumer="000.00.00.H99")
    refuse(5)
    assert warn_of_refused(by=PORTAL, at=now()) == 0


def test_the_pages_say_what_was_refused_why_and_where_it_is_explained(wire, done, client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]
    ended()
    refuse()
    for path in ("thanh-vien/", f"thanh-vien/{HANOI}/"):
        client.cookies["who"] = "admin"
        page = client.get(f"/quan-tri/trao-doi/{path}").content.decode()
        assert "Không có thỏa thuận nào đang hiệu lực" in page
        assert "/trao-doi/tu-choi/#exchange.agreement-ended" in page
    client.cookies["who"] = "hue"
    page = client.get(f"/quan-tri/trao-doi/thanh-vien/{HANOI}/").content.decode()
    assert "Không có lời gọi nào bị từ chối" in page
    page = client.get("/trao-doi/tu-choi/").content.decode()
    assert all(f'id="{code}"' in page for code in REASON_OF)
