"""Ask the unit how a dossier stands that was handed on, and keep its results for the applicant."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.operations.calling import call
from motcua.files.operations.keeping import attach, keep_told
from motcua.forwarding.events import HandedBilled, HandedMoved, HandedPaid, HandedResult
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.sending import read_told
from motcua.forwarding.queries.directory import PURPOSE, SERVICE
from motcua.forwarding.rules.answers import (
    BillTold,
    ResultTold,
    Standing,
    newly_owed,
    newly_paid,
)
from motcua.forwarding.rules.asking import AGAIN, next_ask
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Unavailable
from motcua.kernel.events import Event
from motcua.kernel.text import N_
from motcua.sync.queries.elsewhere import last_told

__all__ = [
    "ResultAltered",
    "ask_how_it_stands",
    "bills_in",
    "hear",
    "to_ask",
    "with_news",
]

TIMEOUT = 20.0
BY = Actor.system("forwarding")


class ResultAltered(Unavailable):
    code = "forwarding.result-altered"
    message = N_("A result of {dossier} from {member} has not its digest. It is asked for again.")


def to_ask(*, at: datetime, limit: int = 200) -> tuple[str, ...]:
    """Return the dossiers handed on of which to ask how they stand, by our code."""
    rows = Handed.objects.filter(handing=Handing.TAKEN, ask_at__lte=at)
    return tuple(rows.order_by("ask_at").values_list("code", flat=True)[:limit])


def with_news(*, limit: int = 500) -> tuple[str, ...]:
    """
    Return dossiers handed on of which the unit told a status since it was last asked, by our code.

    Those to be asked next are looked through, so those still open before those that are settled.
    """
    rows = Handed.objects.filter(handing=Handing.TAKEN).order_by("ask_at")
    known = {there: (code, at) for code, there, at in rows.values_list(*_NEWS)[:limit]}
    told = last_told(known) if known else {}
    return tuple(known[there][0] for there, at in told.items() if at > (known[there][1] or _NEVER))


def ask_how_it_stands(code: str, *, at: datetime) -> None:
    """
    Ask the unit how a dossier stands, and fetch results that are new.

    :raises Unavailable: if the unit does not answer: ask again later
    """
    row = Handed.objects.filter(code=code, handing=Handing.TAKEN).first()
    if row is None:
        return
    _put_off(row, at=at)
    hear(row, _asked(row, f"dossiers/{code}", at=at), at=at)


def hear(row: Handed, reply: bytes, *, at: datetime) -> None:
    """
    Keep what the unit answered of how a dossier stands, and fetch results that are new.

    :raises ResultAltered: if a result is not what the unit says it is; nothing of it is kept
    :raises AnswersOddly: if it cannot be read
    :raises Unavailable: if a result cannot be fetched now
    """
    standing = read_told(reply, Standing, member=row.member)
    results = dict(row.results)
    for result in standing.results:
        if result.id not in results:
            results[result.id] = _fetched(row, result, at=at)
    _keep(row.code, standing, msgspec.json.decode(reply), results, at=at)


def _asked(row: Handed, path: str, *, at: datetime) -> bytes:
    asked: dict[str, Any] = {"method": "GET", "purpose": PURPOSE, "at": at, "timeout": TIMEOUT}
    return call(row.member, SERVICE, path, **asked).body


def _fetched(row: Handed, result: ResultTold, *, at: datetime) -> str:
    """
    Return the id under which a result is kept here, once it is what the unit says it is.

    :raises ResultAltered: if it has another digest or length
    """
    content = _asked(row, f"dossiers/{row.code}/results/{result.id}", at=at)
    if len(content) != result.size or hashlib.sha256(content).hexdigest() != result.sha256:
        raise ResultAltered(member=row.member, dossier=row.code)
    return keep_told(content, result.name, owner=row.applicant, by=BY, at=at).id


def _put_off(row: Handed, *, at: datetime) -> None:
    """Ask the next one first, whether this one is answered or not."""
    Handed.objects.filter(pk=row.pk).update(ask_at=at + AGAIN)


@one_transaction
def _keep(
    code: str, standing: Standing, told: dict[str, Any], results: dict[str, str], *, at: datetime
) -> None:
    row = Handed.objects.select_for_update().get(code=code)
    if row.told_at is not None and row.told_at > at:
        return
    new = [result for result in results if result not in row.results]
    attach([results[x] for x in new], to=code, by=Actor(row.applicant)) if new else None
    had_one, results = bool(row.results), results | row.results
    before, earlier = row.number, bills_in(row.told)
    row.number, row.ask_at = standing.number, next_ask(standing, at=at)
    row.told, row.told_at, row.results = told, at, results
    row.agency, row.due_at, row.fee = standing.agency, standing.due_at, standing.fee
    row.save(update_fields=_CHANGED)
    for event in _news(row, standing, before, earlier):
        announce(event, by=BY, at=at)
    for result in new:
        who = {"member": row.member, "applicant": row.applicant}
        came = HandedResult(subject=code, result=result, corrected=had_one, **who)
        announce(came, by=BY, at=at)


def _news(row: Handed, standing: Standing, before: int, earlier: list[BillTold]) -> Iterator[Event]:
    """Yield what its applicant has not heard yet: another state, a bill, that money came."""
    code, owed = row.code, newly_owed(standing.bills, earlier)
    who = {"member": row.member, "applicant": row.applicant}
    if before != row.number:
        yield HandedMoved(
            subject=code,
            before=before,
            number=row.number,
            steps=len(standing.steps),
            billed=bool(owed),
            **who,
        )
    for bill in owed:
        until = bill.expires_at.isoformat()
        yield HandedBilled(subject=code, bill=bill.id, amount=bill.left, until=until, **who)
    for bill in newly_paid(standing.bills, earlier):
        yield HandedPaid(subject=code, bill=bill.id, amount=bill.total, **who)


def bills_in(told: Mapping[str, Any]) -> list[BillTold]:
    """Return the bills that the unit told of."""
    return msgspec.convert(told.get("bills", []), list[BillTold], strict=False)


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NEWS = ("code", "there", "told_at")
_CHANGED = ["number", "told", "told_at", "results", "agency", "due_at", "fee", "ask_at"]
