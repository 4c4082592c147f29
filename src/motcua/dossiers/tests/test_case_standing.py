"""The officer sees who filed for whom, confirms it, and is kept from a relative's dossier."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import localdate, now

from motcua.agencies.operations.absence import note_absence
from motcua.backbone.models import Look
from motcua.dossiers.operations.filing import Filing, ForWhom, file_dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, PDF, SYSTEM, WARD, a_file, answers
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.identity.operations.authorities import record_authority
from motcua.identity.operations.relatives import declare_relative
from motcua.identity.operations.showing_authority import show_authority
from motcua.identity.queries.acting import acting_as, forget_posts
from motcua.identity.queries.authorities import AuthorityKind, Standing, known_authority
from motcua.identity.queries.parties import PartyKind, Principal

pytestmark = pytest.mark.django_db
CHILD = Principal(PartyKind.PERSON, "001220000456", "Nguyễn Gia Bảo", date(2020, 5, 4))


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def for_child(counter):
    lan = counter.actor("lan")
    number = record_authority(
        CHILD,
        kind=AuthorityKind.PARENT,
        until=localdate() + timedelta(days=400),
        basis="Giấy khai sinh số 12",
        document=None,
        procedures=frozenset(),
        by=lan,
        at=now(),
    )
    whose = ForWhom(known_authority(number, at=now()).principal, CHILD.name, number, lan.id)
    papers = {"proof": [a_file(lan)]}
    filing = Filing(counter.definition, answers(), papers, "test", "child", for_whom=whose)
    return file_dossier(filing, by=lan, at=now()).code, number


def test_the_officer_sees_who_filed_for_whom_and_confirms_it(counter, for_child):
    (code, number), browser = for_child, counter.client("clerk")
    page = browser.get(f"/ban-lam-viec/{code}/")
    check_shape(page)
    seen = text_of(page)
    assert "Giấy khai sinh số 12" in seen
    assert counter.actor("lan").name in seen
    address = f"/ban-lam-viec/{code}/xac-nhan-nguoi-nop/"
    assert address in page.content.decode()
    assert browser.post(address).status_code == 302
    assert known_authority(number, at=now()).standing is Standing.CONFIRMED
    assert address not in browser.get(f"/ban-lam-viec/{code}/").content.decode()


def test_only_officials_of_the_agency_confirm_and_only_where_there_is_an_authority(
    counter, for_child
):
    (code, number), own = for_child, counter.file().code
    for who, path in [
        ("stranger", f"/ban-lam-viec/{code}/xac-nhan-nguoi-nop/"),
        ("clerk", f"/ban-lam-viec/{own}/xac-nhan-nguoi-nop/"),
    ]:
        assert counter.client(who).post(path).status_code == 404
    lan = counter.client("lan").post(f"/ban-lam-viec/{code}/xac-nhan-nguoi-nop/")
    assert lan.status_code == 403
    assert known_authority(number, at=now()).standing is Standing.DECLARED


def test_the_officer_reads_the_paper_of_the_authority_and_refuses_it_with_a_reason(
    counter, for_child
):
    (code, number), clerk = for_child, counter.client("clerk")
    place = f"/ban-lam-viec/{code}/"
    assert clerk.get(f"{place}giay-uy-quyen/").status_code == 404
    lan = counter.actor("lan")
    show_authority(number, document=a_file(lan), procedures=frozenset(), by=lan, at=now())
    assert f"{place}giay-uy-quyen/" in clerk.get(place).content.decode()
    assert b"".join(clerk.get(f"{place}giay-uy-quyen/")) == PDF
    assert Look.objects.filter(person=known_authority(number, at=now()).principal).exists()
    for stranger in ("stranger", "lan"):
        assert counter.client(stranger).get(f"{place}giay-uy-quyen/").status_code in {403, 404}
    clerk.post(f"{place}khong-nhan-nguoi-nop/", {"reason": "Mờ"})
    assert known_authority(number, at=now()).standing is Standing.DECLARED
    reason = "Giấy khai sinh không ghi tên người nộp."
    clerk.post(f"{place}khong-nhan-nguoi-nop/", {"reason": reason})
    ended = known_authority(number, at=now())
    assert (ended.standing, ended.end_reason) == (Standing.ENDED, reason)


def test_a_relative_s_dossier_offers_no_step(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    page = counter.client("clerk").get(f"/ban-lam-viec/{code}/").content.decode()
    assert f"/ban-lam-viec/{code}/tiep-nhan/" in page
    lan = get_user_model().objects.get(pk=counter.actor("lan").id)
    declare_relative(lan.personal_id, lan.name, "sibling", by=clerk, at=now())
    answer = counter.client("clerk").get(f"/ban-lam-viec/{code}/")
    check_shape(answer)
    for offered in ("tiep-nhan/", "kiem-tra/", "ghi-chu/", "danh-dau/", "giao/"):
        assert f"/ban-lam-viec/{code}/{offered}" not in answer.content.decode()


def test_history_says_in_whose_place_a_step_was_taken(counter):
    code, deputy = counter.file().code, counter.actor("specialist")
    absent = counter.actor("clerk")
    note_absence(
        WARD, absent.id, deputy.id, MONDAY, MONDAY + timedelta(days=1), by=SYSTEM, at=MONDAY
    )
    forget_posts(deputy.id)
    acting = acting_as(deputy.id, deputy.name, agency=WARD, at=MONDAY)
    take_step(code, Step.ACCEPT, by=acting, at=MONDAY)
    seen = text_of(counter.client("leader").get(f"/ban-lam-viec/{code}/"))
    assert f"{deputy.name} (thay {absent.name})" in seen
    assert f"thay {absent.name}" in text_of(counter.client("lan").get(f"/ho-so/{code}/"))
