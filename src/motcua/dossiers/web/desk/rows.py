"""The lines of the worklist, in words: its page only puts them down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.backbone.formats import moment
from motcua.dossiers.queries.desk import DeskLine
from motcua.dossiers.rules.words import CHANNEL_WORDS, STATE_WORDS
from motcua.dossiers.web.desk.actions import AT_ONCE, SLUGS
from motcua.dossiers.web.due import Badge, due_badge
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Row:
    """
    A line of the worklist, in words; ``case`` is its address.

    ``onward`` and ``back`` are the last parts of steps' addresses; ``seen`` is the version in which
    the step onward is taken at once, 0 where it asks for more.
    """

    code: str
    case: str
    title: str
    name: str
    badge: Badge | None
    state: str
    facts: str
    holder: str
    onward: str
    back: str
    seen: int


def rows_of(items: Iterable[DeskLine], *, by: Actor, at: datetime) -> list[Row]:
    """Return lines of the worklist as its page shows them."""
    desk = reverse("dossiers:desk")
    return [_row(item, desk, by=by, at=at) for item in items]


def _row(item: DeskLine, desk: str, *, by: Actor, at: datetime) -> Row:
    line = item.line
    holder = _("Me") if item.holder and item.holder == by.id else item.holder_name
    return Row(
        code=line.code,
        case=f"{desk}{line.code}/",
        title=line.title,
        name=line.applicant_name,
        badge=due_badge(line.due, line.due_at, line.state, at=at),
        state=_(STATE_WORDS[line.state]),
        facts=" · ".join(_facts(item)),
        holder=holder or _("Nobody yet"),
        onward=SLUGS[item.onward] if item.onward else "",
        back=SLUGS[item.back] if item.back else "",
        seen=item.version if item.onward in AT_ONCE else 0,
    )


def _facts(item: DeskLine) -> Iterator[str]:
    yield _(CHANNEL_WORDS[item.channel])
    if item.line.unpaid:
        yield _("fee not paid")
    if item.sent_back:
        yield _("sent back")
    if item.stage_late:
        yield _("stage overdue")
    if item.answer_until:
        yield _("answer by %(moment)s") % {"moment": moment(item.answer_until)}
