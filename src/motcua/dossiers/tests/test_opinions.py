"""Opinions: another agency is asked, sees only what was shared, and answers in its own time."""

from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.agencies.queries.agencies import agency
from motcua.dossiers.models import Dossier, Opinion, Transition
from motcua.dossiers.operations.opinions import (
    AskedAlready,
    NoSuchOpinion,
    OpinionEnded,
    OpinionUnclear,
    View,
    ask_opinion,
    close_opinions,
    give_opinion,
    recall_opinion,
)
from motcua.dossiers.operations.step_checks import OpinionsOpen
from motcua.dossiers.operations.steps import ReasonNeeded, take_step
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer
from motcua.dossiers.operations.transferring import NotThere
from motcua.dossiers.queries.dossiers import dossier as dossier_of
from motcua.dossiers.queries.load import Work, stretches
from motcua.dossiers.queries.opinions import (
    UnknownOpinion,
    opinion_to_answer,
    opinions_asked,
    opinions_of,
    shared_file,
)
from motcua.dossiers.queries.stage_times import stage_times
from motcua.dossiers.rules.access import NotYourStep, OwnDossier
from motcua.dossiers.rules.clock import Timing
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.opinions import OpinionState
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    LEADER,
    MONDAY,
    OTHER,
    SPECIALIST,
    SYSTEM,
    a_file,
    committee,
    official,
    refused,
)
from motcua.dossiers.web.timeline import doors_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.worktime import Limit, Unit
from motcua.packs.queries.packs import pack

DAY = timedelta(days=1)
ASK = "Đề nghị cho ý kiến về quy hoạch thửa đất."
SAY = "Thửa đất phù hợp quy hoạch sử dụng đất."
TWO = Limit(Decimal(2), Unit.WORKING_DAYS)
THERE = official(Role.SPECIALIST, OTHER)
WORK = "test"


@pytest.fixture
def dossier(file):
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)
    code = file().code
    take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY)
    take_step(code, Step.FORWARD, by=CLERK, at=MONDAY)
    return code


@pytest.fixture
def asked(dossier):
    return ask_opinion(
        dossier, OTHER, ASK, ["proof"], TWO, by=SPECIALIST, at=MONDAY, fields=["copies"]
    )


def ask(code, **more):
    facts = {"agency": OTHER, "question": ASK, "papers": []} | more
    fields = facts.pop("fields", [])
    return ask_opinion(code, *facts.values(), TWO, by=SPECIALIST, at=MONDAY, fields=fields)


def test_the_agency_asked_sees_only_what_was_shared(dossier, asked):
    shared = opinion_to_answer(asked, by=THERE, at=MONDAY, purpose=WORK)
    assert set(shared.answers) == {"copies"}
    ((paper, files),) = shared.papers
    assert paper == "proof"
    assert shared_file(asked, files[0].id, by=THERE, at=MONDAY, purpose=WORK).id == files[0].id
    with refused(UnknownOpinion):
        shared_file(asked, a_file(), by=THERE, at=MONDAY, purpose=WORK)
    for nobody in (LAN, official(Role.SPECIALIST, "H99")):
        with refused(UnknownOpinion):
            opinion_to_answer(asked, by=nobody, at=MONDAY, purpose=WORK)
    with refused(UnknownOpinion):
        opinion_to_answer("nonsense", by=THERE, at=MONDAY, purpose=WORK)


def test_what_changes_later_is_not_shared_with_it(dossier, asked):
    before = opinion_to_answer(asked, by=THERE, at=MONDAY, purpose=WORK)
    later = a_file()
    stored = Dossier.objects.get(code=dossier)
    stored.answers, stored.papers = {**stored.answers, "copies": 9}, {"proof": [later]}
    stored.save(update_fields=["answers", "papers"])
    after = opinion_to_answer(asked, by=THERE, at=MONDAY, purpose=WORK)
    assert (after.answers, after.papers) == (before.answers, before.papers)
    with refused(UnknownOpinion):
        shared_file(asked, later, by=THERE, at=MONDAY, purpose=WORK)


def test_it_is_due_by_the_calendar_of_the_agency_asked_and_overdue_after(asked):
    (seen,) = opinions_asked(by=THERE, at=MONDAY)
    assert seen.due_at == MONDAY + 2 * DAY
    assert not seen.late
    assert opinions_asked(by=THERE, at=MONDAY + 3 * DAY)[0].late
    assert opinions_asked(by=LAN, at=MONDAY) == ()


