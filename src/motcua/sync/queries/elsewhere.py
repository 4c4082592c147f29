"""What a citizen sees of dossiers at other agencies: their own, and any by its code."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from motcua.agencies.queries.agencies import names_of
from motcua.agencies.queries.first_level import first_level_name
from motcua.backbone.remembered import Remembered
from motcua.backbone.statements import Statement
from motcua.catalogue.queries.procedures import procedures
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
from motcua.identity.queries.people import NoSuchPerson, person
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.folding import tidy
from motcua.kernel.scope import for_rooms, public
from motcua.kernel.text import N_
from motcua.sync.queries.archives import put_away
from motcua.sync.rules.codes import member_of, place_of
from motcua.sync.rules.legacy.texts import listed, moment_in
from motcua.sync.rules.persons import flags_of, person_hash

_ROW = """
SELECT d.code, d.member, d.agency, d.procedure, d.title, d.since, d.due_at, d.received_at,
    d.done_at, d.returned_at, d.told_at, d.channel, d.applicant, d.person, s.status, s.told_at
FROM sync_dossier d LEFT JOIN LATERAL (
    SELECT status, told_at FROM sync_status
    WHERE year = d.year AND member = d.member AND code = d.code
    ORDER BY at > told_at + interval '1 day', at DESC, status DESC LIMIT 1
) s ON true
"""
_MINE = Statement(
    _ROW + "WHERE d.person = %s AND (d.since, d.code) < (%s, %s) "
    "ORDER BY d.since DESC, d.code DESC LIMIT %s"
)
_ONE = Statement(_ROW + "WHERE d.year = %s AND d.member = %s AND d.code = %s")
_STATUS_ALONE = Statement(
    "SELECT code, member, '', '', '', at, NULL, NULL, NULL, NULL, told_at, 0, '', NULL, status, "
    "told_at FROM sync_status WHERE year = %s AND member = %s AND code = %s "
    "ORDER BY at > told_at + interval '1 day', at DESC, status DESC LIMIT 1"
)
"""The same of a dossier of which no more than statuses were told."""
_ANY = Statement("SELECT EXISTS (SELECT FROM sync_dossier WHERE person IS NOT NULL)")
_HISTORY = Statement(
    "SELECT status, at, words, who FROM sync_status "
    "WHERE year = %s AND member = %s AND code = %s ORDER BY at, status LIMIT 200"
)
_LAST = Statement(
    "SELECT s.code, max(s.told_at) FROM unnest(%s::smallint[], %s::text[], %s::text[]) "
    "AS asked(year, member, code) JOIN sync_status s USING (year, member, code) GROUP BY s.code"
)
_DETAIL = Statement(
    "SELECT facts::text FROM sync_detail "
    "WHERE year = %s AND member = %s AND code = %s AND part = ''"
)
SUPPLEMENTS, RESULTS = "DanhSachHoSoBoSung", "DanhSachGiayToKetQua"
_any: "Remembered[str, bool]" = Remembered(60)
_keys: "Remembered[str, UUID | str]" = Remembered(60)


class NotHeld(NotFound):
    code = "sync.not-held"
    message = N_(
        "No agency has told us of a dossier {dossier} of yours. Compare the code with your receipt."
    )


class YearPutAway(NotFound):
    code = "sync.year-put-away"
    message = N_("Dossiers of {year} at other agencies are in the archive. Ask: {ask}.")


@dataclass(frozen=True, slots=True)
class Told:
    """
    A status a dossier came to, by its national number, with what its agency said of it.

    What was said is kept as it came; shown is only what can be seen, and nothing that turns lines.
    """

    number: int
    at: datetime
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Supplement:
    """What an agency asked the applicant for, and when, as far as it said."""

    words: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A dossier at another agency with its history, for its applicant."""

    line: ElsewhereLine
    member: str
    member_name: str
    procedure: str
    applicant: str
    channel: int
    done_at: datetime | None
    returned_at: datetime | None
    history: tuple[Told, ...]
    supplements: tuple[Supplement, ...]
    results: tuple[str, ...]


def page(*, by: Actor, at: datetime, before: str, text: str, tab: Tab, limit: int) -> Looked:
    """
    Look through the actor's own dossiers at other agencies, newest first.

    No statement where no agency told of anybody (that is remembered for a minute), else two, the
    names of agencies included.
    """
    if tab is Tab.OTHERS or by.is_official or not _has_any():
        return Looked()
    key = person_key(by=by, at=at)
    if key is None:
        return Looked()
    most = looked_at_once(text, tab, limit)
    rows, upto = chosen(
        _MINE.all(key, *place_at(before), most),
        lambda row: fits(_state(row), f"{row[0]} {row[4]}", text=text, tab=tab),
        lambda row: cursor_at(row[5], row[0]),
        most=most,
        limit=limit,
    )
    return Looked(_lines(rows, at=at) if rows else (), upto)


