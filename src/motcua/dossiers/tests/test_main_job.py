"""A dossier from filing to rating, as the law and its people meet it."""

from datetime import datetime, timedelta

import pytest

from motcua.backbone.http.refusals import StaleVersion
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.filing import (
    AnswersNotRight,
    Filing,
    NoCompetentAgency,
    file_dossier,
)
from motcua.dossiers.operations.holding import take_in_hand
from motcua.dossiers.operations.paying import record_payment, stop_asking
from motcua.dossiers.operations.rating import NoSuchScore, NotFinished, rate
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.steps import (
    FeeNotPaid,
    NoSuchDossier,
    ReasonNeeded,
    ResultNotReady,
    take_step,
)
from motcua.dossiers.queries.dossiers import UnknownDossier, dossier
from motcua.dossiers.queries.lines import my_dossiers
from motcua.dossiers.queries.tracking import status_of
from motcua.dossiers.rules.access import NotYourStep, OwnDossier
from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    HERE,
    LAN,
    LEADER,
    MONDAY,
    NAM,
    OTHER,
    SPECIALIST,
    SYSTEM,
    a_file,
    answers,
    official,
    refused,
)
from motcua.files.queries.kept import content_for_room
from motcua.kernel.actors import Actor, Role
from motcua.payments.queries.bills import bill_for

HOUR = timedelta(hours=1)
WHY = "Giấy chứng minh bị mờ, không đọc được."
PAYMENTS = Actor.system("payments")


def see(code, by=LAN, at=MONDAY):
    return dossier(code, by=by, at=at)


def walk(code, *steps, at=MONDAY):
    who = {Step.ACCEPT: CLERK, Step.FORWARD: CLERK, Step.PROPOSE: SPECIALIST, Step.APPROVE: LEADER}
    for step in steps:
        take_step(code, step, by=who.get(step, CLERK), at=at)


def test_a_dossier_is_filed_processed_returned_and_rated(file):
    code = file().code
    assert code == "000.00.61.H26-261102-0001"
    walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    assert see(code).state is State.DONE
    with refused(ResultNotReady):
        take_step(code, Step.RETURN, by=CLERK, at=MONDAY)
    issue_result(code, by=SYSTEM, at=MONDAY)
    issue_result(code, by=SYSTEM, at=MONDAY)
    take_step(code, Step.RETURN, by=CLERK, at=MONDAY)
    view = see(code)
    assert content_for_room(view.result).startswith(b"%PDF")
    rate(code, 3, "Nhanh", by=LAN, at=MONDAY)
    rate(code, 2, by=LAN, at=MONDAY)
    assert see(code).rating == 2
    steps = [str(taken.step) for taken in view.history]
    assert steps == ["file", "accept", "forward", "propose", "approve", "return"]
    assert view.due is Due.EARLY


def test_three_working_days_end_at_the_same_hour_on_thursday(file):
    assert file().due_at == datetime(2026, 11, 5, 9, 0, tzinfo=HERE)


def test_numbers_run_by_agency_and_day(file):
    codes = [file(reference=str(n)).code for n in range(3)]
    tomorrow = file(reference="x", at=MONDAY + timedelta(days=1)).code
    assert [code[-4:] for code in codes] == ["0001", "0002", "0003"]
    assert tomorrow == "000.00.61.H26-261103-0001"


def test_answers_or_papers_missing_are_all_named_and_nothing_is_filed(definition):
    wrong = Filing(definition, {**answers(), "full_name": ""}, {}, "test", "1")
    with refused(AnswersNotRight) as refusal:
        file_dossier(wrong, by=LAN, at=MONDAY)
    places = {problem["at"] for problem in refusal.value.facts["problems"]}
    assert places == {"full_name", "papers.proof"}
    assert not Dossier.objects.exists()


def test_a_paper_the_procedure_does_not_know_is_refused(file):
    with refused(AnswersNotRight):
        file(papers={"proof": [a_file()], "passport": [a_file()]})


def test_nobody_files_with_another_person_s_paper(file):
    from motcua.files.queries.kept import NoSuchFile

    with refused(NoSuchFile):
        file(papers={"proof": [a_file(by=NAM)]})


def test_a_place_without_an_agency_here_says_so(definition):
    elsewhere = {**answers(), "office": {"province": "79", "commune": "26734"}}
    filing = Filing(definition, elsewhere, {"proof": [a_file()]}, "test", "1")
    with refused(NoCompetentAgency):
        file_dossier(filing, by=LAN, at=MONDAY)


def test_a_fee_is_billed_with_the_filing_and_blocks_acceptance_until_it_is_paid(file):
    filed = file(copies=3)
    assert filed.fee == 24_000
    assert bill_for(filed.code, by=LAN).total.amount == 24_000
    with refused(FeeNotPaid):
        take_step(filed.code, Step.ACCEPT, by=CLERK, at=MONDAY)
    record_payment(filed.code, by=PAYMENTS, at=MONDAY, paid_at=MONDAY)
    record_payment(filed.code, by=PAYMENTS, at=MONDAY, paid_at=MONDAY)
    take_step(filed.code, Step.ACCEPT, by=CLERK, at=MONDAY)
    assert see(filed.code).state is State.RECEIVED


