"""What a clerk typed or scanned about who stands at the counter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Self

from django.http import QueryDict
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from motcua.agencies.queries.agencies import Office
from motcua.dossiers.operations.counter import AuthoritySeen
from motcua.dossiers.rules.cards import Card, card_read
from motcua.dossiers.rules.counter import Present, Way
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.parties import PartyKind


@dataclass(frozen=True, slots=True)
class CounterTyped:
    """The form as it was sent: a scanned card stands for what is not typed beside it."""

    at: datetime
    offices: Sequence[Office]
    present: Present
    way: Way
    card: Card | None
    behalf: AuthoritySeen | None
    shown: dict[str, Any]
    problems: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, post: QueryDict, offices: Sequence[Office], *, at: datetime) -> Self:
        """Read it; what cannot be read is in ``problems``."""
        text = {name: post.get(name, "").strip()[:300] for name in post}
        card = card_read(post.get("who", "")[:500])
        shown: dict[str, Any] = {**text}
        shown |= {name: _boxes(post, name) for name in ("born", "arrived", "pborn", "until")}
        if card is not None:
            shown["who"] = card.number
            shown["name"] = text.get("name") or card.name
            if card.born is not None and not any(shown["born"].values()):
                shown["born"] = {x: getattr(card.born, x) for x in ("day", "month", "year")}
        present = Present(
            card.number if card else text.get("who", ""),
            shown.get("name", ""),
            _day(shown["born"]),
            text.get("phone", ""),
            text.get("document", ""),
        )
        problems = []
        if post and card is None:
            said = _("Type the 12 digits of the personal id, or scan the code of the card.")
            problems.append({"at": "who", "message": said})
        behalf = _behalf(shown, problems) if "behalf" in text else None
        way = _way(text, shown, offices)
        return cls(at, offices, present, way, card, behalf, shown, problems)


def _way(text: dict[str, str], shown: dict[str, Any], offices: Sequence[Office]) -> Way:
    known = {str(x.id): x.id for x in offices}
    office = known.get(text.get("office", ""), offices[0].id if offices else 0)
    channel = "post" if text.get("channel") == "post" else "counter"
    if channel == "counter":
        return Way(office)
    day, hour = _day(shown["arrived"]), _hour(text.get("hour", ""))
    arrived = make_aware(datetime.combine(day, hour)) if day else None
    return Way(office, channel, text.get("tracking", ""), arrived)


def _behalf(shown: dict[str, Any], problems: list[dict[str, str]]) -> AuthoritySeen | None:
    kinds = {kind.value: kind for kind in AuthorityKind}
    kind, until = kinds.get(shown.get("kind", "")), _day(shown["until"])
    if kind is None:
        problems.append({"at": "kind", "message": _("Say by what right they come.")})
    if until is None:
        problems.append({"at": "until", "message": _("Give the last day on which it holds.")})
    if kind is None or until is None:
        return None
    card = card_read(shown.get("pnumber", ""))
    organisation = kind is AuthorityKind.REPRESENTATIVE
    return AuthoritySeen(
        kind,
        PartyKind.ORGANISATION if organisation else PartyKind.PERSON,
        card.number if card else shown.get("pnumber", ""),
        shown.get("pname", "") or (card.name if card else ""),
        _day(shown["pborn"]) or (card.born if card else None),
        until,
        shown.get("basis", ""),
    )


def _boxes(post: QueryDict, name: str) -> dict[str, str]:
    return {x: post.get(f"{name}-{x}", "").strip()[:4] for x in ("day", "month", "year")}


def _day(boxes: dict[str, Any]) -> date | None:
    try:
        return date(*(int(boxes[x]) for x in ("year", "month", "day")))
    except ValueError:
        return None


def _hour(text: str) -> time:
    """Read when a letter came; the start of the morning where it is not said."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        return time(7, 30)
