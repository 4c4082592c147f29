"""What was seen and noted when an official filed for somebody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import names_of
from motcua.dossiers.models import Dossier, Draft, LinkedFiling, LinkedPart
from motcua.dossiers.queries.carried_parts import CarriedPart, carried_parts
from motcua.dossiers.queries.received import PaperReceived
from motcua.forms.queries.forms import Words
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import Pack, pack

__all__ = ["CounterSlip", "LinkedSlip", "PartSlip", "counter_slip", "linked_counter_slip"]


@dataclass(frozen=True, slots=True)
class CounterSlip:
    """
    How a dossier came in over the counter or by post; ``claim`` is the receipt's secret.

    ``papers`` maps a paper's id to the form it was handed over in; ``strokes`` is the signature
    drawn on a tablet, as an SVG path within 600 × 200.
    """

    code: str
    claim: str
    channel: str
    tracking: str
    identity: str
    signed: str
    filer_name: str
    papers: Mapping[str, str]
    strokes: str = ""


@dataclass(frozen=True, slots=True)
class PartSlip:
    """
    A part of a linked filing: its dossier, or after which parts it opens.

    ``fee`` is what is still to be paid, in dong. One that another portal processes has its page
    for the desk at ``away``; it is due once the unit has it.
    """

    name: Words
    after: tuple[Words, ...]
    dossier: str
    agency: str
    own: bool
    due_at: datetime | None
    fee: int
    away: str = ""


@dataclass(frozen=True, slots=True)
class LinkedSlip:
    """What somebody takes home for whom a linked pack was filed; one secret for all of it."""

    slip: CounterSlip
    title: Words
    applicant_name: str
    filed_at: datetime
    papers: tuple[PaperReceived, ...]
    parts: tuple[PartSlip, ...]


def counter_slip(code: str, *, by: Actor) -> CounterSlip | None:
    """Return what an official of the dossier's own agency noted when they filed it, if they did."""
    if by.agency is None:
        return None
    ours = Dossier.objects.visible_to(by).filter(agency=by.agency, code=code)
    claim = ours.values_list("claim", flat=True).first()
    return None if claim is None else _slip(code, claim)


def linked_counter_slip(code: str, *, by: Actor) -> LinkedSlip | None:
    """
    Return what the official who filed a linked pack for somebody hands out, if they did.

    Of parts at other agencies they learn where they are and by when, nothing more.
    """
    linked = LinkedFiling.objects.filter(code=code, counter__clerk=by.id).first()
    if linked is None or by.agency is None or linked.counter is None:
        return None
    if linked.counter["agency"] != by.agency:
        return None
    rows = list(linked.parts.order_by("number"))
    known = {x.code: x for x in Dossier.objects.filter(code__in=[r.dossier for r in rows])}
    names = names_of({x.agency for x in known.values()})
    away = carried_parts({row.dossier for row in rows if row.dossier} - known.keys())
    parts = [
        _away(row, rows, away[row.dossier])
        if row.dossier in away
        else _part(row, rows, known.get(row.dossier), names, own=by.agency)
        for row in rows
    ]
    secrets = [known[x.dossier].claim for x in parts if x.own]
    claim = next(filter(None, [*secrets, *(x.claim for x in away.values())]), "")
    slip = _slip(code, claim)
    if slip is None:
        return None
    definition, at = pack(linked.pack), localtime(_arrived(linked))
    papers = _papers(linked, slip, definition)
    return LinkedSlip(slip, definition.title, linked.applicant_name, at, papers, tuple(parts))


def _arrived(linked: LinkedFiling) -> datetime:
    """Return when it came: a letter before it was entered."""
    came = (linked.counter or {})["arrived"]
    return datetime.fromisoformat(came) if came else linked.filed_at


def _papers(linked: LinkedFiling, slip: CounterSlip, definition: Pack) -> tuple[PaperReceived, ...]:
    return tuple(
        PaperReceived(paper.name, len(files), slip.papers.get(paper.id, ""))
        for paper in definition.papers
        if (files := linked.papers.get(paper.id))
    )


def _part(
    row: LinkedPart,
    rows: Collection[LinkedPart],
    dossier: Dossier | None,
    names: Mapping[str, str],
    *,
    own: str,
) -> PartSlip:
    return PartSlip(
        name=Words(row.name, row.name_en),
        after=tuple(Words(x.name, x.name_en) for x in rows if x.part in row.after),
        dossier=row.dossier,
        agency=names[dossier.agency] if dossier else "",
        own=dossier is not None and dossier.agency == own,
        due_at=localtime(dossier.due_at) if dossier else None,
        fee=dossier.fee if dossier and dossier.paid_at is None else 0,
    )


def _away(row: LinkedPart, rows: Collection[LinkedPart], there: CarriedPart) -> PartSlip:
    part = _part(row, rows, None, {}, own="")
    due = localtime(there.due_at) if there.due_at else None
    part = replace(part, due_at=due, fee=there.unpaid)
    return replace(part, agency=there.agency_name, away=there.desk_address)


def _slip(code: str, claim: str) -> CounterSlip | None:
    draft = Draft.objects.filter(filed_as=code, counter__isnull=False).first()
    if draft is None or draft.counter is None:
        return None
    noted = draft.counter
    return CounterSlip(
        code=code,
        claim=claim,
        channel=noted["channel"],
        tracking=noted["tracking"],
        identity=noted["identity"],
        signed=noted["signed"],
        filer_name=noted["filer_name"],
        papers=noted["papers"],
        strokes=noted.get("strokes", ""),
    )
