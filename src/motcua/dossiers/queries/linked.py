"""Linked filings: the whole for its applicant, what an official may know of the other parts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import NoCompetentAgency, competent_agency, names_of
from motcua.backbone.sentences import say
from motcua.dossiers.models import Dossier, LinkedFiling, LinkedPart
from motcua.dossiers.queries.carried_parts import CarriedPart, carried_parts
from motcua.dossiers.queries.dossiers import DossierView, dossiers_named
from motcua.dossiers.rules.lifecycle import WAITING, State
from motcua.dossiers.rules.linked import PartState
from motcua.forms.queries.forms import Words
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.kernel.worktime import Limit
from motcua.packs.queries.packs import Channel, limit_for, pack, unit_of
from motcua.payments.queries.bills import BillSeen, bills_for_room

NO_DOSSIER: tuple[State | None, datetime | None, bool] = (None, None, False)


class UnknownLinkedFiling(NotFound):
    code = "dossiers.unknown-linked-filing"
    message = N_("There is no linked filing {filing} that you may see. Check the code.")


@dataclass(frozen=True, slots=True)
class PartSeen:
    """
    A part of a linked filing as its applicant sees it.

    ``agency`` is who has it, or would have it now; ``limit`` how long that agency may take once it
    is opened. ``why`` says in words why it was dropped or is stuck. ``bill`` is still to be paid.
    ``elsewhere`` is what is known of it instead of ``dossier`` where another portal processes it.
    """

    id: str
    name: Words
    procedure: str
    state: PartState
    after: tuple[str, ...]
    after_names: tuple[Words, ...]
    agency: str
    limit: Limit
    why: str
    opened_at: datetime | None
    ended_at: datetime | None
    dossier: DossierView | None
    bill: BillSeen | None
    elsewhere: CarriedPart | None

    @property
    def stands(self) -> State | None:
        """Return the state of its dossier, here or elsewhere."""
        known = self.dossier or self.elsewhere
        return known.state if known else None


@dataclass(frozen=True, slots=True)
class LinkedSeen:
    """A linked filing, whole, with its parts in their order."""

    code: str
    procedure: str
    pack: str
    title: Words
    applicant_name: str
    filed_at: datetime
    papers: Mapping[str, list[str]]
    parts: tuple[PartSeen, ...]

    def part(self, name: str) -> PartSeen | None:
        """Return the part of this id, or None."""
        return next((part for part in self.parts if part.id == name), None)


@dataclass(frozen=True, slots=True)
class PartStanding:
    """Where a part stands; ``asks``: its agency waits for the applicant."""

    name: Words
    state: PartState
    dossier: str
    dossier_state: State | None
    due_at: datetime | None
    asks: bool
    why: str


@dataclass(frozen=True, slots=True)
class LinkedStanding:
    """A linked filing in short: for lists, and for an official who has one of its parts."""

    code: str
    title: Words
    filed_at: datetime
    parts: tuple[PartStanding, ...]


def linked_filing(code: str, *, by: Actor, at: datetime) -> LinkedSeen:
    """
    Return one of the actor's own linked filings, whole (seven statements, however many parts).

    :raises UnknownLinkedFiling: if there is none
    """
    found = LinkedFiling.objects.visible_to(by).filter(code=code).first()
    if found is None:
        raise UnknownLinkedFiling(filing=code)
    rows = list(found.parts.order_by("number"))
    channel = Channel(found.counter["channel"]) if found.counter else Channel.ONLINE
    codes = [row.dossier for row in rows if row.dossier]
    dossiers = dossiers_named(codes, by=by, at=at)
    others = carried_parts([code for code in codes if code not in dossiers])
    names = names_of({view.agency for view in dossiers.values()})
    owing = [v.code for v in dossiers.values() if v.fee and v.paid_at is None]
    bills = bills_for_room(owing) if owing else {}
    return LinkedSeen(
        code=found.code,
        procedure=found.procedure,
        pack=found.pack,
        title=pack(found.pack).title,
        applicant_name=found.applicant_name,
        filed_at=found.filed_at,
        papers=found.papers,
        parts=tuple(
            _part(
                row,
                rows,
                dossiers.get(row.dossier),
                others.get(row.dossier),
                names,
                bills,
                channel,
                at=at,
            )
            for row in rows
        ),
    )


def _part(
    row: LinkedPart,
    rows: Collection[LinkedPart],
    view: DossierView | None,
    other: CarriedPart | None,
    names: Mapping[str, str],
    bills: Mapping[str, BillSeen],
    channel: Channel,
    *,
    at: datetime,
) -> PartSeen:
    on = localtime(view.filed_at if view else at).date()
    return PartSeen(
        id=row.part,
        name=Words(row.name, row.name_en),
        procedure=row.procedure,
        state=PartState(row.state),
        after=tuple(row.after),
        after_names=tuple(Words(x.name, x.name_en) for x in rows if x.part in row.after),
        agency=names.get(view.agency, "")
        if view
        else other.agency_name
        if other
        else _would_have(row, at=at),
        limit=limit_for(pack(row.pack), channel, row.answers, on=on),
        why=said_of_reason(row.reason),
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        dossier=view,
        bill=bills.get(row.dossier),
        elsewhere=other,
    )


def _would_have(row: LinkedPart, *, at: datetime) -> str:
    definition = pack(row.pack)
    unit = unit_of(definition, row.answers) or ""
    try:
        return competent_agency(definition.level, unit, on=localtime(at).date()).name
    except NoCompetentAgency:
        return ""


@for_rooms
def said_of_reason(reason: Mapping[str, Any] | None) -> str:
    """Return why a part was dropped or is stuck, in the reader's language."""
    if not reason:
        return ""
    return " ".join((say(reason["message"], reason["facts"]), *reason.get("problems", ())))


