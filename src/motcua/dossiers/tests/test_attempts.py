"""What somebody might try on the dossier engine, and in vain: each try was made once."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from motcua.dossiers.models import Dossier, HandOverItem, Opinion
from motcua.dossiers.operations.bulk import (
    Asked,
    NoSuchRun,
    begin_bulk,
    retry_bulk,
    undo_bulk,
)
from motcua.dossiers.operations.claiming import NotForThemToClaim, claim
from motcua.dossiers.operations.handovers import NoSuchHandOver, hand_over, settle_hand_over
from motcua.dossiers.operations.opinions import (
    NoSuchOpinion,
    View,
    ask_opinion,
    give_opinion,
    recall_opinion,
)
from motcua.dossiers.operations.paying import forget_payment
from motcua.dossiers.operations.remarks import UnknownPaper, mark_paper
from motcua.dossiers.operations.steps import NoSuchDossier, take_step
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.bulk import What
from motcua.dossiers.rules.lifecycle import Step, StepNotAllowed
from motcua.dossiers.rules.remarks import Box
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, a_file, refused
from motcua.dossiers.tests.counter import WHY, Counter
from motcua.dossiers.tests.test_fees_to_the_end import pay
from motcua.dossiers.tests.test_opinions import TWO
from motcua.files.queries.kept import NoSuchFile
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.parties import register_party
from motcua.kernel.actors import Actor, Role
from motcua.payments.queries.bills import bill_to_pay, bills_under

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def worked_on(counter):
    code = counter.file(copies=1).code
    pay(code)
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


def as_citizen(official):
    """The same person, acting for themselves."""
    return Actor(official.id, official.name)


def test_an_official_who_saw_the_secret_does_not_claim_an_organisation_s_dossier(counter):
    clerk = counter.actor("clerk")
    firm = register_party("organisation", "0100109106", "Công ty An Bình", by=clerk, at=MONDAY)
    code = counter.file().code
    Dossier.objects.update(applicant=firm.id, filer=firm.id, claim="ABC234")
    for name in ("leader", "specialist", "clerk"):
        with refused(NotForThemToClaim):
            claim(code, "ABC234", by=as_citizen(counter.actor(name)), at=MONDAY)
    transfer(code, OTHER, reason=WHY, by=clerk, at=MONDAY)
    for name in ("stranger", "leader"):
        with refused(NotForThemToClaim):
            claim(code, "ABC234", by=as_citizen(counter.actor(name)), at=MONDAY)
    assert claim(code, "ABC234", by=counter.actor("nam"), at=MONDAY) == code


def test_an_official_s_own_dossier_is_theirs_to_claim(counter):
    clerk, leader = counter.actor("clerk"), counter.actor("leader")
    account = get_user_model().objects.get(pk=leader.id)
    own = register_party(
        "person", account.personal_id, account.name, born=account.birth_date, by=clerk, at=MONDAY
    )
    code = counter.file().code
    Dossier.objects.update(applicant=own.id, filer=own.id, claim="ABC234")
    assert claim(code, "ABC234", by=as_citizen(leader), at=MONDAY) == code


def test_cash_given_back_after_a_transfer_is_owed_where_the_dossier_is(counter, worked_on):
    leader, stranger = counter.actor("leader"), counter.actor("stranger")
    transfer(worked_on, OTHER, reason=WHY, by=leader, at=MONDAY)
    apps.get_model("payments", "Bill").objects.update(state="open", received=0, paid_at=None)
    forget_payment(worked_on, by=SYSTEM, at=MONDAY)
    assert bill_to_pay(worked_on, by=stranger).subject == worked_on
    assert bill_to_pay(worked_on, by=counter.actor("clerk")) is None


def test_the_agency_a_dossier_left_does_nothing_more_with_it(counter, worked_on):
    clerk, leader = counter.actor("clerk"), counter.actor("leader")
    specialist = counter.actor("specialist")
    opinion = ask_opinion(worked_on, OTHER, WHY, ["proof"], TWO, by=specialist, at=MONDAY)
    made = hand_over([worked_on], "", by=clerk, at=MONDAY)
    transfer(worked_on, OTHER, reason=WHY, by=leader, at=MONDAY)
    with refused(NoSuchOpinion):
        recall_opinion(opinion, by=leader, at=MONDAY)
    settle_hand_over(made, [worked_on], {}, by=specialist, at=MONDAY)
    assert Dossier.objects.get(code=worked_on).holder == ""
    for by in (clerk, specialist, leader):
        with refused(NoSuchDossier):
            take_step(worked_on, Step.ACCEPT, by=by, at=MONDAY)


def test_nobody_takes_a_list_of_another_agency_by_naming_its_number(counter, worked_on):
    made = hand_over([worked_on], "", by=counter.actor("clerk"), at=MONDAY)
    stranger = counter.actor("stranger")
    for agency in (OTHER, None):
        with refused((NoSuchHandOver, NotYourStep)):
            settle_hand_over(made, [worked_on], {}, by=replace(stranger, agency=agency), at=MONDAY)
    assert HandOverItem.objects.get().state == "pending"


def test_an_opinion_brings_no_file_of_somebody_else(counter, worked_on):
    opinion = ask_opinion(
        worked_on, OTHER, WHY, ["proof"], TWO, by=counter.actor("specialist"), at=MONDAY
    )
    there = replace(counter.actor("stranger"), roles=frozenset({Role.LEADER}))
    theirs = a_file(counter.actor("nam"))
    with refused(NoSuchFile):
        give_opinion(opinion, WHY, View.AGREES, [theirs], by=there, at=MONDAY)
    clerk = counter.actor("stranger")
    with refused(NotYourStep):
        give_opinion(opinion, WHY, View.AGREES, by=clerk, at=MONDAY)
    assert Opinion.objects.get().state == "open"


def test_a_mark_lies_on_a_paper_of_its_own_dossier(counter, worked_on):
    other = counter.file(by="nam").code
    (file,) = Dossier.objects.get(code=other).papers["proof"]
    with refused(UnknownPaper):
        mark_paper(worked_on, file, Box(1), "Mờ quá.", by=counter.actor("specialist"), at=MONDAY)


def test_nobody_steps_in_the_name_of_the_portal(counter, worked_on):
    for who in ("lan", "clerk", "leader"):
        for step in (Step.PAY, Step.EXPIRE):
            with refused((NotYourStep, StepNotAllowed)):
                take_step(worked_on, step, by=counter.actor(who), at=MONDAY, reason=WHY)
    assert bills_under(worked_on)[0].is_paid


def test_a_run_of_another_is_neither_undone_nor_tried_again(counter, worked_on):
    asked = Asked(What.ASSIGN, [worked_on], {worked_on: counter.actor("specialist").id})
    run = begin_bulk(asked, uuid4(), by=counter.actor("leader"), at=MONDAY)
    with refused(NoSuchRun):
        retry_bulk(run, by=counter.actor("stranger"))
    with refused(NoSuchRun):
        undo_bulk(run, uuid4(), by=counter.actor("stranger"), at=MONDAY)


def test_a_post_elsewhere_opens_nothing_here(counter, worked_on):
    nam = counter.actor("nam")
    make_official(nam.id, OTHER, Role.LEADER, "x", by=SYSTEM, at=MONDAY)
    there = Actor(nam.id, nam.name, OTHER, frozenset({Role.LEADER}))
    for step in (Step.STOP, Step.APPROVE):
        with refused(NoSuchDossier):
            take_step(worked_on, step, by=there, at=MONDAY + timedelta(hours=1), reason=WHY)