@public
def find(code: str, *, at: datetime) -> ElsewhereLine | None:
    """
    Return a dossier at another agency by its code; at most four statements.

    It is one too where no more than a status of it was told.
    """
    if row := _row(code):
        return _lines([row], at=at)[0]
    place = place_of(code)
    alone = place and _STATUS_ALONE.first(place.year, place.member, code)
    return replace(_lines([alone], at=at)[0], is_told=False) if alone else None


@for_rooms
def last_told(codes: Collection[str]) -> dict[str, datetime]:
    """Return when we were last told a status of each of these dossiers; one statement."""
    places = [(code, place) for code in codes if (place := place_of(code)) is not None]
    if not places:
        return {}
    years, members, names = zip(*((p.year, p.member, code) for code, p in places), strict=True)
    rows = _LAST.all(list(years), list(members), list(names))
    return dict(rows)


@for_rooms
def stands_for(codes: Collection[str]) -> tuple[str, ...]:  # noqa: ARG001
    """Return nothing: each dossier is told by one code only."""
    return ()


def dossier_elsewhere(code: str, *, by: Actor, at: datetime) -> Held:
    """
    Return one of the actor's own dossiers at another agency, with its history.

    :raises YearPutAway: if those of its year were put away
    :raises NotHeld: if there is none that is theirs
    """
    row, key = _row(code), person_key(by=by, at=at)
    place = place_of(code)
    if row is None and (away := put_away(code)) is not None:
        raise YearPutAway(year=away.year, ask=away.ask)
    if row is None or place is None or key is None or row[13] != key:
        raise NotHeld(dossier=code[:60])
    told = _HISTORY.all(place.year, place.member, code)
    (besides,) = _DETAIL.first(place.year, place.member, code) or ("{}",)
    detail = json.loads(besides)
    return Held(
        line=_lines([row], at=at)[0],
        member=member_of(place.member),
        member_name=first_level_name(place.member),
        procedure=row[3],
        applicant=tidy(row[12]),
        channel=row[11],
        done_at=row[8],
        returned_at=row[9],
        history=tuple(Told(number, at, tidy(words), tidy(who)) for number, at, words, who in told),
        supplements=tuple(_supplements(detail)),
        results=tuple(tidy(str(each.get("TenGiayTo", ""))) for each in listed(detail, RESULTS)),
    )


def person_key(*, by: Actor, at: datetime) -> UUID | None:
    """
    Return the hash by which the actor's own dossiers are found, remembered for a minute.

    None for an account of which nobody has confirmed whose it is: its number is only typed.
    """
    if by.is_official or not by.id:
        return None
    found = _keys.get(by.id, lambda: _key_of(by, at=at))
    return found if isinstance(found, UUID) else None


def _supplements(detail: dict[str, Any]) -> Iterator[Supplement]:
    for each in listed(detail, SUPPLEMENTS):
        try:
            at = moment_in(str(each.get("NgayBoSung", "")))
        except ValueError:
            at = None
        if words := tidy(str(each.get("NoiDungBoSung", ""))[:2000]):
            yield Supplement(words, at)


def _has_any() -> bool:
    return bool(_any.get("", lambda: bool((_ANY.first() or (False,))[0])))


def _key_of(by: Actor, *, at: datetime) -> UUID | str:
    try:
        found = person(by.id, by=by, at=at)
    except NoSuchPerson:
        return ""
    if found.proven_at is None or flags_of(found.personal_id):
        return ""
    return UUID(bytes=person_hash(found.personal_id, key=settings.SYNC_PERSON_KEY.encode()[:64]))


def _row(code: str) -> tuple[Any, ...] | None:
    place = place_of(code)
    return None if place is None else _ONE.first(place.year, place.member, code)


def _state(row: Sequence[Any]) -> State:
    """Return where a dossier stands: its latest status, else what its record says."""
    if row[14] is not None:
        return state_numbered(row[14])
    if row[9] is not None:
        return State.RETURNED
    if row[8] is not None:
        return State.DONE
    return State.NEW if row[7] is None else State.RECEIVED


def _lines(rows: Sequence[Sequence[Any]], *, at: datetime) -> list[ElsewhereLine]:
    agencies = names_of({row[2] or row[0].rsplit("-", 2)[0] for row in rows})
    titles = {hit.code: hit.title for hit in procedures(sorted({row[3] for row in rows}))}
    found = []
    for row in rows:
        agency, state = row[2] or row[0].rsplit("-", 2)[0], _state(row)
        public_title = titles.get(row[3], "")
        found.append(
            ElsewhereLine(
                code=row[0],
                title=tidy(row[4]) or public_title,
                public_title=public_title,
                agency=agency,
                agency_name=agencies.get(agency) or first_level_name(row[1]),
                state=state,
                due=due_of_state(state, row[6], at=at),
                due_at=row[6],
                filed_at=row[5],
                told_at=max(filter(None, (row[10], row[15]))),
                address=reverse("sync:elsewhere", kwargs={"code": row[0]}),
                cursor=cursor_at(row[5], row[0]),
            )
        )
    return found
