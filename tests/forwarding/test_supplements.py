"""What the unit asks for is read and answered at the hub, and reaches the unit once."""

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.drafts import TooManyFiles
from motcua.dossiers.operations.filing import AnswersNotRight
from motcua.dossiers.operations.steps import NothingGiven, take_step
from motcua.dossiers.operations.supplement import NotAskedFor
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import PDF, a_file, refused
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Supplement
from motcua.forwarding.operations.answering import (
    NotAsked,
    PaperMissing,
    answer,
    hand_answer_on,
)
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.sending import StillWaiting
from motcua.forwarding.queries.handed import NotHanded
from motcua.forwarding.rules.states import Handing
from tests.forwarding.conftest import down


@pytest.fixture
def asked(handed_in, counter):
    """The unit has asked for a paper, and the hub knows; say for what else."""

    def asking(**details):
        row = handed_in()
        hand_on(row.code, at=now())
        row.refresh_from_db()
        wanted = {"papers": ["proof"], "fields": []} | details
        clerk = counter.actor("clerk")
        take_step(row.there, Step.ASK_SUPPLEMENT, by=clerk, at=now(), reason=WHY, details=wanted)
        ask_how_it_stands(row.code, at=now())
        return row

    return asking


def given(counter):
    return {"proof": [a_file(counter.actor("lan"), now())]}


def test_the_page_says_what_is_asked_and_takes_it(asked, counter):
    row = asked()
    client = counter.client("lan")
    page = client.get(f"/ho-so/chuyen/{row.code}/")
    check_shape(page)
    assert WHY in text_of(page)
    address = f"/ho-so/chuyen/{row.code}/bo-sung/"
    check_shape(client.get(address))
    empty = client.post(address, {"note": "đây", "send": "1"})
    assert empty.status_code == 422
    file = SimpleUploadedFile("moi.pdf", PDF, "application/pdf")
    done = client.post(
        address, {"file-proof": file, "note": "Đã chụp lại", "send": "1"}, follow=True
    )
    assert "Cổng đã nhận nội dung bạn gửi" in text_of(done)
    hand_answer_on(Supplement.objects.get().pk, at=now())
    there = Dossier.objects.get()
    assert there.state == State.NEW
    assert there.transitions.latest("id").reason == "Đã chụp lại"
    ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert row.number == 1
    assert client.get(address).status_code == 302


def typed(**answers):
    """Return what a browser posts of the page's questions."""
    shown = " ".join(answers)
    return {"shown": shown, **answers, "note": "", "send": "1"}


def test_answers_are_corrected_at_the_hub_and_reach_the_unit_once(asked, counter):
    row = asked(papers=[], fields=["full_name"])
    client = counter.client("lan")
    address = f"/ho-so/chuyen/{row.code}/bo-sung/"
    page = client.get(address)
    check_shape(page)
    assert "Họ và tên" in text_of(page)
    wrong = client.post(address, typed(full_name=""))
    assert wrong.status_code == 422
    check_shape(wrong)
    later = typed(full_name="Nguyễn Thị Lan Ngọc") | {"keep": "1"}
    del later["send"]
    assert client.post(address, later).status_code == 302
    assert 'value="Nguyễn Thị Lan Ngọc"' in client.get(address).content.decode()
    done = client.post(address, typed(full_name="Nguyễn Thị Lan Anh"), follow=True)
    assert "Cổng đã nhận nội dung bạn gửi" in text_of(done)
    sent = Supplement.objects.get().pk
    for _twice in range(2):
        assert hand_answer_on(sent, at=now()) is Handing.TAKEN
    there = Dossier.objects.get()
    assert (there.state, there.answers["full_name"]) == (State.NEW, "Nguyễn Thị Lan Anh")
    assert there.transitions.filter(step=Step.SUPPLY).count() == 1


def test_what_was_corrected_before_is_what_is_corrected_next(asked, counter):
    row = asked(papers=[], fields=["full_name"])
    lan = counter.actor("lan")
    answer(row.code, {}, "", by=lan, at=now(), answers={"full_name": "Nguyễn Thị Lan Anh"})
    hand_answer_on(Supplement.objects.get().pk, at=now())
    for step in (Step.ACCEPT, Step.FORWARD):
        take_step(row.there, step, by=counter.actor("clerk"), at=now())
    who, wanted = counter.actor("specialist"), {"papers": [], "fields": ["full_name", "copies"]}
    Dossier.objects.update(asked_times=0)
    take_step(row.there, Step.ASK_SUPPLEMENT, by=who, at=now(), reason=WHY, details=wanted)
    Dossier.objects.update(asked_times=2)
    ask_how_it_stands(row.code, at=now())
    page = counter.client("lan").get(f"/ho-so/chuyen/{row.code}/bo-sung/").content.decode()
    assert 'value="Nguyễn Thị Lan Anh"' in page


