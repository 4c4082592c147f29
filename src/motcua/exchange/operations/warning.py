"""Warn in time that a key or an agreement ends, and that calls begin to be refused."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.events import AgreementExpiring, CallsRefused, KeyExpiring
from motcua.exchange.models import Agreement, Certificate, RefusedCall
from motcua.exchange.queries.refusals import refused_lately
from motcua.exchange.rules.refusals import TOLD_AGAIN_AFTER
from motcua.exchange.rules.states import MemberState, Standing
from motcua.exchange.rules.terms import WARN_BEFORE, warning_due
from motcua.kernel.actors import Actor

__all__ = ["warn_of_ends", "warn_of_refused"]


@one_transaction
def warn_of_ends(*, by: Actor, at: datetime) -> int:
    """
    Announce what ends in 60, 30 or 7 days, each step once; return how many there were.

    A key is told of while no other key of its member holds longer; an agreement while no other one
    between the same two about the same service does.
    """
    return _warn_of_keys(by=by, at=at) + _warn_of_agreements(by=by, at=at)


@one_transaction
def warn_of_refused(*, by: Actor, at: datetime) -> int:
    """
    Announce whose calls are refused since yesterday, and why; return how many there were.

    Each reason of each member is told of once in seven days, and only once it came three times.
    """
    told = 0
    for each in refused_lately(by=by, at=at):
        rows = RefusedCall.objects.filter(member=each.member, code=each.code)
        if rows.filter(told_at__gt=at - timedelta(days=TOLD_AGAIN_AFTER)).exists():
            continue
        today = localdate(at)
        rows.filter(day__gte=today - timedelta(days=1)).update(told_at=at)
        day = today.isoformat()
        event = CallsRefused(subject=each.member, code=each.code, calls=each.calls, day=day)
        announce(event, by=by, at=at)
        told += 1
    return told


def _warn_of_keys(*, by: Actor, at: datetime) -> int:
    holding = Certificate.objects.holding(at).filter(retires_at__isnull=True)
    longer = holding.filter(member=OuterRef("member"), valid_until__gt=OuterRef("valid_until"))
    rows = holding.filter(
        ~Exists(longer),
        valid_until__lte=at + timedelta(days=max(WARN_BEFORE)),
        member__state=MemberState.ACTIVE,
    )
    told = 0
    for row in rows.select_for_update(of=("self",), skip_locked=True):
        days = warning_due(row.valid_until, row.warned, at=at)
        if days is None:
            continue
        row.warned = days
        row.save(update_fields=["warned"])
        ends = row.valid_until.isoformat()
        event = KeyExpiring(subject=row.member_id, kid=row.kid, days=days, valid_until=ends)
        announce(event, by=by, at=at)
        told += 1
    return told


def _warn_of_agreements(*, by: Actor, at: datetime) -> int:
    in_force = Agreement.objects.filter(standing=Standing.IN_FORCE)
    longer = in_force.filter(
        consumer=OuterRef("consumer"),
        service=OuterRef("service"),
        valid_until__gt=OuterRef("valid_until"),
        purposes__contains=OuterRef("purposes"),
    )
    ending = at + timedelta(days=max(WARN_BEFORE))
    rows = in_force.filter(~Exists(longer), valid_until__gt=at, valid_until__lte=ending)
    told = 0
    for row in rows.select_related("service").select_for_update(of=("self",), skip_locked=True):
        days = warning_due(row.valid_until, row.warned, at=at)
        if days is None:
            continue
        row.warned = days
        row.save(update_fields=["warned"])
        announce(_agreement_ends(row, days), by=by, at=at)
        told += 1
    return told


def _agreement_ends(row: Agreement, days: int) -> AgreementExpiring:
    return AgreementExpiring(
        subject=str(row.id),
        consumer=row.consumer_id,
        provider=row.service.provider_id,
        service=row.service.code,
        owner=row.service.owner,
        days=days,
        valid_until=row.valid_until.isoformat(),
    )
