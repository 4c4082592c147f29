"""The pages of those who look after the exchange, and who may see them."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from motcua.backbone.tests.reading import Page, check_frame
from motcua.exchange.models import Agreement, Certificate, Member
from motcua.exchange.operations.keys import ask_for_certificate
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.rules.states import MemberState
from motcua.exchange.tests.conftest import HANOI, HUE, POLICE, PORTAL

HOME = "/quan-tri/trao-doi/"
MEMBER = f"{HOME}thanh-vien/{HUE}/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def since():
    return now() - timedelta(hours=1)


@pytest.fixture
def browser(client, settings, population):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]

    def browser(who):
        client.cookies["who"] = who
        return client

    return browser


def words(answer, status=200):
    assert answer.status_code == status
    page = answer.content.decode()
    check_frame(Page(page))
    return page


def request(**more):
    boxes = {}
    for name, days in (("valid_from", 0), ("valid_until", 100)):
        day = localdate(now()) + timedelta(days=days)
        boxes |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    facts = {"consumer": HANOI, "service": f"{POLICE}/population.v1", "purposes": ["statistics"]}
    texts = {"reason": "Thống kê", "legal_basis": "Luật Thống kê", "renews": ""}
    return {**facts, **boxes, **texts, "per_day": "100", "per_minute": "", **more}


def asked(browser):
    return browser("admin").post(f"{HOME}de-nghi/", request()).url


def pages():
    kid = signing_key(HUE, at=now()).kid
    agreement = Agreement.objects.get()
    return [
        HOME,
        f"{HOME}?xem=hieu-luc",
        f"{HOME}?xem=da-het&truoc=x",
        f"{HOME}thoa-thuan/{agreement.id}/",
        f"{HOME}thanh-vien/",
        MEMBER,
        f"{HOME}dich-vu/",
        f"{HOME}dich-vu/{POLICE}/population.v1/",
    ], [
        f"{HOME}de-nghi/",
        f"{HOME}de-nghi/?gia-han={agreement.id}",
        f"{HOME}thanh-vien/moi/",
        f"{MEMBER}sua/",
        f"{MEMBER}chung-thu/",
        f"{HOME}khoa/{kid}/thu-hoi/",
    ]


def test_who_runs_the_exchange_sees_every_page_and_who_audits_it_those_for_reading(browser):
    asked(browser)
    reading, writing = pages()
    for path in [*reading, *writing]:
        words(browser("admin").get(path))
        words(browser("admin").get(f"{path}{'&' if '?' in path else '?'}lang=en", follow=True))
    for path in reading:
        words(browser("auditor").get(path))
    for path in writing:
        assert browser("auditor").get(path).status_code == 403


def test_nobody_else_sees_any_page(browser):
    asked(browser)
    reading, writing = pages()
    for who in ("clerk", "stranger", "citizen"):
        for path in [*reading, *writing]:
            assert browser(who).get(path).status_code == 403, path
    for path in [*reading, *writing]:
        assert "/dang-nhap/" in browser("").get(path).url


def test_another_member_sees_its_own_things_only(browser):
    url = asked(browser)
    words(browser("hue").get(HOME))
    assert browser("hue").get(url).status_code == 404
    assert browser("hue").get(f"{HOME}thanh-vien/{HANOI}/chung-thu/").status_code == 403
    assert browser("hue").get(f"{HOME}thanh-vien/moi/").status_code == 403
    assert browser("hue").post(f"{HOME}thanh-vien/{HANOI}/khoa/").status_code == 403
    assert browser("hue").post(f"{MEMBER}thanh/suspended/", {}).status_code == 403
    kid = signing_key(HANOI, at=now()).kid
    assert browser("hue").get(f"{HOME}khoa/{kid}/thu-hoi/").status_code == 403
    assert browser("leader").get(f"{HOME}de-nghi/").status_code == 403


def test_an_agreement_is_asked_for_and_granted_by_two(browser):
    url = asked(browser)
    words(browser("admin").get(url))
    words(browser("leader").get(url))
    assert f"{HOME}thoa-thuan/" in words(browser("leader").get(HOME))
    browser("leader").post(f"{url}buoc/", {"step": "grant"})
    assert browser("leader").post(f"{url}buoc/", {"step": "grant"}).status_code == 403
    browser("second").post(f"{url}buoc/", {"step": "grant"})
    assert Agreement.objects.get().standing == "in-force"
    words(browser("second").get(url))
    bare = words(browser("leader").post(f"{url}buoc/", {"step": "suspend"}), 422)
    assert 'id="reason-suspend"' in bare
    browser("leader").post(f"{url}buoc/", {"step": "suspend", "reason-suspend": "Lạ"})
    assert Agreement.objects.get().told == "Lạ"
    assert browser("leader").post(f"{url}buoc/", {"step": "burn"}).status_code == 404


def test_a_wrong_request_is_shown_again_with_what_was_typed(browser):
    admin = browser("admin")
    wrong = request(per_day="nhiều", **{"valid_until-day": "31", "valid_until-month": "2"})
    page = words(admin.post(f"{HOME}de-nghi/", wrong), 422)
    assert "nhiều" in page
    assert "Luật Thống kê" in page
    page = words(admin.post(f"{HOME}de-nghi/", request(reason="", purposes=[])), 422)
    assert 'id="reason"' in page
    assert admin.post(f"{HOME}de-nghi/", request(service="x/y")).status_code == 404
    words(admin.post(f"{HOME}de-nghi/", request(service="")), 422)
    assert admin.get(f"{HOME}de-nghi/?gia-han=x").status_code == 404


@pytest.mark.parametrize(("standing", "days"), [("in-force", 101), ("ended", 0)])
def test_a_renewal_follows_what_holds_and_begins_today_after_what_has_ended(
    browser, standing, days
):
    asked(browser)
    Agreement.objects.update(
        standing=standing, first_by="a", second_by="b", first_at=now(), second_at=now()
    )
    page = words(browser("admin").get(f"{HOME}de-nghi/?gia-han={Agreement.objects.get().id}"))
    first = localdate(now()) + timedelta(days=days)
    boxes = [(part, getattr(first, part)) for part in ("day", "month", "year")]
    for part, value in boxes:
        box = next(each for each in page.split("<input") if f'name="valid_from-{part}"' in each)
        assert f'value="{value}"' in box


def test_a_member_is_invited_corrected_suspended_and_let_in_again(browser):
    admin = browser("admin")
    facts = {"id": "000.00.00.H16", "title": "Ủy ban nhân dân tỉnh Đồng Tháp", "address": ""}
    words(admin.post(f"{HOME}thanh-vien/moi/", {**facts, "id": "H16"}), 422)
    made = admin.post(f"{HOME}thanh-vien/moi/", facts).url
    words(admin.get(made))
    words(admin.post(f"{HOME}thanh-vien/moi/", facts), 422)
    words(admin.post(f"{made}sua/", {**facts, "address": "ftp://x"}), 422)
    admin.post(f"{made}sua/", {**facts, "address": "https://dongthap.example/"})
    assert Member.objects.get(pk=facts["id"]).address == "https://dongthap.example"
    words(admin.post(f"{MEMBER}thanh/suspended/", {}), 422)
    admin.post(f"{MEMBER}thanh/suspended/", {"reason-suspended": "Sai phạm"})
    assert Member.objects.get(pk=HUE).state == MemberState.SUSPENDED
    assert "Sai phạm" in words(admin.get(MEMBER))
    admin.post(f"{MEMBER}thanh/active/", {"reason-active": "Đã sửa"})
    assert Member.objects.get(pk=HUE).state == MemberState.ACTIVE


def test_a_key_is_made_certified_and_revoked(browser):
    admin = browser("admin")
    admin.post(f"{HOME}thanh-vien/{HANOI}/khoa/")
    assert Certificate.objects.filter(member=HANOI).count() == 2
    words(admin.get(f"{HOME}thanh-vien/{HANOI}/"))
    words(admin.post(f"{MEMBER}chung-thu/", {"pem": "x"}), 422)
    kid, pem = ask_for_certificate(HUE, by=PORTAL)
    assert admin.post(f"{MEMBER}chung-thu/", {"pem": pem}).url == MEMBER
    words(admin.post(f"{HOME}khoa/{kid}/thu-hoi/", {"reason": ""}), 422)
    note = {"reason": "key_compromise", "note": "Lộ khóa"}
    assert admin.post(f"{HOME}khoa/{kid}/thu-hoi/", note).url == MEMBER
    assert "Lộ khóa" in words(admin.get(MEMBER))
    assert admin.get(f"{HOME}khoa/x/thu-hoi/").status_code == 404


def test_what_ends_soon_is_seen_on_the_first_page(browser):
    Certificate.objects.filter(member=HANOI).update(valid_until=now() + timedelta(days=20))
    assert HANOI in words(browser("admin").get(HOME))
    Certificate.objects.filter(member=HANOI).update(valid_until=now() - timedelta(minutes=1))
    words(browser("admin").get(HOME))


def test_an_empty_exchange_says_what_to_do(client, settings, db):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]
    client.cookies["who"] = "admin"
    assert client.get(HOME).status_code == 403
    assert words(client.get("/trao-doi/"))
