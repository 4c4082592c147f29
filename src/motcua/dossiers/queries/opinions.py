"""Opinions: what was asked of whom, and, for the agency asked, exactly what was shared with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.looks import record_look
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.queries.near import on_strangers
from motcua.dossiers.rules.clock import Timing, day_of, timing
from motcua.dossiers.rules.opinions import OpinionState, View
from motcua.files.queries.kept import KeptFile, infos_for_room
from motcua.forms.queries.forms import files_in
from motcua.identity.queries.relatives import near_to
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack

PAGE = 50
MOST_COUNTED = 100
"""How many opinions asked of an agency are counted, and listed: their figure leads to the list."""

SHARED = N_("What of a dossier was shared for an opinion")


class UnknownOpinion(NotFound):
    code = "dossiers.unknown-opinion"
    message = N_("There is no such request for an opinion. Choose one from your list.")


@dataclass(frozen=True, slots=True)
class OpinionSeen:
    """
    An opinion as both sides see it; ``files`` are those that came with the answer.

    ``timing`` tells whether it was given early, on time or late, and ``late`` whether it is
    overdue now.
    """

    id: str
    dossier: str
    title: str
    title_en: str
    agency: str
    agency_name: str
    asking_name: str
    asked_by_name: str
    question: str
    papers: tuple[str, ...]
    fields: tuple[str, ...]
    asked_at: datetime
    due_at: datetime
    state: OpinionState
    view: View | None
    text: str
    files: tuple[KeptFile, ...]
    ended_by_name: str
    ended_at: datetime | None
    timing: Timing | None
    late: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What an agency asked may see: the question, the answers shared, the files of the papers."""

    opinion: OpinionSeen
    pack: str
    answers: Mapping[str, Any]
    filed_at: datetime
    papers: tuple[tuple[str, tuple[KeptFile, ...]], ...]


def opinions_of(code: str, *, by: Actor, at: datetime) -> tuple[OpinionSeen, ...]:
    """
    Return what was asked about a dossier the actor's agency has, in order.

    Nothing to whom the dossier concerns, as ``remarks_of``.
    """
    if by.agency is None:
        return ()
    here = Dossier.objects.filter(code=code, agency=by.agency).of_strangers_to(near_to(by.id))
    found = Opinion.objects.filter(dossier__in=here)
    return _seen(found.select_related("dossier").order_by("asked_at"), at=at)


def opinions_asked(*, by: Actor, at: datetime, ended: bool = False) -> tuple[OpinionSeen, ...]:
    """Return what is asked of the actor's agency, the most urgent first; or the last ended ones."""
    asked = on_strangers(Opinion.objects.asked_of(by), by=by).select_related("dossier")
    if ended:
        done = asked.exclude(state=OpinionState.OPEN).order_by("-ended_at")
        return _seen(done[:PAGE], at=at)
    return _seen(asked.filter(state=OpinionState.OPEN).order_by("due_at")[:MOST_COUNTED], at=at)


def opinions_awaited(*, by: Actor, at: datetime) -> tuple[OpinionSeen, ...]:
    """Return what the actor's agency asked of others and waits for, the most urgent first."""
    here = Opinion.objects.awaited_by(by).filter(dossier__agency=by.agency or "")
    awaited = on_strangers(here, by=by)
    return _seen(awaited.select_related("dossier").order_by("due_at")[:PAGE], at=at)


def opinions_to_answer(*, by: Actor) -> int:
    """Return how many opinions are asked of the actor's agency, counting up to 100."""
    asked = on_strangers(Opinion.objects.asked_of(by), by=by)
    return asked.filter(state=OpinionState.OPEN)[:MOST_COUNTED].count()


def opinion_to_answer(id: str, *, by: Actor, at: datetime, purpose: str) -> Shared:  # noqa: A002
    """
    Return what was shared with the actor's agency; the look is written down for the applicant.

    :raises UnknownOpinion: if nothing such was asked of it, or it was recalled
    """
    opinion = _asked(id, by=by)
    dossier = opinion.dossier
    record_look(dossier.applicant, SHARED, reference=dossier.code, purpose=purpose, by=by, at=at)
    known = {each.id: each for each in infos_for_room(_files(opinion))}
    return Shared(
        opinion=_seen([opinion], at=at)[0],
        pack=dossier.pack,
        answers=opinion.answers,
        filed_at=dossier.filed_at,
        papers=tuple(
            (paper, tuple(known[x] for x in opinion.shared.get(paper, []) if x in known))
            for paper in opinion.papers
        ),
    )


def shared_file(
    id: str,  # noqa: A002
    file: str,
    *,
    by: Actor,
    at: datetime,
    purpose: str,
) -> KeptFile:
    """
    Return a file that was shared with the actor's agency; the look is written down.

    :raises UnknownOpinion: if it was not
    """
    opinion = _asked(id, by=by)
    if file not in _files(opinion):
        raise UnknownOpinion
    found = infos_for_room([file])
    record_look(
        opinion.dossier.applicant,
        N_("Paper of a dossier"),
        reference=opinion.dossier.code,
        purpose=purpose,
        by=by,
        at=at,
    )
    return found[0]


def _asked(id: str, *, by: Actor) -> Opinion:  # noqa: A002
    try:
        known = on_strangers(Opinion.objects.asked_of(by), by=by).filter(pk=UUID(id))
    except ValueError:
        raise UnknownOpinion from None
    found = known.exclude(state=OpinionState.RECALLED).select_related("dossier").first()
    if found is None:
        raise UnknownOpinion
    return found


def _files(opinion: Opinion) -> set[str]:
    """Return the ids of every file the agency asked may open."""
    inside = files_in(pack(opinion.dossier.pack).form, opinion.answers)
    shared = [*opinion.shared.values(), *inside.values(), opinion.files]
    return {file for files in shared for file in files}


def _seen(found: Iterable[Opinion], *, at: datetime) -> tuple[OpinionSeen, ...]:
    rows = list(found)
    names = names_of({x.agency for x in rows} | {x.asking for x in rows}) if rows else {}
    wanted = {file for x in rows for file in x.files}
    files = {each.id: each for each in infos_for_room(wanted)} if wanted else {}
    return tuple(_value(x, names, files, at=at) for x in rows)


def _value(
    x: Opinion, names: Mapping[str, str], files: Mapping[str, KeptFile], *, at: datetime
) -> OpinionSeen:
    given = x.ended_at if x.state == OpinionState.GIVEN else None
    return OpinionSeen(
        id=str(x.pk),
        dossier=x.dossier.code,
        title=x.dossier.title,
        title_en=pack(x.dossier.pack).title.en,
        agency=x.agency,
        agency_name=names.get(x.agency, x.agency),
        asking_name=names.get(x.asking, x.asking),
        asked_by_name=x.asked_by_name,
        question=x.question,
        papers=tuple(x.papers),
        fields=tuple(x.fields),
        asked_at=localtime(x.asked_at),
        due_at=localtime(x.due_at),
        state=OpinionState(x.state),
        view=View(x.view) if x.view else None,
        text=x.text,
        files=tuple(files[each] for each in x.files if each in files),
        ended_by_name=x.ended_by_name,
        ended_at=x.ended_at,
        timing=timing(day_of(given), day_of(x.due_at)) if given else None,
        late=x.state == OpinionState.OPEN and x.due_at < at,
    )
