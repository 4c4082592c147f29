"""What was filed here and is processed elsewhere, for its applicant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q
from django.urls import reverse

from motcua.agencies.queries.agencies import names_of
from motcua.catalogue.queries.procedures import procedures
from motcua.dossiers.queries.carried_parts import LINKED
from motcua.dossiers.queries.elsewhere import (
    ElsewhereLine,
    Looked,
    State,
    Tab,
    chosen,
    cursor_at,
    due_of_state,
    fits,
    looked_at_once,
    place_at,
    state_numbered,
)
from motcua.exchange.queries.members import member_known, own_members
from motcua.files.queries.kept import KeptFile, infos_for_room
from motcua.forwarding.models import Handed, Supplement
from motcua.forwarding.rules.answers import Standing
from motcua.forwarding.rules.manifest import Answered, File, GivenOut, Manifest
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms, public
from motcua.kernel.text import N_

__all__ = [
    "GivenSeen",
    "HandedView",
    "Named",
    "NotHanded",
    "Sent",
    "find",
    "handed",
    "named",
    "page",
    "stands_for",
    "state_of",
    "view_of",
]


class NotHanded(NotFound):
    code = "forwarding.not-handed"
    message = N_("There is no dossier {dossier} of yours that was handed on. Check the code.")


@dataclass(frozen=True, slots=True)
class Sent:
    """
    An answer to the ``round``-th request: what was given, and what became of it (``told``).

    ``files`` are all that ``answers`` and ``papers`` name by their ids.
    """

    round: int
    handing: Handing
    told: dict[str, Any]
    at: datetime
    answers: dict[str, Any]
    papers: dict[str, list[str]]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class GivenSeen:
    """A result that a desk here gave out: to whom, where, when, and whether the unit knows."""

    told: GivenOut
    handing: Handing
    why: str


@dataclass(frozen=True, slots=True)
class HandedView:
    """
    A dossier filed here and processed by ``member``, for its applicant.

    ``there`` is the code the unit gave it, empty until it has it; ``standing`` what the unit last
    said, at ``told_at``; ``refusal`` why it does not take it, in words, with its ``problems``.
    ``replaced`` are results that the unit corrects, or has corrected by those in ``results``;
    ``given`` tells that the one that holds was given out at a desk here. ``linked`` is the code of
    the linked filing that it is part of, if any.
    """

    code: str
    handing: Handing
    agency: str
    agency_name: str
    member: str
    member_name: str
    member_address: str
    manifest: Manifest
    title: str
    filed_at: datetime
    taken_at: datetime | None
    there: str
    due_at: datetime
    fee: int
    state: State
    standing: Standing | None
    told_at: datetime | None
    refusal: dict[str, Any]
    results: tuple[KeptFile, ...]
    replaced: tuple[KeptFile, ...]
    tries: int
    answers: tuple[Sent, ...]
    given: GivenSeen | None
    linked: str

    @property
    def files(self) -> tuple[File, ...]:
        """All files that were handed in, with the dossier and with answers to requests."""
        return (*self.manifest.files, *(file for sent in self.answers for file in sent.files))

    @property
    def is_answered(self) -> bool:
        """Tell whether what was asked for last was sent already, and is on its way or there."""
        asked = self.standing.round if self.standing else 0
        return any(x.round == asked and x.handing is not Handing.REFUSED for x in self.answers)


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier handed on, and whom to tell of it."""

    code: str
    title: str
    agency: str
    whom: tuple[str, ...]


def handed(code: str, *, by: Actor) -> HandedView:
    """
    Return a dossier of the actor's own that was handed on, by our code or the unit's.

    :raises NotHanded: if there is none that is theirs
    """
    rows = Handed.objects.visible_to(by).filter(Q(code=code) | Q(there=code))
    row = rows.first()
    if row is None:
        raise NotHanded(dossier=code[:60])
    return view_of(row)


@for_rooms
def view_of(row: Handed) -> HandedView:
    """Return a dossier handed on as its reader sees it; the caller has looked whether they may."""
    member = member_known(row.member)
    standing = None
    if "steps" in row.told:
        standing = msgspec.convert(row.told, Standing, strict=False)
    results, replaced = _results(row, standing)
    return HandedView(
        code=row.code,
        handing=Handing(row.handing),
        agency=row.agency,
        agency_name=names_of([row.agency]).get(row.agency, row.agency),
        member=row.member,
        member_name=member.title,
        member_address=member.address,
        manifest=msgspec.json.decode(row.manifest, type=Manifest),
        title=row.title,
        filed_at=row.filed_at,
        taken_at=row.taken_at,
        there=row.there,
        due_at=row.due_at,
        fee=row.fee,
        state=state_of(row),
        standing=standing,
        told_at=row.told_at,
        refusal=row.told if row.handing == Handing.REFUSED else {},
        results=results,
        replaced=replaced,
        tries=row.tries,
        answers=tuple(_sent(sent) for sent in row.supplements.order_by("id")),
        given=_given(row, standing) if results else None,
        linked=row.reference.partition(":")[0] if row.source == LINKED else "",
    )


