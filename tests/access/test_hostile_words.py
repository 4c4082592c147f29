"""Words made to do harm: in names, answers, reasons, comments, searches, addresses and headers."""

import re

import pytest
from django.core import mail
from django.test import Client

from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.rating import rate
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import PASSPHRASE
from motcua.identity.models import Account
from tests.access.addresses import addresses

EVIL = "\"'><svg onload=alert(1)>{{7*7}}${7*7}</textarea><!--"
HARM = "<svg onload"
LURES = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "///evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/ok\r\nSet-Cookie: x=1",
    "http://testserver@evil.example/",
    "/%2f%2fevil.example/%2e%2e",
    "/ok\t/../..//evil.example",
]


@pytest.fixture
def planted(world):
    """Put the evil words wherever somebody can type, past the checks of forms."""
    code, lan = world.things["code"], world.counter.actor("lan")
    Account.objects.filter(pk=lan.id).update(name=EVIL[:100], email=f"{HARM}@x.vn", phone="<svg>")
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    clerk = world.counter.actor("clerk")
    kinds = {"reason": EVIL * 2, "details": asked}
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, **kinds)
    answers = {"full_name": EVIL, "office": {"province": EVIL, "commune": EVIL}, "copies": 1}
    Dossier.objects.filter(code=code).update(
        applicant_name=EVIL, answers=answers, holder_name=EVIL, title=EVIL
    )
    Transition.objects.update(by_name=EVIL)
    world.client("lan").post(
        f"/khai/{world.things['draft']}/case/", {"shown": "full_name", "full_name": EVIL}
    )
    from motcua.files.models.papers import Paper
    from motcua.notices.models import Notice

    Paper.objects.update(name=EVIL[:150])
    facts = {"code": EVIL, "procedure": EVIL, "procedure_en": EVIL, "amount": "1"}
    Notice.objects.update(facts=facts)
    return world


@pytest.mark.parametrize("who", ["lan", "clerk", "leader", "nobody"])
def test_evil_words_are_shown_as_words(planted, who):
    browser, shown = planted.client(who), 0
    for address in addresses():
        answer = browser.get(address.of(planted.things))
        assert answer.status_code < 500, address.route
        if answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert HARM not in text, address.route
            shown += "&lt;svg onload" in text
    assert shown >= {"lan": 8, "clerk": 2, "leader": 2, "nobody": 0}[who]


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("nobody", "/tim-kiem/?q="),
        ("nobody", "/tra-cuu/?ma="),
        ("nobody", "/tai-khoan/dang-nhap/?next="),
        ("clerk", "/ban-lam-viec/?tim="),
        ("clerk", "/ban-lam-viec/?thu-tuc="),
        ("lan", "/ho-so/?truoc="),
    ],
)
def test_evil_words_in_a_question_are_given_back_as_words(world, who, address):
    answer = world.client(who).get(address + EVIL.replace("#", ""))
    assert answer.status_code < 500
    assert HARM not in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "path", "field"),
    [
        ("nobody", "/tai-khoan/dang-nhap/", "login"),
        ("nobody", "/tai-khoan/dang-ky/", "name"),
        ("nobody", "/tai-khoan/quen-mat-khau/", "email"),
        ("clerk", "/ban-lam-viec/{code}/tu-choi/", "reason"),
        ("lan", "/ho-so/{code}/rut/", "reason"),
        ("lan", "/ho-so/{code}/danh-gia/", "comment"),
        ("lan", "/khai/{draft}/case/", "full_name"),
    ],
)
def test_evil_words_in_a_form_that_is_refused_come_back_as_words(world, who, path, field):
    typed = {field: EVIL, "shown": field, "seen": "77"}
    answer = world.client(who).post(path.format(**world.things), typed, follow=True)
    assert answer.status_code < 500
    assert HARM not in answer.content.decode()


def test_every_page_forbids_scripts_that_are_not_ours(world):
    for who in ("lan", "clerk", "nobody"):
        for address in addresses():
            answer = world.client(who).get(address.of(world.things))
            if answer["Content-Type"].startswith("text/html"):
                policy = answer["Content-Security-Policy"]
                assert "default-src 'none'" in policy, address.route
                assert "unsafe" not in policy, address.route
                assert answer["X-Content-Type-Options"] == "nosniff", address.route


