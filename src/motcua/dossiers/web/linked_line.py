"""One time line of a linked filing: what happened to all its parts, who has them, what is next."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.backbone.formats import limit, moment
from motcua.dossiers.queries.linked import LinkedSeen, PartSeen
from motcua.dossiers.rules.lifecycle import OPEN, Step
from motcua.dossiers.rules.linked import PartState
from motcua.dossiers.rules.words import STATE_WORDS
from motcua.dossiers.web.timeline import Door, doors_of
from motcua.packs.queries.packs import pack

QUIET = frozenset({Step.FORWARD, Step.PROPOSE, Step.SEND_BACK})
"""Steps inside an agency, which the page of the dossier tells and the whole does not."""


def line_of(seen: LinkedSeen) -> list[Door]:
    """Return the way of all parts: what was done by time, what is now, what comes next."""
    language = get_language() or "vi"
    told = [(seen.filed_at, 0, _filed(seen))]
    for number, part in enumerate(seen.parts, start=1):
        told += [(at, number, door) for at, door in _past(part, language)]
    past = [door for _at, _number, door in sorted(told, key=lambda each: each[:2])]
    going = [door for part in seen.parts for door in _going(part, language)]
    now = [door for door in going if door.state == "now"]
    following = [door for door in going if door.state == "next"]
    return [*past, *now, *following, *_planned(seen, language)]


def _filed(seen: LinkedSeen) -> Door:
    words = ngettext(
        "You filed once for %(num)s dossier", "You filed once for %(num)s dossiers", len(seen.parts)
    )
    return Door("done", words % {"num": len(seen.parts)}, moment(seen.filed_at))


def _past(part: PartSeen, language: str) -> Iterator[tuple[datetime, Door]]:
    if part.state is PartState.DROPPED and part.ended_at is not None:
        title = _named(part, _("It does not go on"), language)
        yield part.ended_at, Door("done", title, moment(part.ended_at), part.why)
    if part.elsewhere is not None:
        yield part.elsewhere.filed_at, _opened(part, part.elsewhere.filed_at, language)
    if (view := part.dossier) is None:
        return
    doors = doors_of(view, pack(view.pack))
    for taken, door in zip(view.history, doors, strict=False):
        if taken.step is Step.FILE:
            yield taken.at, _opened(part, view.filed_at, language)
        elif taken.step not in QUIET:
            yield taken.at, replace(door, title=_named(part, door.title, language))


def _opened(part: PartSeen, at: datetime, language: str) -> Door:
    happened = _("It was opened by itself") if part.after else _("It was sent")
    where = _("%(moment)s, to %(agency)s") % {
        "moment": moment(at),
        "agency": part.agency,
    }
    return Door("done", _named(part, happened, language), where)


def _going(part: PartSeen, language: str) -> Iterator[Door]:
    """Yield who has an open part now and when its result is due; stages between are left out."""
    if part.state is PartState.STUCK:
        text = _("%(why)s We try again every hour by ourselves.") % {"why": part.why}
        yield Door("now", _named(part, _("It could not be opened yet"), language), text)
    if (other := part.elsewhere) is not None and other.state in OPEN:
        text = f"{part.agency}. {moment(other.due_at)}" if other.due_at else part.agency
        yield Door("now", _named(part, _(STATE_WORDS[other.state]), language), text)
    if (view := part.dossier) is None or view.state not in OPEN:
        return
    ahead = doors_of(view, pack(view.pack))[len(view.history) :]
    for door in [each for each in ahead if each.state == "now"]:
        text = f"{part.agency}. {door.text}"
        yield replace(door, title=_named(part, door.title, language), text=text)
    if ahead and ahead[-1].state == "next":
        yield replace(ahead[-1], title=_named(part, ahead[-1].title, language))


def _planned(seen: LinkedSeen, language: str) -> Iterator[Door]:
    for part in seen.parts:
        if part.state is not PartState.PLANNED:
            continue
        names = [each.name[language] for each in seen.parts if each.id in part.after]
        facts = {"parts": ", ".join(names), "agency": part.agency, "limit": limit(part.limit)}
        text = _("Once this is done: %(parts)s. Then %(agency)s has: %(limit)s.") % facts
        yield Door("next", _named(part, _("It opens by itself"), language), text)


def _named(part: PartSeen, title: str, language: str) -> str:
    return f"{part.name[language]}: {title[:1].lower()}{title[1:]}"
