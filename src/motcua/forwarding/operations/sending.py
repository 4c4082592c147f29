"""Try to send something to a unit, and write down what became of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F

from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.transactions import one_transaction
from motcua.exchange.operations.calling import CallRefused
from motcua.forwarding.models import Given, Handed, Supplement
from motcua.forwarding.rules.states import Handing
from motcua.kernel.errors import Refusal, Unavailable
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_

__all__ = [
    "FINAL",
    "TIMEOUT",
    "AnswersOddly",
    "StillWaiting",
    "read_told",
    "send_about",
    "try_sending",
]

TIMEOUT = 60.0
FINAL = ("dossiers.", "files.", "identity.")
"""Beginnings of the codes by which a member says that it will never take this as it is."""


class StillWaiting(Unavailable):
    code = "forwarding.still-waiting"
    message = N_("{member} does not have {dossier} yet: {why} It is tried again by itself.")


class AnswersOddly(Unavailable):
    code = "forwarding.answers-oddly"
    message = N_(
        "{member} answered something that cannot be read. Nothing of it is used; it is asked again."
    )


Answer = TypeVar("Answer")


def read_told(reply: bytes, kind: type[Answer], *, member: str) -> Answer:
    """
    Return what a member answered.

    :raises AnswersOddly: if it is not of that shape
    """
    try:
        return read_json(reply, kind)
    except NotReadable as problem:
        raise AnswersOddly(member=member) from problem


def try_sending(
    row: Handed | Supplement | Given,
    send: Callable[[], Answer],
    *,
    final: tuple[str, ...] = FINAL,
    at: datetime,
) -> Answer:
    """
    Count a try, send, and return the answer; where it waits on, write down why.

    :param final: beginnings of the codes by which it is refused for good
    :raises StillWaiting: if the member could not take it now: try again later
    :raises CallRefused: if it never will
    """
    _count(row, at=at)
    try:
        return send()
    except CallRefused as refused:
        if str(refused.problem.get("code", "")).startswith(final):
            raise
        raise _noted(row, refused, at=at) from refused
    except Refusal as trouble:
        raise _noted(row, trouble, at=at) from trouble


def send_about(
    row: Supplement | Given,
    send: Callable[[], object],
    *,
    final: tuple[str, ...] = FINAL,
    at: datetime,
) -> Handing:
    """
    Send what is about a dossier that the unit has, if it waits to be; again changes nothing here.

    :raises StillWaiting: if the member could not take it now: try again later
    """
    if row.handing != Handing.WAITING:
        return Handing(row.handing)
    try:
        try_sending(row, send, final=final, at=at)
    except CallRefused as refused:
        return _settle(row, Handing.REFUSED, refused.problem, at=at)
    return _settle(row, Handing.TAKEN, {}, at=at)


@one_transaction
def _count(row: Handed | Supplement | Given, *, at: datetime) -> None:
    _waiting(row).update(tries=F("tries") + 1, next_at=at)


@one_transaction
def _noted(row: Handed | Supplement | Given, trouble: Refusal, *, at: datetime) -> StillWaiting:
    """Write down why it waits on, for those who look after the portal."""
    code = trouble.code
    if isinstance(trouble, CallRefused):
        code = str(trouble.problem.get("code", "")) or trouble.code
    words = sentence_of(trouble)
    _waiting(row).update(trouble=code[:60], trouble_words=words[:500], trouble_at=at)
    dossier = row if isinstance(row, Handed) else row.handed
    return StillWaiting(member=dossier.member, dossier=dossier.code, why=words)


@one_transaction
def _settle(
    row: Supplement | Given, to: Handing, problem: Mapping[str, Any], *, at: datetime
) -> Handing:
    """Note what became of it, and ask at once how the dossier stands now."""
    kept = {"title_vi", "title", "code", "problems"} & problem.keys()
    told = {name: problem[name] for name in kept}
    said: dict[str, Any] = {"told": told, "settled_at": at, "trouble": "", "trouble_words": ""}
    type(row).objects.filter(pk=row.pk).update(handing=to, **said)
    Handed.objects.filter(pk=row.handed_id).update(ask_at=at)
    return to


def _waiting(row: Handed | Supplement | Given) -> Any:
    return type(row).objects.filter(pk=row.pk, handing=Handing.WAITING)
