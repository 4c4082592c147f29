"""Kin keep away, agents act while they may, deputies act in their own name for another."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from motcua.agencies.operations.absence import end_absence, note_absence
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.asking import ask
from motcua.dossiers.operations.filing import Filing, ForWhom, file_dossier
from motcua.dossiers.operations.holding import take_in_hand
from motcua.dossiers.operations.standing import ActingEnded, ConflictOfInterest
from motcua.dossiers.operations.steps import NoSuchDossier, take_step
from motcua.dossiers.operations.supplement import attach_answer, detach_answer
from motcua.dossiers.rules.access import FourEyes, NotYourStep
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD, a_file, answers, refused
from motcua.dossiers.tests.counter import Counter
from motcua.identity.operations.authorities import record_authority, revoke_authority
from motcua.identity.operations.relatives import declare_relative
from motcua.identity.queries.acting import acting_as, forget_posts
from motcua.identity.queries.authorities import AuthorityKind, known_authority, may_act_for
from motcua.identity.queries.parties import PartyKind, Principal
from motcua.kernel.actors import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CHILD = Principal(PartyKind.PERSON, "001220000456", "Nguyễn Gia Bảo", date(2020, 5, 4))


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def for_child(counter):
    """Lan files for her child, by an authority to the end of Tuesday."""
    lan = counter.actor("lan")
    number = record_authority(
        CHILD,
        kind=AuthorityKind.PARENT,
        until=date(2026, 11, 3),
        basis="Giấy khai sinh",
        document=None,
        procedures=frozenset(),
        by=lan,
        at=MONDAY,
    )
    principal = known_authority(number, at=MONDAY).principal
    whose = ForWhom(principal, CHILD.name, authority=number, agent=lan.id)
    filing = Filing(
        counter.definition, answers(), {"proof": [a_file(lan)]}, "test", "child", for_whom=whose
    )
    return file_dossier(filing, by=lan, at=MONDAY).code, number


def number_of(actor):
    return get_user_model().objects.get(pk=actor.id).personal_id


def test_an_official_takes_no_step_of_a_relative_s_dossier(counter):
    clerk, lan = counter.actor("clerk"), counter.actor("lan")
    code = counter.file().code
    declare_relative(number_of(lan), lan.name, "sibling", by=clerk, at=MONDAY)
    with refused(ConflictOfInterest):
        take_step(code, Step.ACCEPT, by=clerk, at=MONDAY)
    with refused(ConflictOfInterest):
        take_in_hand(code, by=clerk, at=MONDAY)
    other = counter.file(by="nam").code
    take_step(other, Step.ACCEPT, by=clerk, at=MONDAY)
    assert Transition.objects.filter(dossier__code=code).count() == 1


def test_nor_of_a_dossier_that_a_relative_filed_for_another(counter, for_child):
    clerk, lan = counter.actor("clerk"), counter.actor("lan")
    declare_relative(number_of(lan), lan.name, "spouse", by=clerk, at=MONDAY)
    with refused(ConflictOfInterest):
        take_step(for_child[0], Step.ACCEPT, by=clerk, at=MONDAY)


def test_an_agent_acts_while_the_authority_holds(counter, for_child):
    code, _number = for_child
    take_step(code, Step.WITHDRAW, by=counter.actor("lan"), at=MONDAY, reason="Không cần nữa.")
    assert Dossier.objects.get(code=code).state == "withdrawn"


def test_an_agent_acts_no_more_after_it_was_revoked_and_soon_sees_nothing(counter, for_child, work):
    (code, number), lan = for_child, counter.actor("lan")
    revoke_authority(number, "", lan, MONDAY)
    with refused(ActingEnded):
        ask(code, "Hồ sơ của con tôi đến đâu rồi?", by=lan, at=MONDAY)
    with refused(ActingEnded) as refusal:
        take_step(code, Step.WITHDRAW, by=lan, at=MONDAY, reason="Không cần nữa.")
    assert refusal.value.facts["name"] == CHILD.name
    work()
    assert Dossier.objects.get(code=code).agent == ""
    with refused(NoSuchDossier):
        take_step(code, Step.WITHDRAW, by=lan, at=MONDAY, reason="Không cần nữa.")


def test_nor_puts_files_in_or_takes_them_out(counter, for_child):
    (code, number), lan = for_child, counter.actor("lan")
    counter.walk(code, Step.ASK_SUPPLEMENT)
    given = a_file(lan)
    attach_answer(code, "proof", given, by=lan, at=MONDAY)
    revoke_authority(number, "", lan, MONDAY)
    with refused(ActingEnded):
        attach_answer(code, "proof", a_file(lan), by=lan, at=MONDAY)
    with refused(ActingEnded):
        detach_answer(code, "proof", given, by=lan, at=MONDAY)
    assert Dossier.objects.get(code=code).asked["given"] == {"proof": [given]}


def test_an_agent_acts_no_more_from_the_midnight_on_which_it_expires(counter, for_child):
    (code, _number), lan = for_child, counter.actor("lan")
    midnight = MONDAY.replace(hour=0) + 2 * DAY
    assert may_act_for(lan.id, Dossier.objects.get(code=code).applicant, "x", midnight) is None
    with refused(ActingEnded):
        take_step(code, Step.WITHDRAW, by=lan, at=midnight, reason="Không cần nữa.")
    just_before = midnight - timedelta(seconds=1)
    take_step(code, Step.WITHDRAW, by=lan, at=just_before, reason="Không cần nữa.")


def away(counter, absent, deputy, *, at=MONDAY):
    """Let one official stand in for another for two days; return the deputy as they act then."""
    who = counter.actor(deputy)
    number = note_absence(
        WARD, counter.actor(absent).id, who.id, at, at + 2 * DAY, by=SYSTEM, at=at
    )
    forget_posts(who.id)
    return number, acting_as(who.id, who.name, agency=WARD, at=at)


def test_a_deputy_takes_steps_in_their_own_name_and_the_record_says_for_whom(counter):
    code = counter.file().code
    _number, deputy = away(counter, "clerk", "specialist")
    take_step(code, Step.ACCEPT, by=deputy, at=MONDAY)
    taken = Transition.objects.get(dossier__code=code, step="accept")
    assert (taken.by, taken.by_name) == (deputy.id, deputy.name)
    assert taken.details == {"instead_of": [counter.actor("clerk").name]}


def test_a_step_in_ones_own_role_is_for_nobody_else_unless_the_absent_one_has_it_in_hand(counter):
    specialist = counter.actor("specialist")
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    take_in_hand(code, by=specialist, at=MONDAY)
    _number, leader = away(counter, "specialist", "leader")
    take_step(code, Step.PROPOSE, by=leader, at=MONDAY)
    taken = Transition.objects.get(dossier__code=code, step="propose")
    assert taken.details == {"instead_of": [specialist.name]}


def test_a_deputy_is_one_no_more_when_the_absence_has_ended(counter):
    code = counter.file().code
    number, deputy = away(counter, "clerk", "specialist")
    later = MONDAY + 2 * DAY
    after = acting_as(deputy.id, deputy.name, agency=WARD, at=later)
    assert after.roles == {Role.SPECIALIST}
    with refused(NotYourStep):
        take_step(code, Step.ACCEPT, by=after, at=later)
    end_absence(number, by=SYSTEM, at=MONDAY)
    forget_posts(deputy.id)
    at_once = acting_as(deputy.id, deputy.name, agency=WARD, at=MONDAY)
    assert at_once.stands_in_for == ()


def test_nobody_becomes_their_own_controller_by_standing_in(counter):
    """The deputy proposes as specialist; as the absent leader's deputy they may not approve."""
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
    _number, deputy = away(counter, "leader", "specialist")
    assert deputy.roles == {Role.SPECIALIST, Role.LEADER}
    with refused(FourEyes):
        take_step(code, Step.APPROVE, by=deputy, at=MONDAY)


def test_nor_of_what_they_did_in_the_place_of_another(counter):
    """The leader proposes for the absent specialist; another leader has to approve."""
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    number, leader = away(counter, "specialist", "leader")
    take_step(code, Step.PROPOSE, by=leader, at=MONDAY)
    end_absence(number, by=SYSTEM, at=MONDAY)
    with refused(FourEyes):
        take_step(code, Step.APPROVE, by=counter.actor("leader"), at=MONDAY)
    other = counter.file().code
    counter.walk(other, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
