"""The other side of the counter: who may see and do what, and what happens when two act at once."""

import pytest

from motcua.backbone.models import Entry, Look
from motcua.dossiers.queries.desk_views import View
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of

DESK = "/ban-lam-viec/"
SHOWN = "Dossier, with the applicant's number, birth date, phone and e-mail"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def see(counter, code):
    return dossier(code, by=counter.actor("clerk"), at=MONDAY)


def test_the_worklist_is_for_officials_and_each_agency_sees_its_own(
    counter, django_assert_max_num_queries
):
    code = counter.file().code
    clerk = counter.client("clerk")
    clerk.get(DESK)
    with django_assert_max_num_queries(8):
        page = clerk.get(DESK)
    check_shape(page)
    assert code in text_of(page)
    assert code not in text_of(counter.client("stranger").get(DESK))
    assert counter.client("lan").get(DESK).status_code == 403


@pytest.mark.parametrize("view", list(View))
def test_every_list_opens_with_something_to_say(counter, view):
    page = counter.client("clerk").get(f"{DESK}?xem={view.value}")
    assert page.status_code == 200
    check_shape(page)


def test_a_code_is_found_however_it_is_typed(counter):
    first, second = counter.file().code, counter.file().code
    text = text_of(counter.client("clerk").get(DESK, {"tim": f" {first.lower()} "}))
    assert first in text
    assert second not in text
    nothing = counter.client("clerk").get(DESK, {"tim": "không có ai", "thu-tuc": "9.000001"})
    check_shape(nothing)
    assert first not in text_of(nothing)


