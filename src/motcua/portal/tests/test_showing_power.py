"""The paper by which somebody acts for another: sent, seen by both, good where it says so."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from motcua.backbone.pdf import render_pdf
from motcua.backbone.tests.reading import Page, check_frame
from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.files.queries.kept import infos_for_room
from motcua.identity.operations.authorities import confirm_authority
from motcua.identity.operations.demo import DEMO_CITIZENS, DEMO_PASSPHRASE, open_demo_accounts
from motcua.identity.queries.authorities import authorities_of_mine, may_act_for
from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import SHIPPED, publish_folder

pytestmark = pytest.mark.django_db

BIRTH, OTHER = "1.001193", "2.000635"
SYSTEM = Actor.system("test")
HUONG, QUAN, SAU = DEMO_CITIZENS
PAPER = render_pdf('#set document(title: "Giấy ủy quyền")\n#set text(lang: "vi")\nỦy quyền', {})
DECLARED = {
    "who": "person",
    "name": HUONG.name,
    "number": HUONG.personal_id,
    "born-day": "14",
    "born-month": "3",
    "born-year": "1995",
    "basis": "Giấy ủy quyền số 5, phường Hoàn Kiếm chứng thực",
}


@pytest.fixture
def people(provinces, client):
    cache.clear()
    open_demo_accounts(by=SYSTEM, at=now())
    load_demo_catalogue(by=SYSTEM, at=now())
    publish_folder(SHIPPED / BIRTH, by=SYSTEM, at=now())
    publish_folder(SHIPPED / OTHER, by=SYSTEM, at=now())

    def come(who):
        browser = type(client)()
        browser.post("/tai-khoan/dang-nhap/", {"login": who.email, "passphrase": DEMO_PASSPHRASE})
        browser.actor = Actor(browser.session["_auth_user_id"], who.name)
        return browser

    return come


@pytest.fixture
def his(people):
    """Quân, who has declared that he acts for Hương, and the address of the paper of it."""
    quan = people(QUAN)
    place = quan.post("/uy-quyen/moi/uy-quyen/", DECLARED | {"next": "/ho-so/"}).url
    return quan, place


def paper():
    return SimpleUploadedFile("giay-uy-quyen.pdf", PAPER, "application/pdf")


def the_one(browser):
    (found,) = authorities_of_mine(by=browser.actor, at=now())
    return found


def test_after_declaring_it_its_paper_and_what_it_covers_are_asked_for(his, people):
    quan, place = his
    assert place == f"/uy-quyen/{the_one(quan).id}/giay-to/?next=%2Fho-so%2F"
    page = quan.get(place).content.decode()
    check_frame(Page(page))
    sent = {"paper": paper(), "scope": "some", "procedures": [BIRTH], "next": "/ho-so/"}
    assert quan.post(place, sent).url == "/ho-so/"
    one = the_one(quan)
    assert one.procedures == {BIRTH}
    assert may_act_for(quan.actor.id, one.principal, BIRTH, now())
    assert may_act_for(quan.actor.id, one.principal, OTHER, now()) is None
    link = f"/uy-quyen/{one.id}/giay-to/tep/"
    for who in (quan, people(HUONG)):
        assert link in who.get("/uy-quyen/").content.decode()
        assert b"".join(who.get(link)) == PAPER
    assert people(SAU).get(link).status_code == 404


def test_another_file_takes_the_place_of_the_first(his):
    quan, place = his
    quan.post(place, {"paper": paper(), "scope": "all"})
    first = the_one(quan).document
    quan.post(place, {"scope": "some", "procedures": [OTHER]})
    assert (the_one(quan).document, the_one(quan).procedures) == (first, {OTHER})
    quan.post(place, {"paper": paper(), "scope": "all"})
    assert the_one(quan).document != first
    assert infos_for_room([first]) == []


@pytest.mark.parametrize(
    ("sent", "at"),
    [({"scope": "all"}, "paper"), ({"scope": "some", "procedures": ["9.999"]}, "procedures")],
)
def test_what_is_missing_is_said_at_its_place(his, sent, at):
    quan, place = his
    answer = quan.post(place, sent)
    assert answer.status_code == 422
    assert f'href="#{at}"' in answer.content.decode()
    check_frame(Page(answer.content.decode()))


def test_a_file_that_is_no_paper_is_refused_and_nothing_kept(his):
    quan, place = his
    false = SimpleUploadedFile("giay.pdf", b"MZ\x90\x00 no paper", "application/pdf")
    assert quan.post(place, {"paper": false, "scope": "all"}).status_code == 422
    assert the_one(quan).document == ""


def test_what_has_been_checked_or_is_over_changes_no_more(his, people):
    quan, place = his
    huong = people(HUONG)
    assert huong.get(place).status_code == 404
    confirm_authority(the_one(quan).id, huong.actor, now())
    assert quan.get(place).status_code == 404
    assert quan.post(place, {"paper": paper(), "scope": "all"}).status_code == 404


def test_its_last_day_is_a_year_ahead_at_most(his):
    quan, _place = his
    assert the_one(quan).until <= localdate() + timedelta(days=366)
