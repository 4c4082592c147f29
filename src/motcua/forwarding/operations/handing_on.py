"""Hand what was filed here on to the member that processes it, until it has it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import msgspec

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.operations.calling import CallRefused, call
from motcua.files.queries.kept import content_for_room
from motcua.forwarding.events import DossierHandedOn, HandingOnRefused
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.sending import TIMEOUT, read_told, try_sending
from motcua.forwarding.queries.directory import PURPOSE, SERVICE
from motcua.forwarding.rules.answers import Accepted
from motcua.forwarding.rules.manifest import CONTENT_TYPE, Manifest
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor

__all__ = ["body_of", "hand_on"]

BY = Actor.system("forwarding")


def hand_on(code: str, *, at: datetime) -> Handing:
    """
    Hand a dossier on, if it waits to be; again changes nothing, here or there.

    :raises StillWaiting: if the member could not take it now: try again later
    """
    row = Handed.objects.get(code=code)
    if row.handing != Handing.WAITING:
        return Handing(row.handing)
    try:
        taken = try_sending(row, lambda: _sent(row, at=at), at=at)
    except CallRefused as refused:
        _refused(code, refused.problem, at=at)
        return Handing.REFUSED
    _taken(code, taken, at=at)
    return Handing.TAKEN


def _sent(row: Handed, *, at: datetime) -> Accepted:
    manifest = msgspec.json.decode(row.manifest, type=Manifest)
    with body_of(row.manifest, [file.id for file in manifest.files]) as body:
        reply = call(
            *(row.member, SERVICE, "dossiers"),
            body=body,
            content_type=CONTENT_TYPE,
            purpose=PURPOSE,
            at=at,
            timeout=TIMEOUT,
            subject=manifest.applicant.number,
        )
    return read_told(reply.body, Accepted, member=row.member)


@contextmanager
def body_of(line: str, files: list[str]) -> Iterator[Path]:
    """Have a body on disk: the line, then the files; one of them is in memory at a time."""
    with NamedTemporaryFile(prefix="motcua-handing-on-") as body:
        body.write(line.encode())
        for file in files:
            body.write(content_for_room(file))
        body.flush()
        yield Path(body.name)


@one_transaction
def _taken(code: str, accepted: Accepted, *, at: datetime) -> None:
    row = Handed.objects.select_for_update().get(code=code)
    if row.handing == Handing.TAKEN:
        return
    row.handing, row.there, row.taken_at = Handing.TAKEN, accepted.code, at
    row.number, row.due_at, row.fee = accepted.number, accepted.due_at, accepted.fee
    row.next_at, row.ask_at = None, at
    row.trouble = row.trouble_words = ""
    row.save()
    facts = {"member": row.member, "there": row.there, "applicant": row.applicant}
    announce(DossierHandedOn(subject=code, **facts), by=BY, at=at)


@one_transaction
def _refused(code: str, problem: Mapping[str, Any], *, at: datetime) -> None:
    """Keep what the member says is wrong: the applicant reads it and may file again."""
    row = Handed.objects.select_for_update().get(code=code)
    if row.handing != Handing.WAITING:
        return
    reason = str(problem.get("title_vi") or problem.get("title") or problem.get("code"))
    kept = {"title_vi", "title", "code", "problems", "reason"}
    row.handing, row.next_at = Handing.REFUSED, None
    row.told, row.told_at = {name: problem[name] for name in kept & problem.keys()}, at
    row.save(update_fields=["handing", "next_at", "told", "told_at"])
    facts = {"member": row.member, "applicant": row.applicant, "reason": reason[:1000]}
    announce(HandingOnRefused(subject=code, **facts), by=BY, at=at)