def test_the_worklist_goes_on_where_the_page_ended(counter, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.web.desk.worklist.PAGE", 1)
    first, second = counter.file().code, counter.file().code
    clerk = counter.client("clerk")
    page = clerk.get(DESK)
    assert first in text_of(page)
    following = page.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    text = text_of(clerk.get(following.replace("&amp;", "&")))
    assert second in text
    assert first not in text
    for broken in ("x~1", "2026-13-01T00:00~1", "2026-11-02T09:00:00+07:00~x"):
        assert first in text_of(clerk.get(DESK, {"sau": broken}))


def test_opening_a_dossier_is_written_down(counter, django_assert_max_num_queries):
    code = counter.file().code
    clerk = counter.client("clerk")
    clerk.get(f"{DESK}{code}/")
    with django_assert_max_num_queries(12):
        page = clerk.get(f"{DESK}{code}/")
    check_shape(page)
    text = text_of(page)
    assert "Nguyễn Thị Lan" in text
    assert "giay.pdf" in text
    looks = Look.objects.filter(reference=code, purpose="Processing the dossier")
    assert {look.what for look in looks} == {SHOWN}
    assert looks.count() == 2


@pytest.mark.parametrize("part", ["", "tu-choi/", "tiep-nhan/"])
def test_another_agency_is_told_nothing(counter, part):
    code = counter.file().code
    stranger = counter.client("stranger")
    assert stranger.get(f"{DESK}{code}/{part}").status_code == 404
    assert stranger.post(f"{DESK}{code}/tiep-nhan/", {"seen": "1"}).status_code == 404
    assert see(counter, code).state is State.NEW
    assert counter.client("lan").get(f"{DESK}{code}/{part}").status_code == 403


def test_each_official_is_offered_exactly_their_steps(counter):
    code = counter.file().code
    clerk = text_of(counter.client("clerk").get(f"{DESK}{code}/"))
    assert "Tiếp nhận hồ sơ" in clerk
    assert "Phê duyệt" not in clerk
    assert "Yêu cầu nộp phí" in clerk
    leader = text_of(counter.client("leader").get(f"{DESK}{code}/"))
    assert "Tiếp nhận hồ sơ" not in leader
    assert "Chuyển" in leader
    assert "Bạn không có việc gì" in text_of(counter.client("specialist").get(f"{DESK}{code}/"))


def test_a_step_is_taken_once_however_often_it_is_pressed(counter):
    code = counter.file().code
    clerk = counter.client("clerk")
    first = clerk.post(f"{DESK}{code}/tiep-nhan/", {"seen": "1"})
    assert first["Location"] == f"{DESK}{code}/"
    second = clerk.post(f"{DESK}{code}/tiep-nhan/", {"seen": "1"})
    assert second.status_code == 412
    check_shape(second)
    assert len(see(counter, code).history) == 2


def test_a_stale_page_is_refused_and_what_was_typed_is_kept(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT)
    answer = counter.client("clerk").post(
        f"{DESK}{code}/yeu-cau-bo-sung/", {"seen": "1", "reason": WHY, "papers": "proof"}
    )
    assert answer.status_code == 412
    assert WHY in text_of(answer)
    assert 'name="seen" value="2"' in answer.content.decode()
    gone = counter.client("clerk").post(f"{DESK}{code}/tu-choi/", {"seen": "1", "reason": WHY})
    assert WHY in text_of(gone)
    assert "<textarea" not in gone.content.decode()
    assert see(counter, code).state is State.RECEIVED


def test_nothing_goes_back_without_a_reason_or_without_naming_what(counter):
    code = counter.file().code
    clerk, address = counter.client("clerk"), f"{DESK}{code}/yeu-cau-bo-sung/"
    check_shape(clerk.get(address))
    nothing = clerk.post(address, {"seen": "1", "reason": WHY, "papers": "unknown"})
    assert nothing.status_code == 422
    assert 'href="#papers"' in nothing.content.decode()
    bare = clerk.post(address, {"seen": "1", "reason": "", "papers": "proof"})
    assert bare.status_code == 422
    assert 'href="#reason"' in bare.content.decode()
    clerk.post(address, {"seen": "1", "reason": WHY, "papers": "proof", "fields": "full_name"})
    asked = see(counter, code).asked
    assert (asked["papers"], asked["fields"]) == (["proof"], ["full_name"])


def test_a_dossier_goes_from_desk_to_leader_by_its_pages(counter):
    code = counter.file().code
    for who, slug, seen in [
        ("clerk", "tiep-nhan", 1),
        ("clerk", "chuyen-xu-ly", 2),
        ("specialist", "de-xuat", 3),
        ("leader", "phe-duyet", 4),
    ]:
        check_shape(counter.client(who).get(f"{DESK}{code}/{slug}/"))
        answer = counter.client(who).post(f"{DESK}{code}/{slug}/", {"seen": seen})
        assert answer.status_code == 302, slug
    assert see(counter, code).state is State.DONE
    waiting = text_of(counter.client("clerk").get(f"{DESK}{code}/"))
    assert "Kết quả đang được lập" in waiting


def test_the_leader_sees_the_result_before_approving(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
    draft = f"{DESK}{code}/du-thao.pdf/"
    assert counter.client("leader").get(draft).content.startswith(b"%PDF")
    assert counter.client("clerk").get(draft).status_code == 403
    assert [x.what for x in Look.objects.filter(reference=code)] == ["Draft of the result"]


@pytest.mark.parametrize("part", ["giay-hen/", "giay-hen.pdf/"])
def test_an_officials_look_at_a_receipt_is_written_down(counter, part):
    code = counter.file().code
    assert counter.client("clerk").get(f"/ho-so/{code}/{part}").status_code == 200
    assert [x.what for x in Look.objects.filter(reference=code)] == ["Dossier"]


def test_a_dossier_is_taken_in_hand(counter):
    code = counter.file().code
    clerk = counter.client("clerk")
    assert "Nhận xử lý" in text_of(clerk.get(f"{DESK}{code}/"))
    clerk.post(f"{DESK}{code}/nhan-xu-ly/")
    assert see(counter, code).holder_name == "Cán bộ clerk"
    assert counter.client("leader").post(f"{DESK}{code}/nhan-xu-ly/").status_code == 403
    assert Entry.objects.get(subject=code, name="dossiers.taken-in-hand").by


def test_a_form_without_its_token_does_nothing(counter):
    code = counter.file().code
    strict = counter.client("clerk", enforce_csrf_checks=True)
    assert strict.post(f"{DESK}{code}/tiep-nhan/", {"seen": "1"}).status_code == 403
    assert (
        strict.post(f"{DESK}hang-loat/bat-dau/", {"viec": "accept", "hs": code}).status_code == 403
    )
    assert see(counter, code).state is State.NEW


def test_an_unknown_step_is_not_found(counter):
    assert counter.client("clerk").get(f"{DESK}{counter.file().code}/bay/").status_code == 404


def test_a_finished_dossier_is_offered_to_no_colleague(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    give = f"{DESK}{code}/giao/"
    assert give in clerk.get(f"{DESK}{code}/").content.decode()
    counter.walk(code, Step.REFUSE)
    assert give not in clerk.get(f"{DESK}{code}/").content.decode()