def test_an_opinion_given_is_timed_and_comes_with_its_files(dossier, asked):
    paper = a_file(by=THERE)
    with refused(NotYourStep):
        give_opinion(asked, SAY, View.AGREES, by=official(Role.CLERK, OTHER), at=MONDAY)
    with refused(OpinionUnclear):
        give_opinion(asked, "ngắn", View.AGREES, by=THERE, at=MONDAY)
    for stranger in (SPECIALIST, LAN):
        with refused(NoSuchOpinion):
            give_opinion(asked, SAY, View.AGREES, by=stranger, at=MONDAY)
    give_opinion(asked, SAY, View.CONDITIONS, [paper], by=THERE, at=MONDAY + DAY)
    (seen,) = opinions_of(dossier, by=SPECIALIST, at=MONDAY + DAY)
    assert (seen.view, seen.timing) == (View.CONDITIONS, Timing.EARLY)
    assert [file.id for file in seen.files] == [paper]
    assert Transition.objects.latest("id").step == Step.CONSULTED
    assert opinions_asked(by=THERE, at=MONDAY) == ()
    assert opinions_asked(by=THERE, at=MONDAY, ended=True)[0].id == asked
    assert opinions_of(dossier, by=LAN, at=MONDAY) == ()
    with refused(OpinionEnded):
        give_opinion(asked, SAY, View.AGREES, by=THERE, at=MONDAY)


def test_nobody_gives_an_opinion_on_their_own_dossier(asked, dossier):
    Dossier.objects.filter(code=dossier).update(applicant=THERE.id)
    with refused(OwnDossier):
        give_opinion(asked, SAY, View.AGREES, by=THERE, at=MONDAY)


def test_nothing_is_approved_while_an_opinion_is_open_unless_it_is_recalled(dossier, asked):
    take_step(dossier, Step.PROPOSE, by=SPECIALIST, at=MONDAY)
    with refused(OpinionsOpen):
        take_step(dossier, Step.APPROVE, by=LEADER, at=MONDAY)
    with refused(NotYourStep):
        recall_opinion(asked, by=CLERK, at=MONDAY)
    with refused(NoSuchOpinion):
        recall_opinion(asked, by=THERE, at=MONDAY)
    recall_opinion(asked, by=LEADER, at=MONDAY)
    take_step(dossier, Step.APPROVE, by=LEADER, at=MONDAY)
    with refused(UnknownOpinion):
        opinion_to_answer(asked, by=THERE, at=MONDAY, purpose=WORK)


def test_what_cannot_be_asked_is_refused(dossier, asked):
    with refused(AskedAlready):
        ask(dossier)
    recall_opinion(asked, by=SPECIALIST, at=MONDAY)
    with refused(NotThere):
        ask(dossier, agency="H99")
    with refused(ReasonNeeded):
        ask(dossier, question="")
    for wrong in ({"papers": ["passport"]}, {"fields": ["nothing"]}):
        with refused(OpinionUnclear):
            ask(dossier, **wrong)
    for nothing in ("nonsense", "00000000-0000-0000-0000-000000000000"):
        with refused(NoSuchOpinion):
            recall_opinion(nothing, by=SPECIALIST, at=MONDAY)


def test_opinions_on_a_dossier_that_stopped_are_recalled_and_others_stay(dossier, asked):
    close_opinions(dossier, by=SYSTEM, at=MONDAY)
    assert Opinion.objects.get().state == OpinionState.OPEN
    take_step(dossier, Step.WITHDRAW, by=LAN, at=MONDAY)
    close_opinions(dossier, by=SYSTEM, at=MONDAY)
    assert Opinion.objects.get().state == OpinionState.RECALLED


def test_an_opinion_given_while_the_applicant_is_waited_for_is_a_step_and_moves_nothing(
    dossier, asked
):
    details = {"papers": ["proof"], "fields": []}
    why = "Giấy chứng minh bị mờ."
    take_step(dossier, Step.ASK_SUPPLEMENT, by=SPECIALIST, at=MONDAY, reason=why, details=details)
    before = Dossier.objects.get()
    give_opinion(asked, SAY, View.DISAGREES, by=THERE, at=MONDAY + 3 * DAY)
    (seen,) = opinions_of(dossier, by=SPECIALIST, at=MONDAY)
    assert seen.timing is Timing.LATE
    step, now = Transition.objects.latest("id"), Dossier.objects.get()
    assert (step.step, step.before, step.state) == (Step.CONSULTED, "supplement", "supplement")
    assert (step.by, step.agency, step.reason) == (THERE.id, before.agency, SAY)
    assert step.details == {"agency": [OTHER], "opinion": [asked], "view": ["disagrees"]}
    waits = ("state", "waiting_from", "waiting_since", "wait_until", "due_at", "asked", "waits")
    assert [getattr(now, x) for x in waits] == [getattr(before, x) for x in waits]


