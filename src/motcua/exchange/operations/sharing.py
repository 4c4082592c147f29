"""Agreements between members whose portals are two: each keeps its own record, and tells."""

import uuid
from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.events import AgreementAsked, AgreementMoved
from motcua.exchange.models import Agreement, AgreementStep, Member, Service
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.directory import is_elsewhere
from motcua.exchange.rules.directory import Told
from motcua.exchange.rules.keys import MemberNotActive
from motcua.exchange.rules.states import (
    MemberState,
    NoSuchAgreement,
    NoSuchService,
    Standing,
    Step,
    after,
)
from motcua.exchange.rules.terms import Asked, check_terms
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.folding import tidy
from motcua.kernel.text import N_

__all__ = ["NotYourAgreement", "merge_agreement"]

_COPIED = (
    *("told", "ended_at", "valid_from", "valid_until", "per_day", "per_minute"),
    *("first_at", "first_by_name", "second_at", "second_by_name"),
)
_CONSUMERS = {Standing.WITHDRAWN: Step.WITHDRAW, Standing.ENDED: Step.END}


class NotYourAgreement(Forbidden):
    code = "exchange.not-your-agreement"
    message = N_("Only the consumer and the provider of an agreement may tell of it.")


@one_transaction
def merge_agreement(told: Told, peer: str, *, by: Actor, at: datetime) -> None:
    """
    Take in what a peer's portal tells of an agreement with a member of ours.

    A consumer asks, withdraws and ends; it can never grant. What the provider's portal says of the
    rest is copied: its own officials have decided there.

    :raises NotYourAgreement: if the peer is neither side
    :raises NoSuchService: if the provider does not offer that service
    :raises WrongTerms: if what is asked for makes no sense
    :raises NoSuchAgreement: if its number is none, or is another agreement's
    """
    if peer == told.provider and not is_elsewhere(told.consumer):
        _copy(told, by=by, at=at)
    elif peer == told.consumer and not is_elsewhere(told.provider):
        _heed(told, by=by, at=at)
    elif peer not in {told.consumer, told.provider}:
        raise NotYourAgreement
    forget_agreements()


def _heed(told: Told, *, by: Actor, at: datetime) -> None:
    """Let a consumer ask, withdraw and end."""
    row = _known(told)
    if row is None:
        if told.standing is Standing.ASKED:
            _ask(told, by=by, at=at)
        return
    step = _CONSUMERS.get(told.standing)
    standing = Standing(row.standing)
    if step is None or standing in {told.standing, Standing.REFUSED}:
        return
    row.standing, row.ended_at, row.told = after(standing, step), at, tidy(told.told)[:1000]
    row.save(update_fields=["standing", "ended_at", "told"])
    _write_down(row, step, by=by, at=at)


def _ask(told: Told, *, by: Actor, at: datetime) -> None:
    consumer = Member.objects.get(pk=told.consumer)
    if consumer.state != MemberState.ACTIVE:
        raise MemberNotActive(member=consumer.id)
    asked = Asked(
        *(told.consumer, told.provider, told.service, tuple(told.purposes)),
        *(told.valid_from, told.valid_until, told.reason, told.legal_basis),
        *(told.per_day, told.per_minute, told.renews),
    )
    check_terms(asked, at=at)
    row = _new(told)
    row.standing = Standing.ASKED
    row.save(force_insert=True)
    event = AgreementAsked(
        subject=str(row.id),
        consumer=told.consumer,
        provider=told.provider,
        service=told.service,
        owner=row.service.owner,
        purposes=row.purposes,
    )
    announce(event, by=by, at=at)


def _copy(told: Told, *, by: Actor, at: datetime) -> None:
    """Write down what the provider's officials have decided."""
    row = _known(told) or _new(told)
    if row.standing == told.standing and not row._state.adding:  # noqa: SLF001
        return
    if row.standing in {Standing.WITHDRAWN, Standing.ENDED}:
        return
    for name in _COPIED:
        value = getattr(told, name)
        longest = 1000 if name == "told" else 200
        setattr(row, name, tidy(value)[:longest] if isinstance(value, str) else value)
    row.first_by, row.second_by = _there(told, told.first_by), _there(told, told.second_by)
    step = _step(Standing(row.standing), told.standing)
    row.standing, row.version = told.standing, row.version + 1
    row.save()
    _write_down(row, step, by=by, at=at)


def _known(told: Told) -> Agreement | None:
    try:
        id_ = uuid.UUID(told.id)
    except ValueError:
        raise NoSuchAgreement from None
    row = Agreement.objects.select_for_update(of=("self",)).filter(pk=id_).first()
    if row is None:
        return None
    same = (row.consumer_id, row.service.provider_id, row.service.code)
    if same != (told.consumer, told.provider, told.service):
        raise NoSuchAgreement
    return row


def _new(told: Told) -> Agreement:
    service = Service.objects.filter(provider=told.provider, code=told.service).first()
    if service is None or service.closed_at is not None:
        raise NoSuchService(provider=told.provider, service=told.service)
    known = Agreement.objects.filter(consumer=told.consumer, service=service)
    return Agreement(
        id=uuid.UUID(told.id),
        consumer_id=told.consumer,
        service=service,
        purposes=sorted(set(told.purposes)),
        standing=told.standing,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
        per_day=told.per_day,
        per_minute=told.per_minute,
        reason=tidy(told.reason)[:1000],
        legal_basis=tidy(told.legal_basis)[:500],
        asked_by=f"{told.consumer}:{told.asked_by}"[:80],
        asked_by_name=tidy(told.asked_by_name)[:200],
        asked_at=told.asked_at,
        renews=known.filter(pk=told.renews).first() if told.renews else None,
    )


def _there(told: Told, person: str) -> str:
    """Return an official of the provider by an id that is nobody's here."""
    return person and f"{told.provider}:{person}"[:80]


def _step(before: Standing, standing: Standing) -> Step:
    if before is Standing.SUSPENDED and standing is Standing.IN_FORCE:
        return Step.RESUME
    return {
        Standing.SECONDED: Step.GRANT,
        Standing.IN_FORCE: Step.GRANT,
        Standing.SUSPENDED: Step.SUSPEND,
        Standing.REFUSED: Step.REFUSE,
        Standing.WITHDRAWN: Step.WITHDRAW,
    }.get(standing, Step.END)


def _write_down(row: Agreement, step: Step, *, by: Actor, at: datetime) -> None:
    who = {"by": by.id, "by_name": by.name or by.id, "agency": by.agency or ""}
    facts = {"step": step, "standing": row.standing, "reason": row.told, "at": at}
    AgreementStep.objects.create(agreement=row, **facts, **who)
    event = AgreementMoved(
        subject=str(row.id),
        consumer=row.consumer_id,
        provider=row.service.provider_id,
        service=row.service.code,
        owner=row.service.owner,
        step=step,
        after=row.standing,
        reason=row.told,
        version=row.version,
    )
    announce(event, by=by, at=at)
