"""Agreements as officials see them: what waits for whom, one with its steps, how it is used."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import localdate

from motcua.exchange.models import Agreement as AgreementRow
from motcua.exchange.models import Usage
from motcua.exchange.rules.access import NotYourMember, NotYourService, check_may_ask
from motcua.exchange.rules.access import check_may_decide as may_decide
from motcua.exchange.rules.states import AGREEMENT, NoSuchAgreement, Standing, Step
from motcua.kernel.actors import Actor

__all__ = [
    "WAITING",
    "Agreement",
    "NoSuchAgreement",
    "Shelf",
    "Taken",
    "agreement",
    "agreements",
    "counts",
    "steps_open",
    "use_by_day",
]

WAITING, HOLDING, OVER = "waiting", "holding", "over"
A_PAGE = 50
_OPEN = [Standing.ASKED, Standing.SECONDED]
_HELD = [Standing.IN_FORCE, Standing.SUSPENDED]


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    step: Step
    standing: Standing
    reason: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement; ``valid_until`` is the first moment at which it no longer holds."""

    id: uuid.UUID
    consumer: str
    consumer_title: str
    consumer_agency: str
    provider: str
    provider_title: str
    service: str
    service_title: str
    service_title_en: str
    owner: str
    purposes: tuple[str, ...]
    standing: Standing
    valid_from: datetime
    valid_until: datetime
    per_day: int | None
    per_minute: int | None
    reason: str
    legal_basis: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    first_by: str
    told: str
    renews: uuid.UUID | None
    steps: tuple[Taken, ...] = ()

    def is_expired(self, at: datetime) -> bool:
        """Tell whether its time is over, whatever its state."""
        return self.valid_until <= at

    def ends_soon(self, at: datetime) -> bool:
        """Tell whether it holds and ends within 60 days."""
        left = self.valid_until - at
        return self.standing is Standing.IN_FORCE and timedelta() < left <= timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some agreements, and from where the next are read (``before``), if there are more."""

    rows: tuple[Agreement, ...]
    before: str | None


def counts(*, by: Actor, at: datetime) -> dict[str, int]:
    """Return how many agreements there are on each shelf, for tabs; one statement a shelf."""
    return {shelf: _shelf(shelf, by=by, at=at).count() for shelf in (WAITING, HOLDING, OVER)}


def agreements(shelf: str, *, before: str = "", by: Actor, at: datetime) -> Shelf:
    """
    Return a page of agreements: ``waiting`` for a decision, ``holding`` or ``over``.

    The latest asked for come first; one statement.
    """
    rows = _shelf(shelf, by=by, at=at).order_by("-id")
    if before:
        try:
            rows = rows.filter(id__lt=uuid.UUID(before))
        except ValueError:
            rows = rows.none()
    found = list(rows[: A_PAGE + 1])
    more = str(found[A_PAGE - 1].id) if len(found) > A_PAGE else None
    return Shelf(tuple(_value(row) for row in found[:A_PAGE]), more)


def agreement(id: uuid.UUID, *, by: Actor) -> Agreement:  # noqa: A002
    """
    Return one agreement with every step taken on it; two statements.

    :raises NoSuchAgreement: if there is none that the actor may see
    """
    row = _rows(by).filter(pk=id).first()
    if row is None:
        raise NoSuchAgreement
    steps = row.steps.order_by("at", "id")
    return _value(
        row,
        [
            Taken(
                Step(each.step),
                Standing(each.standing),
                each.reason,
                each.by_name,
                each.agency,
                each.at,
            )
            for each in steps
        ],
    )


def steps_open(known: Agreement, *, by: Actor, at: datetime) -> tuple[Step, ...]:
    """Return what the actor may do with an agreement now, in the order of the table."""
    return tuple(
        step
        for step in AGREEMENT[known.standing]
        if _may(step, known, by)
        and not (step is Step.GRANT and (known.is_expired(at) or _had_a_hand(known, by)))
    )


def use_by_day(
    id: uuid.UUID,  # noqa: A002
    *,
    days: int = 30,
    by: Actor,
    at: datetime,
) -> tuple[tuple[date, int], ...]:
    """
    Return how often an agreement was used on each of the last days; one statement.

    :raises NoSuchAgreement: if there is none that the actor may see
    """
    if not AgreementRow.objects.visible_to(by).filter(pk=id).exists():
        raise NoSuchAgreement
    since = at - timedelta(days=days)
    rows = Usage.objects.filter(agreement=id, period="d", starts__gt=since)
    known = {
        localdate(starts): calls
        for starts, calls in rows.values("starts")
        .annotate(n=Sum("calls"))
        .values_list("starts", "n")
    }
    today = localdate(at)
    each_day = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    return tuple((day, known.get(day, 0)) for day in each_day)


def _rows(by: Actor) -> QuerySet[AgreementRow]:
    rows = AgreementRow.objects.visible_to(by)
    return rows.select_related("consumer", "service__provider").defer("service__openapi")


def _shelf(shelf: str, *, by: Actor, at: datetime) -> QuerySet[AgreementRow]:
    open_ = Q(standing__in=_OPEN)
    held = Q(standing__in=_HELD, valid_until__gt=at)
    return _rows(by).filter({WAITING: open_, HOLDING: held}.get(shelf, ~open_ & ~held))


def _may(step: Step, known: Agreement, by: Actor) -> bool:
    consumers = step in {Step.WITHDRAW, Step.END} and _asks(known, by)
    return consumers or (step is not Step.WITHDRAW and _decides(known, by))


def _asks(known: Agreement, by: Actor) -> bool:
    try:
        check_may_ask(known.consumer, known.consumer_agency, by=by)
    except NotYourMember:
        return False
    return True


def _decides(known: Agreement, by: Actor) -> bool:
    try:
        may_decide(known.owner, by=by)
    except NotYourService:
        return False
    return True


def _had_a_hand(known: Agreement, by: Actor) -> bool:
    return by.id in {known.asked_by, known.first_by}


def _value(row: AgreementRow, steps: Sequence[Taken] = ()) -> Agreement:
    return Agreement(
        row.id,
        row.consumer_id,
        row.consumer.title,
        row.consumer.agency,
        row.service.provider_id,
        row.service.provider.title,
        row.service.code,
        row.service.title,
        row.service.title_en,
        row.service.owner,
        tuple(row.purposes),
        Standing(row.standing),
        row.valid_from,
        row.valid_until,
        row.per_day,
        row.per_minute,
        row.reason,
        row.legal_basis,
        row.asked_by,
        row.asked_by_name,
        row.asked_at,
        row.first_by,
        row.told,
        row.renews_id,
        tuple(steps),
    )