def _given(row: Handed, standing: Standing | None) -> GivenSeen | None:
    held = [each.id for each in standing.results] if standing else []
    found = row.given.filter(result__in=held).first()
    if found is None:
        return None
    why = str(found.told.get("title_vi") or found.told.get("title") or "")
    return GivenSeen(msgspec.json.decode(found.line, type=GivenOut), Handing(found.handing), why)


def _sent(row: Supplement) -> Sent:
    line = msgspec.json.decode(row.line, type=Answered)
    given = line.answers, line.papers, tuple(line.files)
    return Sent(row.round, Handing(row.handing), row.told, row.at, *given)


def _results(
    row: Handed, standing: Standing | None
) -> tuple[tuple[KeptFile, ...], tuple[KeptFile, ...]]:
    """Return the results that hold, and those before them, each the newest first."""
    if not row.results:
        return (), ()
    holding = {row.results.get(x.id) for x in standing.results} if standing else set()
    kept = sorted(infos_for_room(row.results.values()), key=lambda file: file.at, reverse=True)
    holds = tuple(file for file in kept if file.id in holding)
    return holds, tuple(file for file in kept if file.id not in holding)


def page(*, by: Actor, at: datetime, before: str, text: str, tab: Tab, limit: int) -> Looked:
    """
    Look through dossiers that were handed on, newest first; at most three statements.

    As of those kept here, they are the actor's own, or under one tab those in which they act for
    somebody else.
    """
    if by.is_official or not by.id or not own_members():
        return Looked()
    rows = Handed.objects.listed_for(by, others=tab is Tab.OTHERS).before(*place_at(before))
    most = looked_at_once(text, tab, limit)
    found, upto = chosen(
        list(rows.defer("manifest")[:most]),
        lambda row: fits(state_of(row), f"{row.code} {row.there} {row.title}", text=text, tab=tab),
        lambda row: cursor_at(row.filed_at, row.code),
        most=most,
        limit=limit,
    )
    return Looked(_lines(found, at=at) if found else (), upto)


@public
def find(code: str, *, at: datetime) -> ElsewhereLine | None:
    """Return a dossier that was handed on, by our code or the unit's."""
    if not own_members():
        return None
    row = Handed.objects.filter(Q(code=code) | Q(there=code)).defer("manifest").first()
    return None if row is None else _lines([row], at=at)[0]


@for_rooms
def stands_for(codes: Collection[str]) -> Collection[str]:
    """Return those of ``codes`` that are the units' own for what is shown here by ours."""
    if not own_members():
        return ()
    rows = Handed.objects.filter(there__in=[code for code in codes if code])
    return tuple(rows.values_list("there", flat=True))


@for_rooms
def named(code: str) -> Named:
    """Return what a notice about a dossier handed on says of it; who has no account is not told."""
    row = Handed.objects.only(*_NAMED).get(code=code)
    whom = dict.fromkeys((row.applicant if not row.claim else "", row.agent))
    return Named(row.code, row.title, row.agency, tuple(filter(None, whom)))


_NAMED = ("code", "title", "agency", "applicant", "agent", "claim")


@for_rooms
def state_of(row: Handed) -> State:
    """Return the state of a dossier handed on, as lists show it."""
    return State.REFUSED if row.handing == Handing.REFUSED else state_numbered(row.number)


def _lines(rows: Sequence[Handed], *, at: datetime) -> list[ElsewhereLine]:
    agencies = names_of({row.agency for row in rows})
    titles = {hit.code: hit.title for hit in procedures(sorted({row.procedure for row in rows}))}
    return [
        ElsewhereLine(
            code=row.code,
            title=row.title,
            public_title=titles.get(row.procedure, ""),
            agency=row.agency,
            agency_name=agencies.get(row.agency, row.agency),
            state=state_of(row),
            due=due_of_state(state_of(row), row.due_at if row.taken_at else None, at=at),
            due_at=row.due_at if row.taken_at else None,
            filed_at=row.filed_at,
            told_at=row.told_at or row.filed_at,
            address=reverse("forwarding:show", kwargs={"code": row.code}),
            cursor=cursor_at(row.filed_at, row.code),
        )
        for row in rows
    ]