@pytest.mark.parametrize("lure", LURES)
def test_signing_in_leads_nowhere_but_here(world, lure):
    number = Account.objects.get(pk=world.counter.actor("lan").id).personal_id
    typed = {"login": number, "passphrase": PASSPHRASE, "next": lure}
    answer = Client().post("/tai-khoan/dang-nhap/", typed)
    assert answer.status_code == 302
    assert is_here(answer["Location"])


@pytest.mark.parametrize("lure", LURES)
def test_no_other_page_leads_away_either(world, lure):
    lan, clerk = world.client("lan"), world.client("clerk")
    led = [
        clerk.post("/ban-lam-viec/hang-loat/", {"viec": "accept", "ds": lure}),
        clerk.post("/ban-lam-viec/khung-nhin/", {"ten": "Một", "hoi": lure}),
        clerk.post("/tai-khoan/dong-vai/", {"agency": "", "next": lure}),
        lan.get("/tai-khoan/dang-nhap/", {"next": lure}),
        lan.get("/", {"lang": "en", "next": lure}),
        lan.get("//evil.example/?lang=en"),
        lan.get("/%5Cevil.example/?lang=en"),
    ]
    for answer in led:
        assert is_here(answer.get("Location", "/"))


def is_here(address):
    """Tell whether a browser would stay on this site, read as leniently as browsers read."""
    plain = re.sub(r"[\t\r\n]", "", address).replace("\\", "/")
    return re.match(r"/(?!/)", plain) is not None and "\n" not in address and "\r" not in address


@pytest.mark.parametrize(
    "path",
    [
        "/tra-cuu/?ma=a%0d%0aSet-Cookie:%20x=1",
        "/?lang=en%0d%0aSet-Cookie:%20x=1",
        "/ho-so/a%0d%0aSet-Cookie:%20x=1/",
        "/tai-khoan/dang-nhap/?next=/a%0d%0aSet-Cookie:%20x=1",
    ],
)
def test_no_header_is_smuggled_in(world, path):
    answer = world.client("lan").get(path, headers={"X-Request-ID": "abc\r\nSet-Cookie: x=1"})
    assert answer.status_code < 500
    assert "x" not in answer.cookies
    assert all("\n" not in value and "\r" not in value for value in answer.headers.values())


def test_no_letter_goes_where_a_name_or_address_sends_it(world, client):
    details = {
        "personal_id": "001095000777",
        "name": "An\nBcc: evil@example.vn",
        "sex": "male",
        "phone": "0912345678",
        "email": "an@example.vn\nBcc: evil@example.vn",
        "birth_date-day": "1",
        "birth_date-month": "1",
        "birth_date-year": "1995",
        "passphrase": PASSPHRASE,
    }
    assert client.post("/tai-khoan/dang-ky/", details).status_code == 422
    assert mail.outbox == []


def test_signs_of_a_search_language_are_letters_at_the_desk(world):
    clerk = world.client("clerk")
    code = world.things["code"]
    assert code in clerk.get("/ban-lam-viec/", {"tim": "Nguyễn"}).content.decode()
    for sign in ("%", "_", "%%", "u%n", "\\", "'", "' OR 1=1 --", '"', ";", "\\%", "_" * 14):
        answer = clerk.get("/ban-lam-viec/", {"tim": sign})
        assert answer.status_code == 200, sign
        assert code not in answer.content.decode(), sign


@pytest.mark.parametrize(
    "query",
    ["sau=2026-01-01T00:00:00%2B00:00~1", "sau=x~y", "sau=~", "xem=' OR 1=1", "thu-tuc=%25"],
)
def test_a_forged_place_in_the_list_shows_no_other_agency_s(world, query):
    answer = world.client("stranger").get(f"/ban-lam-viec/?{query}")
    assert answer.status_code == 200
    assert world.things["code"] not in answer.content.decode()


def test_what_is_rated_is_kept_as_it_was_typed(world):
    """Words are made harmless where they are shown, never mangled where they are kept."""
    code, lan = world.things["code"], world.counter.actor("lan")
    take_step(code, Step.WITHDRAW, by=lan, at=MONDAY)
    rate(code, 1, EVIL, by=lan, at=MONDAY)
    assert Dossier.objects.get(code=code).rating.comment == EVIL
