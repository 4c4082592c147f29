"""Who may call what: asked for with a reason, granted by two, never stretched."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.backbone.models import Entry
from motcua.exchange.models import Agreement, AgreementStep
from motcua.exchange.operations.agreements import (
    NoSuchAgreement,
    Step,
    TooLate,
    ask_for_agreement,
    take_step,
)
from motcua.exchange.operations.members import NoReason, move_member
from motcua.exchange.operations.services import close_service
from motcua.exchange.queries.agreements import (
    AgreementEnded,
    NoAgreement,
    PurposeNotAgreed,
    agreement_for,
    check_covers,
    forget_agreements,
)
from motcua.exchange.queries.members import NoSuchMember
from motcua.exchange.queries.services import NoSuchService
from motcua.exchange.queries.worklist import agreement, agreements, counts, steps_open, use_by_day
from motcua.exchange.rules.access import FourEyes, NotYourMember, NotYourService
from motcua.exchange.rules.keys import MemberNotActive
from motcua.exchange.rules.states import MemberState, Standing, StepNotAllowed
from motcua.exchange.rules.terms import WrongTerms
from motcua.exchange.tests.conftest import (
    ADMIN,
    ASKED,
    AT,
    AUDITOR,
    CLERK,
    HANOI,
    HUE,
    HUE_ADMIN,
    LEADER,
    POLICE,
    PORTAL,
    SECOND,
    STRANGER,
    official,
    refused,
)
from motcua.kernel.actors import Role

DAY = timedelta(days=1)


def covered(at=AT, purpose="prefill-form", consumer=HANOI):
    forget_agreements()
    check_covers(agreement_for(consumer, "population.v1", POLICE, at=at), purpose, at=at)


def test_two_officials_of_the_data_owner_make_an_agreement(asked):
    with refused(NoAgreement):
        covered()
    assert take_step(asked, Step.GRANT, by=LEADER, at=AT) is Standing.SECONDED
    with refused(NoAgreement):
        covered()
    assert take_step(asked, Step.GRANT, by=SECOND, at=AT) is Standing.IN_FORCE
    covered()
    names = Entry.objects.filter(subject=str(asked)).order_by("id").values_list("name", flat=True)
    assert list(names) == ["exchange.agreement-asked", *["exchange.agreement-moved"] * 2]


def test_nobody_grants_twice_or_what_they_asked_for(asked):
    take_step(asked, Step.GRANT, by=LEADER, at=AT)
    with refused(FourEyes):
        take_step(asked, Step.GRANT, by=LEADER, at=AT + DAY)
    both = replace(ASKED, consumer=POLICE)
    own = ask_for_agreement(both, by=SECOND, at=AT)
    with refused(FourEyes):
        take_step(own, Step.GRANT, by=SECOND, at=AT)


def test_the_database_itself_refuses_an_agreement_of_one_pair_of_eyes(asked):
    row = Agreement.objects.filter(pk=asked)
    for change in (
        {"standing": "in-force"},
        {"standing": "in-force", "first_by": "a", "second_by": "a"},
        {"standing": "in-force", "first_by": "a", "second_by": ADMIN.id},
        {"standing": "suspended", "first_by": "a"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)


def test_only_the_data_owner_grants_not_even_who_runs_the_exchange(asked):
    with refused(NotYourService):
        take_step(asked, Step.GRANT, by=ADMIN, at=AT)
    for by in (AUDITOR, SECOND):
        expected = NotYourService if by is AUDITOR else None
        if expected:
            with refused(expected):
                take_step(asked, Step.REFUSE, reason="Không", by=by, at=AT)
    for by in (HUE_ADMIN, STRANGER, CLERK, official("clerk-police", "G01", Role.CLERK)):
        with refused(NoSuchAgreement):
            take_step(asked, Step.GRANT, by=by, at=AT)


def test_only_administrators_of_the_consumer_ask(population):
    for by in (AUDITOR, CLERK, LEADER, HUE_ADMIN, STRANGER, PORTAL):
        with refused(NotYourMember):
            ask_for_agreement(ASKED, by=by, at=AT)


def test_a_refusal_says_why(asked):
    with refused(NoReason):
        take_step(asked, Step.REFUSE, reason=" ", by=LEADER, at=AT)
    take_step(asked, Step.REFUSE, reason="Thiếu căn cứ pháp lý", by=LEADER, at=AT)
    with refused(StepNotAllowed):
        take_step(asked, Step.GRANT, by=SECOND, at=AT)
    known = agreement(asked, by=ADMIN)
    assert (known.standing, known.told) == (Standing.REFUSED, "Thiếu căn cứ pháp lý")
    assert [each.step for each in known.steps] == [Step.REFUSE]


def test_an_agreement_covers_its_purposes_and_its_time_only(granted):
    with refused(PurposeNotAgreed):
        covered(purpose="statistics")
    with refused(AgreementEnded):
        covered(at=AT - DAY)
    covered(at=AT + 100 * DAY - timedelta(seconds=1))
    with refused(AgreementEnded):
        covered(at=AT + 100 * DAY)
    with refused(NoAgreement):
        covered(consumer=HUE)


def test_a_suspended_or_ended_agreement_covers_nothing(granted):
    with refused(NoReason):
        take_step(granted, Step.SUSPEND, by=LEADER, at=AT)
    take_step(granted, Step.SUSPEND, reason="Truy vấn bất thường", by=LEADER, at=AT)
    with refused(AgreementEnded):
        covered()
    take_step(granted, Step.RESUME, by=SECOND, at=AT)
    covered()
    take_step(granted, Step.END, reason="Không còn cần", by=ADMIN, at=AT)
    with refused(AgreementEnded):
        covered()
    with refused(StepNotAllowed):
        take_step(granted, Step.RESUME, by=LEADER, at=AT)
    assert AgreementStep.objects.filter(agreement=granted).count() == 5


def test_an_agreement_to_a_closed_service_covers_nothing(granted):
    close_service(POLICE, "population.v1", reason="Bản mới", by=SECOND, at=AT)
    with refused(NoAgreement):
        covered()
    with refused(NoSuchService):
        ask_for_agreement(ASKED, by=ADMIN, at=AT)


def test_a_request_is_withdrawn_by_who_asked_and_by_nobody_else(asked):
    with refused(NotYourMember):
        take_step(asked, Step.WITHDRAW, by=LEADER, at=AT)
    take_step(asked, Step.WITHDRAW, by=ADMIN, at=AT)
    assert agreement(asked, by=ADMIN).standing is Standing.WITHDRAWN


def test_what_is_asked_for_too_late_is_not_granted(asked):
    with refused(TooLate):
        take_step(asked, Step.GRANT, by=LEADER, at=AT + 100 * DAY)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"purposes": ()}, "purposes"),
        ({"purposes": ("curiosity",)}, "purposes"),
        ({"valid_until": AT}, "valid_until"),
        ({"valid_until": AT + 3000 * DAY}, "valid_until"),
        ({"valid_from": AT - 9 * DAY, "valid_until": AT - DAY}, "valid_until"),
        ({"per_day": 0}, "per_day"),
        ({"per_minute": -1}, "per_minute"),
        ({"reason": " "}, "reason"),
        ({"legal_basis": ""}, "legal_basis"),
    ],
)
def test_an_incomplete_request_says_where(population, change, at):
    with refused(WrongTerms) as found:
        ask_for_agreement(replace(ASKED, **change), by=ADMIN, at=AT)
    assert [each["at"] for each in found.value.facts["problems"]] == [at]


def test_a_suspended_or_unknown_member_cannot_ask(population):
    move_member(HANOI, MemberState.SUSPENDED, reason="Kiểm tra", by=PORTAL, at=AT)
    with refused(MemberNotActive):
        ask_for_agreement(ASKED, by=ADMIN, at=AT)
    with refused(NoSuchMember):
        ask_for_agreement(replace(ASKED, consumer="000.00.00.H99"), by=ADMIN, at=AT)


def test_a_renewal_follows_without_a_gap(granted):
    later = replace(ASKED, valid_from=AT + 100 * DAY, valid_until=AT + 200 * DAY)
    renewal = ask_for_agreement(replace(later, renews=str(granted)), by=ADMIN, at=AT)
    take_step(renewal, Step.GRANT, by=SECOND, at=AT)
    take_step(renewal, Step.GRANT, by=LEADER, at=AT)
    covered(at=AT + 99 * DAY)
    covered(at=AT + 150 * DAY)
    for other in ("nonsense", "0199a2c5-0000-7000-8000-000000000000"):
        with refused(NoSuchAgreement):
            ask_for_agreement(replace(later, renews=other), by=ADMIN, at=AT)


def test_each_side_sees_its_own_agreements_and_what_it_may_do(granted):
    asked = ask_for_agreement(ASKED, by=ADMIN, at=AT)
    for by in (ADMIN, AUDITOR, LEADER, SECOND):
        assert counts(by=by, at=AT) == {"waiting": 1, "holding": 1, "over": 0}
    for by in (HUE_ADMIN, STRANGER, CLERK):
        assert agreements("holding", by=by, at=AT).rows == ()
        with refused(NoSuchAgreement):
            agreement(granted, by=by)
        with refused(NoSuchAgreement):
            use_by_day(granted, by=by, at=AT)
    known = agreement(asked, by=LEADER)
    assert steps_open(known, by=LEADER, at=AT) == (Step.GRANT, Step.REFUSE)
    assert steps_open(known, by=ADMIN, at=AT) == (Step.WITHDRAW,)
    assert steps_open(known, by=AUDITOR, at=AT) == ()
    take_step(asked, Step.GRANT, by=LEADER, at=AT)
    assert steps_open(agreement(asked, by=LEADER), by=LEADER, at=AT) == (Step.REFUSE,)
    assert counts(by=ADMIN, at=AT + 101 * DAY) == {"waiting": 1, "holding": 0, "over": 1}
