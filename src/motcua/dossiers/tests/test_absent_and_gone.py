"""What who left, or stood in, had in hand is anybody's; a deputy hears of the absent one's work."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps

from motcua.agencies.operations.absence import end_absence, note_absence
from motcua.agencies.operations.posts import end_post
from motcua.agencies.queries.posts import posts_held
from motcua.backbone.models import Entry
from motcua.dossiers import jobs
from motcua.dossiers.events import DossierMoved, QuestionAsked
from motcua.dossiers.handlers.opinions import tell_asked
from motcua.dossiers.handlers.questions import tell_those_who_answer
from motcua.dossiers.handlers.warnings import warn
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.operations.asking import ask
from motcua.dossiers.operations.holding import lay_down_idle, take_in_hand
from motcua.dossiers.operations.opinions import ask_opinion
from motcua.dossiers.queries.desk import worklist
from motcua.dossiers.queries.desk_views import Wanted, Whose
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD
from motcua.dossiers.tests.counter import Counter
from motcua.dossiers.tests.test_opinions import ASK, TWO
from motcua.kernel.actors import Role

DAY = timedelta(days=1)
TO_LEADER = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def holder_of(code):
    return Dossier.objects.get(code=code).holder


def for_the_post(by):
    return [each.line.code for each in worklist(Wanted(whose=Whose.POST), by=by, at=MONDAY)]


def away(counter, who, deputy, until=None):
    pair = (counter.actor(who).id, counter.actor(deputy).id)
    return note_absence(WARD, *pair, MONDAY, until or MONDAY + 30 * DAY, by=SYSTEM, at=MONDAY)


def deputy_of(counter, who, name):
    """Return a deputy as they act: with the roles of whom they stand in for."""
    one = counter.actor(name)
    return replace(one, roles=one.roles | counter.actor(who).roles)


def test_what_a_colleague_who_left_had_in_hand_is_anybodys(counter, work):
    left, kept = counter.file().code, counter.file().code
    for code in (left, kept):
        counter.walk(code, Step.ACCEPT, Step.FORWARD)
    specialist = counter.actor("specialist")
    take_in_hand(left, by=specialist, at=MONDAY)
    counter.walk(kept, Step.PROPOSE)
    take_in_hand(kept, by=counter.actor("leader"), at=MONDAY)
    work()
    assert holder_of(left) == specialist.id
    (post,) = posts_held(specialist.id, at=MONDAY)
    end_post(post.id, by=SYSTEM, at=MONDAY + DAY)
    work()
    assert holder_of(left) == ""
    assert holder_of(kept) == counter.actor("leader").id
    new = replace(specialist, id="somebody-new", name="Người mới")
    assert for_the_post(new) == [left]
    told = Entry.objects.get(name="dossiers.assigned")
    assert (told.subject, told.facts["holder_before"]) == (left, specialist.id)
    assert lay_down_idle(WARD, by=SYSTEM, at=MONDAY + DAY) == 0


def test_what_a_deputy_took_goes_back_to_the_post_when_the_colleague_is_back(counter, work):
    taken, own = counter.file().code, counter.file().code
    counter.walk(taken, *TO_LEADER)
    counter.walk(own, Step.ACCEPT, Step.FORWARD)
    absence = away(counter, "leader", "specialist")
    for code in (taken, own):
        take_in_hand(code, by=deputy_of(counter, "leader", "specialist"), at=MONDAY)
    assert lay_down_idle(WARD, by=SYSTEM, at=MONDAY) == 0
    end_absence(absence, by=SYSTEM, at=MONDAY + DAY)
    work()
    assert (holder_of(taken), holder_of(own)) == ("", counter.actor("specialist").id)
    assert for_the_post(counter.actor("leader")) == [taken]


def test_it_goes_back_too_where_the_absence_ends_by_itself(counter, monkeypatch):
    code = counter.file().code
    counter.walk(code, *TO_LEADER)
    away(counter, "leader", "specialist", until=MONDAY + DAY)
    take_in_hand(code, by=deputy_of(counter, "leader", "specialist"), at=MONDAY)
    monkeypatch.setattr(jobs, "now", lambda: MONDAY + DAY - timedelta(seconds=1))
    jobs.warn_agency(WARD)
    assert holder_of(code) == counter.actor("specialist").id
    monkeypatch.setattr(jobs, "now", lambda: MONDAY + DAY)
    jobs.warn_agency(WARD)
    assert holder_of(code) == ""


def told(person, kind):
    return apps.get_model("notices", "Notice").objects.filter(person=person.id, kind=kind).count()


def tell_of_a_question(counter, code, at):
    ask(code, "Khi nào tôi nhận được kết quả?", by=counter.actor("lan"), at=at)
    facts = Entry.objects.filter(name="dossiers.question-asked").latest("id")
    tell_those_who_answer(QuestionAsked(subject=code, **facts.facts), at)


def tell_of_an_opinion(code, number, at):
    details = {"opinion": [number], "agency": [WARD]}
    facts = {"step": Step.CONSULT, "before": "in-process", "state": "in-process"}
    asked = DossierMoved(
        subject=code, **facts, agency=OTHER, applicant="", reason=ASK, details=details
    )
    tell_asked(asked, at)


def test_a_deputy_hears_of_the_absent_colleagues_work_while_it_lasts(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    ask_opinion(code, OTHER, ASK, [], TWO, by=counter.actor("specialist"), at=MONDAY)
    Opinion.objects.update(agency=WARD, asking=OTHER)
    Dossier.objects.update(stage_role=Role.LEADER, holder=counter.actor("leader").id)
    deputy, leader = counter.actor("clerk"), counter.actor("leader")
    kinds = ("near-due", "opinions-due", "opinion-asked", "question-asked")
    heard = {}
    away(counter, "leader", "clerk", until=MONDAY + 8 * DAY)
    for when in (MONDAY + 7 * DAY, MONDAY + 8 * DAY):
        warn(WARD, at=when)
        tell_of_an_opinion(code, f"opinion-{when:%d}", when)
        tell_of_a_question(counter, code, when)
        heard[when] = [
            (told(leader, f"dossiers.{kind}"), told(deputy, f"dossiers.{kind}")) for kind in kinds
        ]
    assert list(heard.values()) == [[(1, 1)] * 4, [(2, 1)] * 4]


def test_a_deputy_hears_of_what_nobody_in_the_absent_colleagues_post_has(counter):
    code = counter.file().code
    counter.walk(code, *TO_LEADER)
    assert holder_of(code) == ""
    away(counter, "leader", "clerk", until=MONDAY + 8 * DAY)
    warn(WARD, at=MONDAY + 7 * DAY)
    assert told(counter.actor("clerk"), "dossiers.near-due") == 1
    assert told(counter.actor("specialist"), "dossiers.near-due") == 0
