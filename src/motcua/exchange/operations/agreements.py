"""Agreements: asked for, granted by two, suspended, ended."""

import uuid
from collections.abc import Callable
from datetime import datetime

from motcua.backbone.jobs import jobs
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.events import AgreementAsked, AgreementMoved
from motcua.exchange.models import Agreement, AgreementStep, Member, Service
from motcua.exchange.operations.members import NoReason
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.directory import is_elsewhere
from motcua.exchange.queries.members import NoSuchMember
from motcua.exchange.rules.access import (
    NotYourMember,
    check_four_eyes,
    check_may_ask,
    check_may_decide,
)
from motcua.exchange.rules.keys import MemberNotActive
from motcua.exchange.rules.states import (
    MemberState,
    NoSuchAgreement,
    NoSuchService,
    Standing,
    Step,
    after,
)
from motcua.exchange.rules.terms import Asked, WrongTerms, check_terms
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

__all__ = [
    "Asked",
    "NoSuchAgreement",
    "Step",
    "TooLate",
    "WrongTerms",
    "ask_for_agreement",
    "take_step",
]

NEEDS_REASON = frozenset({Step.REFUSE, Step.SUSPEND, Step.END})


class TooLate(Conflict):
    code = "exchange.agreement-too-late"
    message = N_("The time asked for is over. Let the consumer ask again for a time to come.")


@one_transaction
def ask_for_agreement(asked: Asked, *, by: Actor, at: datetime) -> uuid.UUID:
    """
    Ask in a consumer's name to call a service; two officials of the data's owner decide.

    :raises NotYourMember: if the actor does not administer the consumer
    :raises NoSuchMember: if there is no such consumer
    :raises MemberNotActive: if the consumer takes no part now
    :raises NoSuchService: if the service is not offered
    :raises WrongTerms: if something is missing
    :raises NoSuchAgreement: if the one to renew is not between these two about this service
    """
    consumer = Member.objects.filter(pk=asked.consumer).first()
    if consumer is None:
        raise NoSuchMember(member=asked.consumer)
    check_may_ask(consumer.id, consumer.agency, by=by)
    if consumer.state != MemberState.ACTIVE:
        raise MemberNotActive(member=consumer.id)
    service = _service(asked.provider, asked.service)
    check_terms(asked, at=at)
    row = Agreement(consumer=consumer, service=service, standing=Standing.ASKED)
    row.renews_id = _renewed(asked, service)
    row.purposes = sorted(set(asked.purposes))
    row.valid_from, row.valid_until = asked.valid_from, asked.valid_until
    row.per_day, row.per_minute = asked.per_day, asked.per_minute
    row.reason, row.legal_basis = asked.reason.strip(), asked.legal_basis.strip()
    row.asked_by, row.asked_by_name, row.asked_at = by.id, by.name, at
    row.save(force_insert=True)
    _announce_asked(row, by=by, at=at)
    _tell_other_portals(row)
    return row.id


@one_transaction
def take_step(
    agreement: uuid.UUID, step: Step, *, reason: str = "", by: Actor, at: datetime
) -> Standing:
    """
    Take one step on an agreement and return where it stands then.

    Leaders and administrators of the data's owner grant (two of them), refuse, suspend and resume;
    the consumer's administrators withdraw what they asked for; either side ends it.

    :raises NoSuchAgreement: if there is none that the actor may see
    :raises NotYourService: if it is for the data's owner to do
    :raises NotYourMember: if it is for the consumer to do
    :raises FourEyes: if the actor has asked for it, or granted it before
    :raises NoReason: if it needs a reason and none is given
    :raises StepNotAllowed: if it cannot be done now
    :raises TooLate: if it is granted after its last day
    """
    rows = Agreement.objects.visible_to(by).select_related("service", "consumer")
    row = rows.select_for_update(of=("self",)).filter(pk=agreement).first()
    if row is None:
        raise NoSuchAgreement
    _MAY[step](row, by)
    standing = after(Standing(row.standing), step)
    if step in NEEDS_REASON and not reason.strip():
        raise NoReason(problems=[{"at": "reason", "message": NoReason.message}])
    if step is Step.GRANT:
        _grant(row, standing, by=by, at=at)
    if standing in {Standing.ENDED, Standing.REFUSED, Standing.WITHDRAWN}:
        row.ended_at = at
    row.standing, row.told, row.version = standing, reason.strip()[:1000], row.version + 1
    row.save()
    _write_down(row, step, by=by, at=at)
    _tell_other_portals(row)
    forget_agreements()
    return standing


def _grant(row: Agreement, standing: Standing, *, by: Actor, at: datetime) -> None:
    check_four_eyes(row.asked_by, row.first_by, by=by)
    if row.valid_until <= at:
        raise TooLate
    if standing is Standing.SECONDED:
        row.first_by, row.first_by_name, row.first_at = by.id, by.name, at
    else:
        row.second_by, row.second_by_name, row.second_at = by.id, by.name, at


def _write_down(row: Agreement, step: Step, *, by: Actor, at: datetime) -> None:
    AgreementStep.objects.create(
        agreement=row,
        step=step,
        standing=row.standing,
        reason=row.told,
        by=by.id,
        by_name=by.name,
        agency=by.agency or "",
        at=at,
    )
    announce(
        AgreementMoved(
            subject=str(row.id),
            consumer=row.consumer_id,
            provider=row.service.provider_id,
            service=row.service.code,
            owner=row.service.owner,
            step=step,
            after=row.standing,
            reason=row.told,
            version=row.version,
        ),
        by=by,
        at=at,
    )


def _owner_only(row: Agreement, by: Actor) -> None:
    check_may_decide(row.service.owner, by=by)


def _consumer_only(row: Agreement, by: Actor) -> None:
    check_may_ask(row.consumer_id, row.consumer.agency, by=by)


def _either(row: Agreement, by: Actor) -> None:
    try:
        _consumer_only(row, by)
    except NotYourMember:
        _owner_only(row, by)


_MAY: dict[Step, Callable[[Agreement, Actor], None]] = {
    Step.GRANT: _owner_only,
    Step.REFUSE: _owner_only,
    Step.SUSPEND: _owner_only,
    Step.RESUME: _owner_only,
    Step.WITHDRAW: _consumer_only,
    Step.END: _either,
}


def _announce_asked(row: Agreement, *, by: Actor, at: datetime) -> None:
    asked = AgreementAsked(
        subject=str(row.id),
        consumer=row.consumer_id,
        provider=row.service.provider_id,
        service=row.service.code,
        owner=row.service.owner,
        purposes=row.purposes,
    )
    announce(asked, by=by, at=at)


def _tell_other_portals(row: Agreement) -> None:
    """Queue that a side whose portal is another is told how the agreement stands."""
    for peer in (row.consumer_id, row.service.provider_id):
        if is_elsewhere(peer):
            jobs.configure_task("exchange.tell-peer").defer(agreement=str(row.id), peer=peer)


def _service(provider: str, code: str) -> Service:
    rows = Service.objects.filter(provider=provider, code=code, closed_at__isnull=True)
    row = rows.first()
    if row is None:
        raise NoSuchService(provider=provider, service=code)
    return row


def _renewed(asked: Asked, service: Service) -> uuid.UUID | None:
    if not asked.renews:
        return None
    old = Agreement.objects.filter(consumer=asked.consumer, service=service)
    try:
        found = old.filter(pk=uuid.UUID(asked.renews)).first()
    except ValueError:
        found = None
    if found is None:
        raise NoSuchAgreement
    return found.id
