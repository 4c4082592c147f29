"""What a clerk does at the counter from a page that is out of date is refused, and nothing lost."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.opinions import View, ask_opinion, give_opinion
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, PDF
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit, Unit

GIVEN = {"full_name": "Nguyễn Thị Lan Anh"}
CHANGED = "Hồ sơ đã thay đổi sau khi bạn mở. Chưa làm gì cả."
LEFT = {"proof": "Tôi không còn giữ giấy này."}


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def asked(counter):
    """Ask for a paper and a field of a dossier about which another agency is asked, too."""
    code, specialist = counter.file().code, counter.actor("specialist")
    counter._official("expert", Role.SPECIALIST, OTHER)
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    two = Limit(Decimal(2), Unit.WORKING_DAYS)
    opinion = ask_opinion(code, OTHER, WHY, ["proof"], two, by=specialist, at=MONDAY)
    wanted = {"papers": ["proof"], "fields": ["full_name"]}
    take_step(code, Step.ASK_SUPPLEMENT, by=specialist, at=MONDAY, reason=WHY, details=wanted)
    return code, opinion


def opened(browser, place):
    """Open a page; return the version that its form carries."""
    page = browser.get(place)
    check_shape(page)
    return re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]


def typed(seen):
    scan = SimpleUploadedFile("ban-ro.pdf", PDF, "application/pdf")
    said = {
        "shown": "full_name",
        "note": "Bà Lan xin lấy sớm.",
        "document": "letter",
        "proof": "RA123456789VN",
    }
    return {"seen": seen, "file-proof": scan, "send": "1", **GIVEN, **said}


def version(code):
    return Dossier.objects.get(code=code).version


def test_an_answer_is_taken_on_what_the_clerk_saw_and_sent_again_after_a_look(counter, asked):
    (code, opinion), clerk = asked, counter.client("clerk")
    place = f"/ban-lam-viec/{code}/nhan-bo-sung/"
    seen = opened(clerk, place)
    give_opinion(opinion, WHY, View.AGREES, by=counter.actor("expert"), at=MONDAY)
    before = version(code)
    refused = clerk.post(place, typed(seen))
    assert (refused.status_code, version(code)) == (412, before)
    check_shape(refused)
    html, told = refused.content.decode(), text_of(refused)
    assert CHANGED in told
    assert "Cán bộ expert" in told
    for kept in ("ban-ro.pdf", "Bà Lan xin lấy sớm.", GIVEN["full_name"], "RA123456789VN"):
        assert kept in html, kept
    file = re.search(r'name="file-proof" value="([^"]+)"', html)[1]
    again = re.search(r'name="seen" value="(\d+)"', html)[1]
    done = clerk.post(place, typed(again) | {"file-proof": file})
    assert done["Location"] == f"/ban-lam-viec/{code}/"
    row = Dossier.objects.get(code=code)
    assert (row.state, row.papers["proof"]) == (State.IN_PROCESS, [file])
    assert row.answers["full_name"] == GIVEN["full_name"]


def test_where_the_applicant_answered_meanwhile_what_was_typed_is_shown(counter, asked):
    (code, _opinion), clerk = asked, counter.client("clerk")
    place = f"/ban-lam-viec/{code}/nhan-bo-sung/"
    seen = opened(clerk, place)
    answer_supplement(
        code, {"full_name": "Nguyễn Lan"}, by=counter.actor("lan"), at=MONDAY, lacking=LEFT
    )
    before = version(code)
    refused = clerk.post(place, typed(seen))
    assert (refused.status_code, version(code)) == (412, before)
    check_shape(refused)
    told = text_of(refused)
    assert CHANGED in told
    for kept in ("ban-ro.pdf", "Bà Lan xin lấy sớm.", GIVEN["full_name"], "Nguyễn Thị Lan"):
        assert kept in told, kept
    assert 'name="send"' not in refused.content.decode()
    assert Dossier.objects.get(code=code).answers["full_name"] == "Nguyễn Lan"


def test_an_answer_to_the_request_before_is_none_to_the_next(counter, asked):
    (code, _opinion), clerk = asked, counter.client("clerk")
    place, lan = f"/ban-lam-viec/{code}/nhan-bo-sung/", counter.actor("lan")
    seen = opened(clerk, place)
    answer_supplement(code, {"full_name": "Nguyễn Lan"}, by=lan, at=MONDAY, lacking=LEFT)
    counter.walk(code, Step.PROPOSE)
    wanted = {"papers": [], "fields": ["copies"]}
    leader = counter.actor("leader")
    take_step(code, Step.ASK_SUPPLEMENT, by=leader, at=MONDAY, reason=WHY, details=wanted)
    refused = clerk.post(place, typed(seen))
    assert refused.status_code == 412
    check_shape(refused)
    told = text_of(refused)
    for kept in (CHANGED, "ban-ro.pdf", GIVEN["full_name"]):
        assert kept in told, kept
    assert "Bà Lan xin lấy sớm." in refused.content.decode()
    assert Dossier.objects.get(code=code).state == State.SUPPLEMENT


@pytest.mark.parametrize("typed_of", ["", "x", "-1", "²", "99999999999999999999"])
def test_a_form_without_a_version_hands_nothing_in(counter, asked, typed_of):
    (code, _opinion), clerk = asked, counter.client("clerk")
    refused = clerk.post(f"/ban-lam-viec/{code}/nhan-bo-sung/", typed(typed_of))
    assert refused.status_code == 412
    assert Dossier.objects.get(code=code).state == State.SUPPLEMENT


def test_papers_go_back_from_the_dossier_that_the_clerk_saw(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    counter.walk(code, Step.REFUSE)
    place = f"/ban-lam-viec/{code}/tra-giay-to/"
    seen = opened(clerk, place)
    form = {"seen": seen, "way": "0", "to_whom": "Nguyễn Thị Lan", "document": "Thẻ căn cước"}
    reopen(code, reason=WHY, by=counter.actor("leader"), at=MONDAY)
    counter.walk(code, Step.STOP)
    refused = clerk.post(place, form)
    assert refused.status_code == 412
    check_shape(refused)
    assert CHANGED in text_of(refused)
    assert 'value="Nguyễn Thị Lan"' in refused.content.decode()
    assert Dossier.objects.get(code=code).returned_at is None
    form["seen"] = re.search(r'name="seen" value="(\d+)"', refused.content.decode())[1]
    assert clerk.post(place, form).status_code == 302
    twice = clerk.post(place, form)
    assert twice.status_code == 412
    assert "Nguyễn Thị Lan · Thẻ căn cước" in text_of(twice)
