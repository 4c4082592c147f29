"""Asking for a supplement: named, with a reason, answered in place, the clock stopped."""

from datetime import timedelta

import pytest
from django.apps import apps

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.filing import (
    AnswersNotRight,
)
from motcua.dossiers.operations.steps import (
    NothingGiven,
    ReasonNeeded,
    SupplementUnclear,
    take_step,
)
from motcua.dossiers.operations.supplement import (
    NotAskedFor,
    answer_supplement,
    attach_answer,
    detach_answer,
)
from motcua.dossiers.operations.waiting import answer_hold
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.lifecycle import State, Step, StepNotAllowed
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    LEADER,
    MONDAY,
    SPECIALIST,
    a_file,
    refused,
)
from motcua.files.operations.keeping import attach as keep
from motcua.kernel.actors import Actor

HOUR = timedelta(hours=1)
WHY = "Giấy chứng minh bị mờ, không đọc được."
PAYMENTS = Actor.system("payments")


def see(code, by=LAN, at=MONDAY):
    return dossier(code, by=by, at=at)


def walk(code, *steps, at=MONDAY):
    who = {Step.ACCEPT: CLERK, Step.FORWARD: CLERK, Step.PROPOSE: SPECIALIST, Step.APPROVE: LEADER}
    for step in steps:
        take_step(code, step, by=who.get(step, CLERK), at=at)


def test_a_supplement_is_asked_with_a_reason_answered_in_place_and_moves_the_due_time(file):
    filed = file()
    walk(filed.code, Step.ACCEPT, Step.FORWARD)
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    with refused(ReasonNeeded):
        take_step(filed.code, Step.ASK_SUPPLEMENT, by=SPECIALIST, at=MONDAY, details=asked)
    take_step(filed.code, Step.ASK_SUPPLEMENT, by=SPECIALIST, at=MONDAY, reason=WHY, details=asked)
    assert see(filed.code).asked == {"reason": WHY, **asked}
    better = a_file()
    attach_answer(filed.code, "proof", better, by=LAN, at=MONDAY)
    later = MONDAY + timedelta(days=2)
    answer_supplement(filed.code, {"full_name": "Nguyễn Thị Lan Anh"}, by=LAN, at=later)
    view = see(filed.code, at=later)
    assert view.state is State.IN_PROCESS
    assert view.papers["proof"] == [better]
    assert view.answers["full_name"] == "Nguyễn Thị Lan Anh"
    assert view.due_at == filed.due_at + timedelta(days=4)  # two working days, over a weekend
    assert view.history[-1].details["replaced"]


def test_a_supplement_takes_what_was_asked_for_and_nothing_else(file):
    filed = file()
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    take_step(filed.code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=asked)
    with refused(NothingGiven):
        answer_supplement(filed.code, {}, by=LAN, at=MONDAY)
    with refused(NothingGiven):
        take_step(filed.code, Step.SUPPLY, by=LAN, at=MONDAY)
    assert see(filed.code).state is State.SUPPLEMENT
    with refused(NotAskedFor):
        answer_supplement(filed.code, {"copies": 9}, by=LAN, at=MONDAY)
    with refused(NotAskedFor):
        attach_answer(filed.code, "letter", a_file(), by=LAN, at=MONDAY)
    with refused(NotYourStep):
        answer_supplement(filed.code, {}, by=CLERK, at=MONDAY)
    wrong = a_file()
    attach_answer(filed.code, "proof", wrong, by=LAN, at=MONDAY)
    detach_answer(filed.code, "proof", wrong, by=LAN, at=MONDAY)
    with refused(AnswersNotRight):
        answer_supplement(filed.code, {"full_name": ""}, by=LAN, at=MONDAY)
    answer_supplement(filed.code, {"full_name": "Nguyễn Thị Lan Anh"}, by=LAN, at=MONDAY)
    assert see(filed.code).state is State.NEW


@pytest.mark.parametrize("asked", [{}, {"papers": ["passport"]}, {"fields": ["shoe_size"]}])
def test_nobody_is_asked_for_what_they_could_not_give(file, asked):
    code = file().code
    with refused(SupplementUnclear):
        take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=asked)


def test_a_dossier_nobody_asked_about_takes_no_supplement(file):
    code = file().code
    with refused(StepNotAllowed):
        attach_answer(code, "proof", a_file(), by=LAN, at=MONDAY)


def test_only_the_applicant_answers_and_only_when_asked(file):
    code = file().code
    with refused(StepNotAllowed):
        answer_supplement(code, {"full_name": "Lan"}, by=LAN, at=MONDAY)
    take_step(
        code,
        Step.ASK_SUPPLEMENT,
        by=CLERK,
        at=MONDAY,
        reason=WHY,
        details={"papers": ["proof"], "fields": []},
    )
    with refused(NotYourStep):
        attach_answer(code, "proof", a_file(by=CLERK), by=CLERK, at=MONDAY)
    detach_answer(code, "proof", a_file(), by=LAN, at=MONDAY)
    assert see(code).asked["papers"] == ["proof"]


def test_files_of_an_answer_never_sent_do_not_stay(file):
    code, left, sent = file().code, a_file(), a_file()
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=asked)
    stored = Dossier.objects.get(code=code)
    keep([left], to=answer_hold(code), by=LAN)
    stored.asked["given"] = {"letter": [left]}
    stored.save()
    attach_answer(code, "proof", sent, by=LAN, at=MONDAY)
    answer_supplement(code, {}, by=LAN, at=MONDAY)
    papers = apps.get_model("files", "Paper").objects
    assert list(papers.filter(pk__in=[left, sent]).values_list("attached_to", flat=True)) == [code]
    late = a_file()
    take_step(code, Step.ASK_SUPPLEMENT, by=LEADER, at=MONDAY, reason=WHY, details=asked)
    attach_answer(code, "proof", late, by=LAN, at=MONDAY)
    take_step(code, Step.WITHDRAW, by=LAN, at=MONDAY)
    assert not papers.filter(pk=late).exists()
    assert papers.filter(pk=sent).exists()


def test_what_nobody_asked_about_does_not_keep_a_person_from_answering(file):
    filed = file()
    asked = {"papers": [], "fields": ["full_name"]}
    take_step(filed.code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=asked)
    stored = Dossier.objects.get(code=filed.code)
    stored.answers = {**stored.answers, "copies": -1}
    stored.save()
    with refused(AnswersNotRight) as refusal:
        answer_supplement(filed.code, {"full_name": ""}, by=LAN, at=MONDAY)
    assert [p["at"] for p in refusal.value.facts["problems"]] == ["full_name"]
    answer_supplement(filed.code, {"full_name": "Nguyễn Thị Lan Anh"}, by=LAN, at=MONDAY)
    assert see(filed.code).state is State.NEW