def linked_of(dossier: str, *, by: Actor) -> LinkedStanding | None:
    """
    Return the linked filing that a dossier the actor may see is part of, in short, or None.

    An official learns which parts there are and how far each is; nothing that was handed in.
    """
    seen = Dossier.objects.visible_to(by).filter(code=dossier)
    part = LinkedPart.objects.filter(dossier__in=seen.values("code")).first()
    if part is None:
        return None
    return next(iter(_standing(LinkedFiling.objects.filter(pk=part.filing_id)).values()))


def my_linked(newest: Collection[str], *, by: Actor) -> dict[str, LinkedStanding]:
    """Return the actor's linked filings whose newest dossier is one of these, by that dossier."""
    if not newest:
        return {}
    return _standing(LinkedFiling.objects.visible_to(by).filter(newest__in=newest))


@for_rooms
def standings(*, code: str) -> dict[str, LinkedStanding]:
    """Return the linked filing with this code, in short, if there is one."""
    return _standing(LinkedFiling.objects.filter(code=code))


def _standing(filings: Any) -> dict[str, LinkedStanding]:
    found = list(filings.prefetch_related("parts"))
    codes = [part.dossier for each in found for part in each.parts.all() if part.dossier]
    rows = Dossier.objects.filter(code__in=codes).only("code", "state", "due_at", "fee", "paid_at")
    dossiers = {row.code: (State(row.state), row.due_at, _asks(row)) for row in rows}
    others = carried_parts([code for code in codes if code not in dossiers])
    dossiers |= {
        code: (x.state, x.due_at or x.filed_at, x.state in WAITING or bool(x.pay_address))
        for code, x in others.items()
    }
    return {
        each.newest: LinkedStanding(
            each.code,
            pack(each.pack).title,
            each.filed_at,
            tuple(
                PartStanding(
                    Words(part.name, part.name_en),
                    PartState(part.state),
                    part.dossier,
                    *dossiers.get(part.dossier, NO_DOSSIER),
                    why=said_of_reason(part.reason),
                )
                for part in sorted(each.parts.all(), key=lambda part: part.number)
            ),
        )
        for each in found
    }


def _asks(row: Dossier) -> bool:
    owes = row.state == State.NEW and bool(row.fee) and row.paid_at is None
    return owes or State(row.state) in WAITING


@for_rooms
def told_of_part(code: str, part: str) -> dict[str, str]:
    """Return what a notice about a part says of it, in both languages."""
    row = (
        LinkedPart.objects.filter(filing__code=code, part=part)
        .annotate(title=F("filing__title"), version=F("filing__pack"))
        .values("name", "name_en", "title", "version")
        .get()
    )
    title = pack(row["version"]).title
    return {
        "part": row["name"],
        "part_en": row["name_en"],
        "title": title.vi,
        "title_en": title.en,
    }
