"""The lines of the worklist, in words: its page only puts them down."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from motcua.backbone.formats import moment
from motcua.dossiers.queries.desk import DeskLine
from motcua.dossiers.rules.words import CHANNEL_WORDS, STATE_WORDS
from motcua.dossiers.web.desk.actions import AT_ONCE, SLUGS
from motcua.dossiers.web.desk.asking import desk_address
from motcua.dossiers.web.due import Badge, due_badge
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_

ME, NOBODY_YET = N_("Me"), N_("Nobody yet")
FEE_NOT_PAID, SENT_BACK = N_("fee not paid"), N_("sent back")
STAGE_OVERDUE, STAGE_BY = N_("stage overdue"), N_("stage over by %(moment)s")
ANSWER_BY = N_("answer by %(moment)s")


class Row(NamedTuple):
    """
    A line of the worklist, in words, in the order its page takes it apart; ``case`` is its address.

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
    words, absent = _Words(), {each.id: each.name for each in by.stands_in_for}
    return [_row(item, words, absent, by=by, at=at) for item in items]


class _Words(dict[str, str]):
    """Words in the reader's language, each looked up once for a page."""

    def __missing__(self, words: str) -> str:
        said = self[words] = _(words)
        return said


def _row(
    item: DeskLine, words: _Words, absent: Mapping[str, str], *, by: Actor, at: datetime
) -> Row:
    line = item.line
    return Row(
        code=line.code,
        case=f"{desk_address()}{line.code}/",
        title=line.title,
        name=line.applicant_name,
        badge=due_badge(line.due, line.due_at, line.state, at=at),
        state=words[STATE_WORDS[line.state]],
        facts=" · ".join(_facts(item, words)),
        holder=_in_hand(item, words, absent, by=by),
        onward=SLUGS[item.onward] if item.onward else "",
        back=SLUGS[item.back] if item.back else "",
        seen=item.version if item.onward in AT_ONCE else 0,
    )


def _in_hand(item: DeskLine, words: _Words, absent: Mapping[str, str], *, by: Actor) -> str:
    """Return who has a dossier in hand, and in whose place where the reader stands in for them."""
    if item.holder == by.id:
        return words[ME]
    if absent:
        lent = "" if item.holder else by.instead_of("", item.stage_role)
        if name := absent.get(item.holder, lent):
            mine = words[ME if item.holder else NOBODY_YET]
            return _("%(who)s (in place of %(name)s)") % {"who": mine, "name": name}
    return item.holder_name or words[NOBODY_YET]


def _facts(item: DeskLine, words: _Words) -> Iterator[str]:
    yield words[CHANNEL_WORDS[item.channel]]
    if item.line.unpaid:
        yield words[FEE_NOT_PAID]
    if item.sent_back:
        yield words[SENT_BACK]
    if item.stage_late:
        yield words[STAGE_OVERDUE]
    if item.stage_until:
        yield words[STAGE_BY] % {"moment": moment(item.stage_until)}
    if item.answer_until:
        yield words[ANSWER_BY] % {"moment": moment(item.answer_until)}