def test_an_opinion_that_came_in_a_wait_is_on_the_way_and_no_work_of_the_agency(dossier, asked):
    """The clock stands still from the asking to the answer, whoever says something meanwhile."""
    details = {"papers": ["proof"], "fields": []}
    take_step(dossier, Step.ASK_SUPPLEMENT, by=SPECIALIST, at=MONDAY, reason=ASK, details=details)
    give_opinion(asked, SAY, View.AGREES, by=THERE, at=MONDAY + DAY)
    attach_answer(dossier, "proof", a_file(), by=LAN, at=MONDAY + 2 * DAY)
    answer_supplement(dossier, {}, by=LAN, at=MONDAY + 2 * DAY)
    take_step(dossier, Step.PROPOSE, by=SPECIALIST, at=MONDAY + 3 * DAY)
    view = dossier_of(dossier, by=LAN, at=MONDAY + 3 * DAY)
    way = doors_of(view, pack(view.pack))
    steps = [taken.step for taken in view.history]
    assert steps[-3:] == [Step.CONSULTED, Step.SUPPLY, Step.PROPOSE]
    assert agency(OTHER).name in way[steps.index(Step.CONSULTED)].notes[0]
    assert not way[steps.index(Step.CONSULTED)].said, "what officials tell each other"
    assert "2" in way[steps.index(Step.SUPPLY)].notes[0]
    row = Dossier.objects.get()
    proposed = stage_times([row.pk])[Transition.objects.latest("id").pk]
    given = stage_times([row.pk])[Transition.objects.get(step=Step.CONSULTED).pk]
    assert proposed.began == given.began == MONDAY
    take_step(dossier, Step.APPROVE, by=LEADER, at=MONDAY + 4 * DAY)
    found = stretches(row.agency, since=MONDAY, most=1)
    worked = {each.work: each for each in found}
    assert Work.OPINION not in worked
    assert worked[Work.WORK_OUT].until - worked[Work.WORK_OUT].since == DAY


def test_recalling_is_a_step_of_the_dossier_that_moves_nothing(dossier, asked):
    before = Dossier.objects.get()
    recall_opinion(asked, by=LEADER, at=MONDAY + DAY)
    step, now = Transition.objects.latest("id"), Dossier.objects.get()
    assert (step.step, step.before, step.state) == (Step.RECALL, "in_process", "in_process")
    assert (step.by, step.details) == (LEADER.id, {"agency": [OTHER], "opinion": [asked]})
    assert (now.due_at, now.stage, now.holder) == (before.due_at, before.stage, before.holder)
    assert now.version == before.version + 1
    take_step(dossier, Step.PROPOSE, by=SPECIALIST, at=MONDAY + DAY)


def test_recalling_while_the_applicant_is_waited_for_leaves_the_wait_as_it_was(dossier, asked):
    details = {"papers": ["proof"], "fields": []}
    why = "Giấy chứng minh bị mờ."
    take_step(dossier, Step.ASK_SUPPLEMENT, by=SPECIALIST, at=MONDAY, reason=why, details=details)
    before = Dossier.objects.get()
    recall_opinion(asked, by=SPECIALIST, at=MONDAY + DAY)
    step, now = Transition.objects.latest("id"), Dossier.objects.get()
    assert (step.step, step.state) == (Step.RECALL, "supplement")
    waits = ("state", "waiting_from", "waiting_since", "wait_until", "due_at", "asked")
    assert [getattr(now, x) for x in waits] == [getattr(before, x) for x in waits]


def test_what_the_portal_recalls_of_an_ended_dossier_is_no_step(dossier, asked):
    take_step(dossier, Step.WITHDRAW, by=LAN, at=MONDAY)
    close_opinions(dossier, by=SYSTEM, at=MONDAY)
    assert Transition.objects.latest("id").step == Step.WITHDRAW


def test_citizens_are_asked_nothing(dossier):
    assert opinions_asked(by=Actor("c-1"), at=MONDAY) == ()
