"""What officials tell each other, and what is not handed over yet, the applicant does not read."""

import pytest

from motcua.backbone.http import bearer
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import dossier, dossiers_named
from motcua.dossiers.queries.papers import UnknownPaper, file_of
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM
from motcua.dossiers.tests.counter import WHY, Counter
from motcua.kernel.actors import Actor

pytestmark = pytest.mark.django_db
INNER = "Nội bộ: nghi giấy chứng sinh không thật."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


@pytest.fixture
def get(client, monkeypatch):
    def getting(who, path):
        monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: who])
        return client.get(f"/api/v1{path}", headers={"Authorization": "Bearer x"})

    return getting


def say(counter, code, who, step):
    take_step(code, step, by=counter.actor(who), at=MONDAY, reason=INNER)


def reasons(answer):
    return {step["step"]: step["reason"] for step in answer.json()["history"]}


@pytest.mark.parametrize("whose", ["applicant", "agent"])
def test_reasons_that_officials_gave_each_other_stay_among_them(counter, code, get, whose):
    say(counter, code, "specialist", Step.PROPOSE)
    say(counter, code, "leader", Step.SEND_BACK)
    asked = {"papers": ["proof"]}
    specialist = counter.actor("specialist")
    take_step(code, Step.ASK_SUPPLEMENT, by=specialist, at=MONDAY, reason=WHY, details=asked)
    Dossier.objects.filter(code=code).update(agent="c-agent")
    who = counter.actor("lan") if whose == "applicant" else Actor("c-agent", "Người đại diện")
    theirs = reasons(get(who, f"/dossiers/{code}"))
    assert theirs == {**dict.fromkeys(theirs, ""), "ask_supplement": WHY}
    told = reasons(get(counter.actor("leader"), f"/dossiers/{code}"))
    assert (told["propose"], told["send_back"]) == (INNER, INNER)
    (named,) = dossiers_named([code], by=who, at=MONDAY).values()
    for view in (dossier(code, by=who, at=MONDAY), named):
        assert INNER not in {taken.reason for taken in view.history}


def test_what_the_applicant_said_themselves_they_read(counter, code):
    lan = counter.actor("lan")
    take_step(code, Step.WITHDRAW, by=lan, at=MONDAY, reason=INNER)
    assert dossier(code, by=lan, at=MONDAY).history[-1].reason == INNER


def approved(counter, code):
    counter.walk(code, Step.PROPOSE, Step.APPROVE)
    issue_result(code, by=SYSTEM, at=MONDAY)
    return str(Dossier.objects.get(code=code).result)


def test_a_result_withdrawn_before_it_was_returned_is_never_read(counter, code, get):
    lan, leader = counter.actor("lan"), counter.actor("leader")
    result = approved(counter, code)
    assert get(lan, f"/dossiers/{code}").json()["result"] is None
    assert get(leader, f"/dossiers/{code}").json()["result"] == result
    reopen(code, reason=WHY, by=leader, at=MONDAY)
    with pytest.raises(UnknownPaper):
        file_of(code, result, by=lan)
    assert file_of(code, result, by=leader).id == result


def test_a_result_that_was_returned_stays_readable_when_it_is_opened_again(counter, code, get):
    lan = counter.actor("lan")
    result = approved(counter, code)
    counter.walk(code, Step.RETURN)
    assert get(lan, f"/dossiers/{code}").json()["result"] == result
    reopen(code, reason=WHY, by=counter.actor("leader"), at=MONDAY)
    assert file_of(code, result, by=lan).id == result