def test_nobody_pays_for_a_dossier_they_withdrew(file):
    unpaid, paid, free = file(copies=1), file(copies=1, reference="2"), file(reference="3")
    record_payment(paid.code, by=PAYMENTS, at=MONDAY, paid_at=MONDAY)
    for filed in (unpaid, paid, free):
        take_step(filed.code, Step.WITHDRAW, by=LAN, at=MONDAY)
        stop_asking(filed.code, by=PAYMENTS, at=MONDAY)
    assert bill_for(unpaid.code, by=LAN).state == "cancelled"
    assert bill_for(paid.code, by=LAN).state == "cancelled"


def test_asking_for_payment_stops_the_clock_and_the_money_starts_it_again(file):
    filed = file(copies=1)
    take_step(
        filed.code, Step.ASK_PAYMENT, by=CLERK, at=MONDAY + HOUR, reason="Chưa nộp phí bản sao."
    )
    assert see(filed.code).due is Due.WAITING
    later = MONDAY + timedelta(days=1, hours=1)
    record_payment(filed.code, by=PAYMENTS, at=later, paid_at=later)
    view = see(filed.code, at=later)
    assert view.state is State.NEW
    assert view.due_at == filed.due_at + timedelta(days=1)
    assert view.history[-1].step is Step.PAY


def test_the_leader_sends_back_and_the_specialist_proposes_again(file):
    code = file().code
    walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
    with refused(NotYourStep):
        take_step(code, Step.PROPOSE, by=SPECIALIST, at=MONDAY)
    take_step(code, Step.SEND_BACK, by=LEADER, at=MONDAY, reason="Ghi sai số bản sao cần cấp.")
    assert see(code).stage_role is Role.SPECIALIST
    with refused(NotYourStep):
        take_step(code, Step.APPROVE, by=LEADER, at=MONDAY)
    walk(code, Step.PROPOSE, Step.APPROVE)
    assert see(code).state is State.DONE


@pytest.mark.parametrize(("step", "by"), [(Step.REFUSE, CLERK), (Step.ASK_SUPPLEMENT, CLERK)])
def test_nothing_goes_back_to_a_citizen_without_a_reason(file, step, by):
    code = file().code
    with refused(ReasonNeeded):
        take_step(code, step, by=by, at=MONDAY, reason="   ngắn   ")
    assert see(code).state is State.NEW


def test_a_refused_dossier_keeps_who_when_and_why(file):
    code = file().code
    take_step(code, Step.REFUSE, by=CLERK, at=MONDAY, reason=WHY)
    last = see(code).history[-1]
    assert (last.by_name, last.at, last.reason) == (CLERK.name, MONDAY, WHY)


def test_a_step_from_a_page_that_is_no_longer_true_is_refused(file):
    code = file().code
    seen = see(code).version
    take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY, seen=seen)
    with refused(StaleVersion):
        take_step(code, Step.STOP, by=CLERK, at=MONDAY, reason=WHY, seen=seen)


def test_strangers_and_other_agencies_learn_nothing(file):
    code = file().code
    for stranger in (NAM, official(Role.CLERK, OTHER), Actor(id="")):
        with refused(UnknownDossier):
            see(code, by=stranger)
        with refused(NoSuchDossier):
            take_step(code, Step.WITHDRAW, by=stranger, at=MONDAY)


def test_an_official_s_own_dossier_waits_for_a_colleague(file):
    own = file(by=CLERK).code
    with refused(OwnDossier):
        take_step(own, Step.ACCEPT, by=CLERK, at=MONDAY)


def test_a_dossier_is_rated_when_finished_by_its_applicant_only(file):
    code = file().code
    with refused(NotFinished):
        rate(code, 3, by=LAN, at=MONDAY)
    take_step(code, Step.WITHDRAW, by=LAN, at=MONDAY)
    with refused(NotYourStep):
        rate(code, 3, by=CLERK, at=MONDAY)
    with refused(NoSuchScore):
        rate(code, 4, by=LAN, at=MONDAY)
    rate(code, 1, by=LAN, at=MONDAY)


def test_who_takes_a_dossier_in_hand_is_shown(file):
    code = file().code
    take_in_hand(code, by=CLERK, at=MONDAY)
    assert see(code).holder_name == CLERK.name
    with refused(NotYourStep):
        take_in_hand(code, by=SPECIALIST, at=MONDAY)


def test_a_code_alone_shows_where_it_stands_and_nothing_personal(file):
    code = file().code
    shown = status_of(f" {code.lower()} ", at=MONDAY)
    assert shown.state is State.NEW
    assert "Lan" not in str(shown)
    for unknown in ("000.00.61.H26-261102-9999", "x", ""):
        with refused(UnknownDossier):
            status_of(unknown, at=MONDAY)


def test_my_list_has_mine_only_in_pages_newest_first(file):
    codes = [file(reference=str(n)).code for n in range(3)]
    file(by=NAM, reference="n")
    first = my_dossiers(by=LAN, at=MONDAY, limit=2)
    rest = my_dossiers(by=LAN, at=MONDAY, before=first[-1].id, limit=2)
    assert [line.code for line in [*first, *rest]] == codes[::-1]
    assert my_dossiers(by=Actor(id=""), at=MONDAY) == []


def test_a_result_is_made_only_for_what_was_approved(file):
    code = file().code
    issue_result(code, by=SYSTEM, at=MONDAY)
    assert see(code).result is None
    assert Transition.objects.count() == 1
