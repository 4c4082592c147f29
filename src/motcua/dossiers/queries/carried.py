"""What a new version of a pack means for a draft begun under an older one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from motcua.dossiers.queries.drafts import DraftView
from motcua.forms.queries.forms import Words, seen
from motcua.kernel.money import Dong
from motcua.kernel.scope import for_rooms
from motcua.kernel.worktime import Limit
from motcua.packs.queries.packs import (
    Channel,
    Pack,
    fees_for,
    limit_for,
    pack,
    papers_for,
    total_of,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What changed for these answers: questions, papers, money and time, before and now."""

    since: datetime
    asked_anew: tuple[Words, ...]
    asked_no_more: tuple[Words, ...]
    papers_anew: tuple[Words, ...]
    papers_no_more: tuple[Words, ...]
    fee: tuple[Dong, Dong]
    limit: tuple[Limit, Limit] | None

    @property
    def nothing(self) -> bool:
        """Tell whether the owner of the draft need not do anything."""
        fee, limit = self.fee, self.limit
        lists = (self.asked_anew, self.asked_no_more, self.papers_anew, self.papers_no_more)
        same = fee[0] == fee[1] and (limit is None or limit[0] == limit[1])
        return same and not any(lists)


@for_rooms
def carried(draft: DraftView, *, at: datetime) -> Carried | None:
    """Return what changed since a draft was begun, or None where nothing has to be told."""
    if not draft.carried_from:
        return None
    before, now, on = pack(draft.carried_from), pack(draft.pack), localtime(at).date()
    old_fields = {f.id: f.label for f in before.form.fields}
    new_fields = {f.id: f.label for f in now.form.fields}
    answered = set(seen(before.form, draft.answers, on=on))
    old_papers = {a.paper.id: a.paper.name for a in papers_for(before, draft.answers, on=on)}
    new_papers = {a.paper.id: a.paper.name for a in papers_for(now, draft.answers, on=on)}
    return Carried(
        since=draft.updated_at,
        asked_anew=_left(new_fields, old_fields),
        asked_no_more=tuple(w for i, w in old_fields.items() if i in answered - set(new_fields)),
        papers_anew=_left(new_papers, old_papers),
        papers_no_more=_left(old_papers, new_papers),
        fee=(_fee(before, draft, at=at), _fee(now, draft, at=at)),
        limit=_limits(before, now, draft, at=at),
    )


def _left(these: dict[str, Words], without: dict[str, Words]) -> tuple[Words, ...]:
    return tuple(words for name, words in these.items() if name not in without)


def _fee(definition: Pack, draft: DraftView, *, at: datetime) -> Dong:
    on = localtime(at).date()
    return total_of(fees_for(definition, draft.answers, channel=Channel.ONLINE, on=on))


def _limits(
    before: Pack, now: Pack, draft: DraftView, *, at: datetime
) -> tuple[Limit, Limit] | None:
    if not (before.limits and now.limits):
        return None
    on = localtime(at).date()
    return (
        limit_for(before, Channel.ONLINE, draft.answers, on=on),
        limit_for(now, Channel.ONLINE, draft.answers, on=on),
    )
