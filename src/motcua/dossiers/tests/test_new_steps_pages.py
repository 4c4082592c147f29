"""The pages of further steps, opinions, papers handed back and claims."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.operations.filing import Filing, ForWhom, file_dossier
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import CITY, MONDAY, OTHER, PDF, SYSTEM, a_file, answers
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.identity.operations.officials import make_official
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Channel


@pytest.fixture
def counter(definition, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.web.desk.steps.now", lambda: MONDAY)
    return Counter(definition).open()


@pytest.fixture
def in_process(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


def stored(code):
    return Dossier.objects.get(code=code)


def press(client, code, slug, **typed):
    address = f"/ban-lam-viec/{code}/{slug}/"
    page = client.get(address)
    check_shape(page)
    seen = {"seen": stored(code).version, "reason": WHY}
    return client.post(address, seen | typed)


def test_an_official_sets_a_new_date_and_a_day_that_is_none_is_said(counter, in_process):
    desk = counter.client("specialist")
    day = {"to-day": "6", "to-month": "11", "to-year": "2026"}
    wrong = press(desk, in_process, "hen-lai", **day | {"to-day": "40"})
    assert wrong.status_code == 422
    check_shape(wrong)
    assert press(desk, in_process, "hen-lai", **day, **{"to-time": "16h30"}).status_code == 302
    assert stored(in_process).due_at.hour in (9, 16)
    again = text_of(desk.get(f"/ban-lam-viec/{in_process}/hen-lai/"))
    assert "Bước này nay chỉ lãnh đạo cơ quan được làm" in again
    leader = counter.client("leader")
    later = day | {"to-day": "9"}
    assert press(leader, in_process, "hen-lai", **later).status_code == 302
    assert stored(in_process).counted_late


@pytest.mark.parametrize("year", ["20261106202", "9" * 30, "0", "-1", "二〇二六"])
def test_a_year_that_is_none_is_said(counter, in_process, year):
    typed = {"to-day": "6", "to-month": "11", "to-year": year}
    for when in ({}, {"to-time": "16h30"}):
        wrong = press(counter.client("specialist"), in_process, "hen-lai", **typed, **when)
        assert wrong.status_code == 422
    far = typed | {"to-year": "9999", "to-month": "12", "to-day": "31"}
    assert press(counter.client("specialist"), in_process, "hen-lai", **far).status_code == 422


def test_a_step_that_nobody_may_take_now_is_not_said_to_be_the_leader_s(counter, in_process):
    told = text_of(counter.client("clerk").get(f"/ban-lam-viec/{in_process}/tiep-nhan/"))
    assert "Lúc này không thực hiện được bước này" in told
    assert "lãnh đạo cơ quan được làm" not in told


def test_an_official_in_another_post_is_not_told_to_sign_in_as_one(counter):
    page = counter.client("clerk").get("/quan-tri/viec/")
    assert page.status_code == 403
    assert "cán bộ ở vị trí khác với bạn" in text_of(page)
    stranger = counter.client("lan").get("/quan-tri/viec/")
    assert "Hãy đăng nhập bằng tài khoản cán bộ" in text_of(stranger)


@pytest.mark.parametrize("hour", ["", "10:00"])
def test_a_day_off_is_refused_with_and_without_an_hour(counter, in_process, hour):
    due = stored(in_process).due_at
    saturday = {"to-day": "7", "to-month": "11", "to-year": "2026", "to-time": hour}
    desk = counter.client("specialist")
    wrong = press(desk, in_process, "hen-lai", **saturday)
    assert wrong.status_code == 422
    check_shape(wrong)
    assert ("Ngày làm việc kế tiếp là 09/11/2026" in text_of(wrong)) == (not hour)
    assert stored(in_process).due_at == due
    assert press(desk, in_process, "hen-lai", **saturday | {"to-day": "9"}).status_code == 302
    assert stored(in_process).due_at > due


def test_a_dossier_is_passed_to_an_agency_that_is_looked_for(counter, in_process):
    leader = counter.client("leader")
    found = press(leader, in_process, "chuyen-co-quan", find="1", **{"find-text": "00008"})
    assert found.status_code == 200
    assert OTHER in found.content.decode()
    assert CITY not in found.content.decode()
    for who, near, offered in (
        ("leader", "chuyen-co-quan", False),
        ("specialist", "lay-y-kien", True),
    ):
        page = counter.client(who).get(f"/ban-lam-viec/{in_process}/{near}/").content.decode()
        assert (f'value="{CITY}"' in page) is offered
    assert press(leader, in_process, "chuyen-co-quan").status_code == 422
    assert press(leader, in_process, "chuyen-co-quan", agency="H99").status_code == 409
    assert press(leader, in_process, "chuyen-co-quan", agency=OTHER).status_code == 302
    assert stored(in_process).agency == OTHER


def test_further_fees_are_asked_line_by_line(counter, in_process):
    desk = counter.client("specialist")
    line = {"fee-1": "Phí thẩm định", "amount-1": "50.000", "legal-1": "TT 1/2020/TT-BTC"}
    assert press(desk, in_process, "yeu-cau-nop-phi").status_code == 409
    bad = press(desk, in_process, "yeu-cau-nop-phi", **line | {"amount-1": "năm mươi"})
    assert bad.status_code == 422
    assert press(desk, in_process, "yeu-cau-nop-phi", **line).status_code == 302
    assert stored(in_process).state == State.PAYMENT


def test_a_result_is_handed_over_at_the_desk_and_opened_again_by_the_leader(counter, in_process):
    counter.walk(in_process, Step.PROPOSE, Step.APPROVE)
    issue_result(in_process, by=SYSTEM, at=MONDAY)
    Dossier.objects.filter(code=in_process).update(return_by=0)
    clerk = counter.client("clerk")
    check_shape(clerk.get(f"/ban-lam-viec/{in_process}/"))
    assert press(clerk, in_process, "tra-ket-qua", way="9").status_code == 422
    assert press(clerk, in_process, "tra-ket-qua", way="0").status_code == 422
    by_hand = {"way": "0", "to_whom": "Nguyễn Thị Lan", "document": "Căn cước 001190000001"}
    assert press(clerk, in_process, "tra-ket-qua", **by_hand).status_code == 302
    leader = counter.client("leader")
    assert press(leader, in_process, "mo-lai", days="không").status_code == 422
    assert press(leader, in_process, "mo-lai", days="2,5").status_code == 302
    assert stored(in_process).state == State.IN_PROCESS


def test_papers_of_a_refused_dossier_go_back_with_a_note(counter):
    code = counter.file().code
    counter.walk(code, Step.REFUSE)
    clerk = counter.client("clerk")
    assert "tra-giay-to" in clerk.get(f"/ban-lam-viec/{code}/").content.decode()
    address = f"/ban-lam-viec/{code}/tra-giay-to/"
    check_shape(clerk.get(address))
    seen = stored(code).version
    assert clerk.post(address, {"way": "0", "seen": seen}).status_code == 422
    sent = {
        "seen": seen,
        "way": "1",
        "carrier": "VNPost",
        "tracking": "EA1",
        "address": "Số 1 Tràng Tiền",
    }
    assert clerk.post(address, sent).status_code == 302
    again = clerk.post(address, sent)
    assert again.status_code == 412
    assert "đã được trả lại" in text_of(clerk.get(address)) or stored(code).returned_at


def test_another_agency_is_asked_sees_what_was_shared_and_answers(counter, in_process):
    specialist = counter.client("specialist")
    asked = {"agency": OTHER, "papers": ["proof"], "fields": ["copies"], "days": "3"}
    assert press(specialist, in_process, "lay-y-kien", **asked).status_code == 302
    opinion = Opinion.objects.get()
    account = counter._account("adviser", "Cán bộ hỏi")
    make_official(account, OTHER, Role.SPECIALIST, "x", by=SYSTEM, at=MONDAY)
    counter.people["adviser"] = Actor(account, "Cán bộ hỏi", OTHER, frozenset({Role.SPECIALIST}))
    adviser = counter.client("adviser")
    for address in ("/ban-lam-viec/y-kien/", "/ban-lam-viec/y-kien/?xong=1"):
        check_shape(adviser.get(address))
    here = f"/ban-lam-viec/y-kien/{opinion.pk}/"
    page = adviser.get(here)
    check_shape(page)
    assert "Nguyễn Thị Lan" not in page.content.decode()
    file = stored(in_process).papers["proof"][0]
    assert adviser.get(f"{here}tep/{file}/").status_code == 200
    assert specialist.get(here).status_code == 404
    assert adviser.get(f"/ban-lam-viec/{in_process}/").status_code == 404
    assert adviser.post(here, {"text": WHY}).status_code == 422
    assert adviser.post(here, {"text": WHY, "view": "agrees"}).status_code == 302
    check_shape(adviser.get(here))
    assert WHY in text_of(specialist.get(f"/ban-lam-viec/{in_process}/"))


def test_an_opinion_is_recalled_from_the_dossier(counter, in_process):
    specialist = counter.client("specialist")
    press(specialist, in_process, "lay-y-kien", agency=OTHER)
    opinion = Opinion.objects.get()
    check_shape(specialist.get(f"/ban-lam-viec/{in_process}/"))
    address = f"/ban-lam-viec/{in_process}/y-kien/{opinion.pk}/rut/"
    assert specialist.post(address).status_code == 302
    assert Opinion.objects.get().state == "recalled"


def test_files_of_an_opinion_are_kept_only_with_words_that_are_one(counter, in_process):
    specialist, kept = counter.client("specialist"), apps.get_model("files", "Paper").objects
    press(specialist, in_process, "lay-y-kien", agency=OTHER)
    stranger = counter.actor("stranger")
    make_official(stranger.id, OTHER, Role.LEADER, "leader", by=SYSTEM, at=MONDAY)
    here, before = f"/ban-lam-viec/y-kien/{Opinion.objects.get().pk}/", kept.count()
    there = counter.client("stranger")
    for text, files in (("Ngắn", 1), (WHY, 6)):
        sent = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(files)]
        said = {"view": "agrees", "text": text, "files": sent}
        assert there.post(here, said).status_code == 422
    assert kept.count() == before
    said = {"view": "agrees", "text": WHY, "files": [SimpleUploadedFile("1.pdf", PDF)]}
    assert there.post(here, said).status_code == 302
    assert kept.count() == before + 1


def test_a_person_takes_over_a_dossier_by_its_receipt(counter, definition):
    clerk = counter.actor("clerk")
    filing = Filing(
        definition,
        answers(),
        {"proof": [a_file(by=clerk)]},
        "counter",
        "1",
        channel=Channel.COUNTER,
        for_whom=ForWhom("p-ba", "Cụ Ba", claimable=True),
    )
    filed = file_dossier(filing, by=clerk, at=MONDAY)
    lan = counter.client("lan")
    check_shape(lan.get(f"/ho-so/nhan/?ma={filed.code}"))
    wrong = lan.post("/ho-so/nhan/", {"ma": filed.code, "ma-nhan": "XXXXXX"})
    assert wrong.status_code == 404
    check_shape(wrong)
    right = lan.post("/ho-so/nhan/", {"ma": filed.code, "ma-nhan": filed.claim})
    assert right["Location"] == f"/ho-so/{filed.code}/"
