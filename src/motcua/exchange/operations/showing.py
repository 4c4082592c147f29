"""Show what an exchange carried, as long as it is kept: for a reason, which is written down."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.events import BodiesShown
from motcua.exchange.models import LogEntry
from motcua.exchange.operations.subjects import tell_of_message
from motcua.exchange.queries.bodies import kept_of, opened
from motcua.exchange.queries.entries import entry_of
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.proving import NoSuchEntry, proof_of
from motcua.exchange.rules.access import is_portal, may_read_bodies
from motcua.exchange.rules.evidence import answer_digest, request_digest
from motcua.exchange.rules.proofs import with_bodies
from motcua.exchange.rules.sealing import BodyAltered
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, Invalid, NotFound
from motcua.kernel.text import N_

LONGEST = 200


class OnlyAuditors(Forbidden):
    code = "exchange.only-auditors"
    message = N_("What a message said is shown to auditors of its agency alone. Ask one of them.")


class NoReason(Invalid):
    code = "exchange.no-reason"
    message = N_("Say why you need what was sent: it is written down beside your name.")


class NoBodyKept(NotFound):
    code = "exchange.no-body-kept"
    message = N_(
        "What this exchange carried is not kept here, or not any more. Whoever has it can hold it "
        "against the proof."
    )


@one_transaction
def prove_with_bodies(entry: UUID, why: str, *, by: Actor, at: datetime) -> bytes:
    """
    Return the proof of an exchange with what it carried, as a file that anybody can check.

    It is written down who took it and why; whom it is about reads that too, if known here.

    :param why: the reason, in the actor's words
    :raises NoSuchEntry: if there is none in a log that the actor may read
    :raises OnlyAuditors: for an administrator who is none
    :raises NoReason: if they do not say why
    :raises NoBodyKept: if neither body is kept
    :raises BodyAltered: if what is kept is not what was signed
    :raises BodyKeyMissing: if it is sealed with a key that is none of ours
    :raises NotYetNumbered: if no signed head covers the entry yet
    """
    logs = () if is_portal(by) else part_of(by=by).members
    rows = LogEntry.objects.filter(pk=entry)
    row = (rows if is_portal(by) else rows.of_logs(logs)).first()
    if row is None:
        raise NoSuchEntry
    if not may_read_bodies(by=by):
        raise OnlyAuditors
    if not why.strip():
        raise NoReason(problems=[{"at": "why", "message": NoReason.message}])
    kept = {each.part: opened(each) for each in kept_of(entry, row.log, at=at)}
    if not kept:
        raise NoBodyKept
    bodies = {part: body for part, (body, _) in kept.items()}
    _check_signed(row, bodies)
    proof = with_bodies(proof_of(entry, by=by, logs=logs), **bodies)
    _write_down(row, kept, why.strip()[:LONGEST], by=by, at=at)
    return proof


def _check_signed(row: LogEntry, bodies: Mapping[str, bytes]) -> None:
    known = entry_of(row)
    signed = {"request": request_digest(known), "answer": answer_digest(known)}
    for part, body in bodies.items():
        if hashlib.sha256(body).digest() != signed[part]:
            raise BodyAltered(part=part)


def _write_down(
    row: LogEntry, kept: Mapping[str, tuple[bytes, str]], why: str, *, by: Actor, at: datetime
) -> None:
    shown = BodiesShown(subject=str(row.pk), log=row.log, parts=sorted(kept), why=why)
    announce(shown, by=by, at=at)
    for subject in {about for _, about in kept.values()}:
        tell_of_message(subject, row.provider, why=why, by=by, at=at)
