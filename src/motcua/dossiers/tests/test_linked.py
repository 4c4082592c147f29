"""One filing that becomes several dossiers: what opens when, and what comes of the rest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.backbone.models import Entry
from motcua.dossiers.models import Dossier, LinkedFiling, LinkedPart
from motcua.dossiers.operations.drafts import attach, begin_draft, save_answers
from motcua.dossiers.operations.filing import (
    AnswersNotRight,
    FiledBefore,
    Filing,
    IsLinked,
    NoCompetentAgency,
    NoSuchDraft,
    file_dossier,
)
from motcua.dossiers.operations.linked import NothingToFile, PartNotOnline, file_linked_draft
from motcua.dossiers.operations.linked_going import (
    NoSuchLinkedFiling,
    NothingToWithdraw,
    go_on,
    withdraw_linked,
    withdraw_part,
)
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.linked import linked_filing, linked_of
from motcua.dossiers.queries.linked_waiting import stuck_parts
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import LAN, MONDAY, NAM, SYSTEM, a_file, refused
from motcua.dossiers.tests.linked import (
    answers,
    approve,
    dossier_of,
    file_all,
    parts_of,
    refuse,
    states,
    the_linked_pack,
)
from motcua.files.queries.kept import content_for_room, infos_for_room
from motcua.notices.queries.mine import my_notices
from motcua.packs.operations.publishing import withdraw as withdraw_pack
from motcua.packs.queries.packs import pack_for
from motcua.payments.queries.bills import bill_for

LATER = MONDAY + timedelta(days=2)


@pytest.fixture
def linked(ward):
    return the_linked_pack()


def kinds(code, name="dossiers.linked-part-dropped"):
    return Entry.objects.filter(name=name, subject=code).count()


def test_what_waits_for_nothing_opens_at_once_and_the_rest_is_planned(linked):
    filed = file_all(linked)
    assert list(filed.dossiers) == ["first"]
    assert states(filed.code) == {"first": "opened", "second": "planned", "third": "planned"}
    first = dossier_of(filed.code, "first")
    assert (first.state, first.applicant, first.answers["copies"]) == (State.NEW, LAN.id, 0)
    assert first.promised_at > MONDAY


def test_a_part_not_wished_for_is_not_filed_nor_waited_for(linked):
    filed = file_all(linked, given=answers(third=False, last=True))
    assert list(parts_of(filed.code)) == ["first", "second", "last"]
    assert parts_of(filed.code)["last"].after == ["second"]


def test_the_result_opens_what_waited_with_its_copy_and_a_clock_of_its_own(linked, work):
    code = file_all(linked).code
    first = dossier_of(code, "first")
    approve(first.code, at=LATER)
    work()
    assert states(code) == {"first": "opened", "second": "opened", "third": "opened"}
    second, third = dossier_of(code, "second"), dossier_of(code, "third")
    assert second.answers["full_name"] == "Bé Nguyễn Thị Lan"
    assert second.filed_at > first.filed_at
    assert second.agency != third.agency
    assert bill_for(second.code, by=LAN).total.amount == 16_000
    (copy,) = second.papers["proof"]
    first.refresh_from_db()
    assert copy != str(first.result)
    assert content_for_room(copy) == content_for_room(str(first.result))
    assert content_for_room(third.papers["letter"][0]) == content_for_room(copy)
    assert content_for_room(third.papers["proof"][0]) == content_for_room(first.papers["proof"][0])


def test_hearing_it_twice_opens_once(linked, work):
    code = file_all(linked).code
    approve(dossier_of(code, "first").code)
    for _ in range(3):
        go_on(code, by=SYSTEM, at=MONDAY)
    work()
    go_on(code, by=SYSTEM, at=MONDAY, again=True)
    assert Dossier.objects.count() == 3
    assert kinds(code, "dossiers.linked-part-opened") == 2


def test_a_part_waits_for_all_that_come_before_it(linked, work):
    code = file_all(linked, given=answers(last=True)).code
    approve(dossier_of(code, "first").code)
    work()
    approve(dossier_of(code, "third").code)
    work()
    assert states(code)["last"] == "planned"
    approve(dossier_of(code, "second").code)
    work()
    assert states(code)["last"] == "opened"


def test_a_refusal_drops_all_that_waited_and_the_applicant_is_told_why(linked, work):
    code = file_all(linked, given=answers(last=True)).code
    held = parts_of(code)["third"].papers["proof"]
    refuse(dossier_of(code, "first").code)
    work()
    work()
    assert set(states(code).values()) == {"opened", "dropped"}
    assert kinds(code) == 3
    seen = linked_filing(code, by=LAN, at=MONDAY)
    assert "Bản thứ nhất" in seen.part("second").why
    assert "Bản thứ hai" in seen.part("last").why
    told = my_notices(by=LAN).notices
    assert sum("không tiếp tục" in each.title for each in told) == 3
    assert infos_for_room(held) == []


def test_one_s_own_withdrawal_of_a_part_drops_what_waits_for_it(linked, work):
    code = file_all(linked, given=answers(last=True)).code
    withdraw_part(code, "third", by=LAN, at=MONDAY)
    assert states(code)["last"] == "dropped"
    with refused(NothingToWithdraw):
        withdraw_part(code, "third", by=LAN, at=MONDAY)
    with refused(NoSuchLinkedFiling):
        withdraw_part(code, "nothing", by=LAN, at=MONDAY)
    take_step(dossier_of(code, "first").code, Step.WITHDRAW, by=LAN, at=MONDAY)
    work()
    assert states(code)["second"] == "dropped"


def test_the_whole_is_withdrawn_but_for_what_is_done(linked, work):
    code = file_all(linked).code
    approve(dossier_of(code, "first").code)
    work()
    withdraw_linked(code, by=LAN, at=MONDAY)
    work()
    done = {p: dossier_of(code, p).state for p in ("first", "second", "third")}
    assert done == {"first": State.DONE, "second": State.WITHDRAWN, "third": State.WITHDRAWN}
    with refused(NothingToWithdraw):
        withdraw_linked(code, by=LAN, at=MONDAY)
    with refused(NoSuchLinkedFiling):
        withdraw_linked(code, by=NAM, at=MONDAY)


def test_withdrawing_it_all_at_once_drops_what_was_planned(linked):
    code = file_all(linked).code
    withdraw_linked(code, by=LAN, at=MONDAY)
    assert states(code) == {"first": "opened", "second": "dropped", "third": "dropped"}
    assert dossier_of(code, "first").state == State.WITHDRAWN


def shut(unit):
    from django.apps import apps

    from motcua.backbone.remembered import forget_all

    apps.get_model("agencies", "Agency").objects.filter(unit__code=unit).update(
        closed_on=MONDAY.date()
    )
    forget_all()


def open_again(unit):
    from django.apps import apps

    from motcua.backbone.remembered import forget_all

    apps.get_model("agencies", "Agency").objects.filter(unit__code=unit).update(closed_on=None)
    forget_all()


def test_a_part_nobody_can_take_is_stuck_with_its_reason_and_tried_again(linked, work):
    code = file_all(linked).code
    shut("00008")
    approve(dossier_of(code, "first").code)
    work()
    assert states(code) == {"first": "opened", "second": "opened", "third": "stuck"}
    (stuck,) = stuck_parts()
    assert (stuck.filing, stuck.part, stuck.agency_unit) == (code, "third", "00008")
    assert stuck.why == linked_filing(code, by=LAN, at=MONDAY).part("third").why
    go_on(code, by=SYSTEM, at=MONDAY, again=True)
    work()
    assert kinds(code, "dossiers.linked-part-stuck") == 1
    open_again("00008")
    go_on(code, by=SYSTEM, at=MONDAY)
    assert states(code)["third"] == "stuck"
    go_on(code, by=SYSTEM, at=MONDAY, again=True)
    assert states(code)["third"] == "opened"
    assert stuck_parts() == []
    assert Dossier.objects.count() == 3


def test_a_draft_is_filed_once_however_often_it_is_sent(linked):
    draft = begin_draft(linked.code, by=LAN, at=MONDAY)
    save_answers(draft, answers(), by=LAN, at=MONDAY)
    attach(draft, "proof", a_file(), by=LAN, at=MONDAY)
    once, again = (file_linked_draft(draft, by=LAN, at=MONDAY) for _ in range(2))
    assert once == again
    assert (LinkedFiling.objects.count(), Dossier.objects.count()) == (1, 1)
    with refused(NoSuchDraft):
        file_linked_draft(draft, by=NAM, at=MONDAY)


def test_the_same_reference_files_nothing_new(linked):
    file_all(linked)
    with refused(FiledBefore):
        file_all(linked)


def test_what_is_wrong_in_a_part_is_told_at_the_question_and_nothing_is_filed(linked):
    with refused(AnswersNotRight) as refusal:
        file_all(linked, given={**answers(), "copies": 50})
    (problem,) = refusal.value.facts["problems"]
    assert problem["at"] == "copies"
    assert problem["message"].startswith("Bản thứ hai: ")
    with refused(AnswersNotRight) as refusal:
        file_all(linked, given=answers(name=""), papers={})
    at = {each["at"] for each in refusal.value.facts["problems"]}
    assert at == {"full_name", "papers.proof"}
    assert not LinkedFiling.objects.exists()
    assert not LinkedPart.objects.exists()


def test_a_part_without_an_agency_keeps_the_whole_from_being_filed(linked):
    away = {"other_office": {"province": "01", "commune": "00025"}}
    with refused(NoCompetentAgency):
        file_all(linked, given=answers() | away)
    assert not Dossier.objects.exists()


def test_a_linked_pack_is_no_dossier_of_its_own(linked):
    with refused(IsLinked):
        file_dossier(Filing(linked, answers(), {}, "test", "x"), by=LAN, at=MONDAY)


def test_a_procedure_that_is_not_online_any_more_keeps_the_whole_back(linked):
    version = pack_for("9.000001", on=MONDAY.date()).version
    withdraw_pack(version, reason="Sai mẫu.", by=SYSTEM, at=MONDAY)
    with refused(PartNotOnline):
        file_all(linked)


def test_parts_keep_the_version_they_were_checked_under(linked, work):
    code = file_all(linked).code
    version = pack_for("9.000001", on=MONDAY.date()).version
    withdraw_pack(version, reason="Sai mẫu.", by=SYSTEM, at=MONDAY)
    approve(dossier_of(code, "first").code)
    work()
    assert dossier_of(code, "second").pack == version


def test_a_filing_of_nothing_is_refused(linked):
    only_third = replace(linked, parts=linked.parts[2:3])
    with refused(NothingToFile):
        file_all(only_third, given=answers(third=False))


def test_a_dossier_that_stands_alone_is_part_of_nothing(file, linked, work):
    alone = file()
    assert linked_of(alone.code, by=LAN) is None
    refuse(alone.code)
    work()
    with refused(NoSuchLinkedFiling):
        go_on("LT-0000-0000-0000", by=SYSTEM, at=MONDAY)