def test_a_correction_that_makes_it_dearer_brings_the_bill_to_the_hub(asked, counter, work):
    row = asked(papers=[], fields=["copies"])
    answer(row.code, {}, "", by=counter.actor("lan"), at=now(), answers={"copies": 3})
    hand_answer_on(Supplement.objects.get().pk, at=now())
    ask_how_it_stands(row.code, at=now())
    assert "Thanh toán 24.000 đồng" in text_of(
        counter.client("lan").get(f"/ho-so/chuyen/{row.code}/")
    )


def test_only_questions_that_are_asked_are_answered(asked, counter):
    row = asked(papers=[], fields=["full_name"])
    lan = counter.actor("lan")
    with refused(NotAskedFor):
        answer(row.code, {}, "", by=lan, at=now(), answers={"copies": 3})
    with refused(AnswersNotRight):
        answer(row.code, {}, "", by=lan, at=now(), answers={"full_name": ""})
    with refused(NothingGiven):
        answer(row.code, {}, "", by=lan, at=now())
    assert not Supplement.objects.exists()


def test_why_the_unit_did_not_take_an_answer_is_read_at_the_hub(asked, counter):
    row = asked(papers=[], fields=["full_name"])
    lan = counter.actor("lan")
    answer(row.code, {}, "", by=lan, at=now(), answers={"full_name": "Lan Anh"})
    sent = Supplement.objects.get()
    Supplement.objects.update(line=sent.line.replace('"Lan Anh"', '""'))
    assert hand_answer_on(sent.pk, at=now()) is Handing.REFUSED
    page = counter.client("lan").get(f"/ho-so/chuyen/{row.code}/")
    check_shape(page)
    assert "Cơ quan chưa nhận được phần bổ sung bạn gửi" in text_of(page)
    assert "Họ và tên" in text_of(page)


def test_a_question_that_the_form_here_lacks_is_answered_at_the_units_portal(asked, counter):
    row = asked(papers=[], fields=["full_name"])
    row.refresh_from_db()
    row.told["asked"]["fields"] = ["not_here"]
    row.save()
    page = counter.client("lan").get(f"/ho-so/chuyen/{row.code}/")
    assert f"/ho-so/{row.there}/" in page.content.decode()
    assert counter.client("lan").get(f"/ho-so/chuyen/{row.code}/bo-sung/").status_code == 302


def test_an_answer_waits_while_the_unit_is_away_and_is_given_once(asked, counter, agreed):
    row = asked()
    lan = counter.actor("lan")
    answer(row.code, given(counter), "", by=lan, at=now())
    sent = Supplement.objects.get().pk
    agreed.on_request = down
    with pytest.raises(StillWaiting):
        hand_answer_on(sent, at=now())

    def lose(message):
        raise httpx.ReadTimeout("lost")

    agreed.on_request, agreed.on_answer = (lambda message: message), lose
    with pytest.raises(StillWaiting):
        hand_answer_on(sent, at=now())
    agreed.on_answer = lambda message: message
    assert hand_answer_on(sent, at=now()) is Handing.TAKEN
    assert hand_answer_on(sent, at=now()) is Handing.TAKEN
    assert Dossier.objects.get().transitions.filter(step=Step.SUPPLY).count() == 1


def test_only_what_is_asked_and_only_by_the_applicant_and_once(asked, counter):
    row = asked()
    lan, nam = counter.actor("lan"), counter.actor("nam")
    with refused(NotHanded):
        answer(row.code, given(counter), "", by=nam, at=now())
    with refused(PaperMissing):
        answer(row.code, {"proof": []}, "", by=lan, at=now())
    answer(row.code, given(counter), "", by=lan, at=now())
    with refused(NotAsked):
        answer(row.code, given(counter), "", by=lan, at=now())


def test_an_answer_that_the_unit_refuses_can_be_given_again(asked, counter, monkeypatch):
    row = asked()
    lan = counter.actor("lan")
    answer(row.code, given(counter), "", by=lan, at=now())
    sent = Supplement.objects.get()
    Supplement.objects.update(line=sent.line.replace('"proof"', '"other"'))
    assert hand_answer_on(sent.pk, at=now()) is Handing.REFUSED
    answer(row.code, given(counter), "", by=lan, at=now())
    assert hand_answer_on(Supplement.objects.latest("id").pk, at=now()) is Handing.TAKEN


def test_a_paper_has_no_more_files_than_it_may_have(asked, counter):
    row, lan = asked(), counter.actor("lan")
    most = next(each.most_files for each in counter.definition.papers if each.id == "proof")
    many = [a_file(lan, now()) for _ in range(most + 1)]
    with refused(TooManyFiles):
        answer(row.code, {"proof": many}, "", by=lan, at=now())
    answer(row.code, {"proof": many[1:]}, "", by=lan, at=now())
