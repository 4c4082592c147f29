"""Proofs for others, of what stands in a log of ours."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.models import Certificate, LogEntry
from motcua.exchange.queries.breaks import held_against_outside
from motcua.exchange.queries.entries import entry_of
from motcua.exchange.queries.heads import last_head
from motcua.exchange.queries.tree import inclusion
from motcua.exchange.rules.access import is_portal
from motcua.exchange.rules.entries import text_of
from motcua.exchange.rules.proofs import check_proof, make_proof
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_


class NoSuchEntry(NotFound):
    code = "exchange.no-such-entry"
    message = N_("There is no such entry in the message log of your agency. Check its id.")


class NotYetNumbered(Conflict):
    code = "exchange.not-yet-numbered"
    message = N_("This entry has no number in the log yet. Wait some seconds, then ask again.")


class LogHeld(NotYetNumbered):
    code = "exchange.log-held"
    message = N_(
        "The message log contradicts what was signed before, so no new head is signed over it. "
        "This entry is kept, and gets its number once an administrator has decided."
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What shows others that a member answered so: the file of the proof, and the body it is held to.

    ``faults`` say what does not hold, checked now; ``leaf`` is the entry's number in our log.
    """

    document: bytes
    answer: bytes
    provider: str
    at: datetime
    leaf: int
    faults: tuple[str, ...]


@for_rooms
def shown_to_others(entry: UUID, answer: bytes) -> Shown:
    """
    Return the proof of a call of ours with the answer's body, checked as anybody would check it.

    The caller knows who may see the body.

    :raises NoSuchEntry: if there is none
    :raises NotYetNumbered: if no signed head covers it yet
    :raises LogHeld: if none is signed until somebody decides
    """
    document = proof_of(entry, by=Actor.system("exchange"))
    found = check_proof(document, anchors=anchors(), answer=answer)
    at = found.entry.answered_at or found.entry.at
    return Shown(document, answer, found.entry.provider, at, found.leaf, found.faults)


def proof_of(entry: UUID, *, by: Actor, logs: tuple[str, ...] = ()) -> bytes:
    """
    Return the proof of an entry as a file that anybody can check.

    :param logs: the members whose logs the actor may read
    :raises NoSuchEntry: if there is none that the actor may see
    :raises NotYetNumbered: if no signed head covers it yet
    :raises LogHeld: if none is signed until somebody decides
    """
    rows = LogEntry.objects.filter(pk=entry)
    row = (rows if is_portal(by) else rows.of_logs(logs)).first()
    if row is None:
        raise NoSuchEntry
    head = last_head(row.log)
    if row.leaf is None or head is None or head.head.size <= row.leaf:
        raise LogHeld if held_against_outside(row.log).contradicted else NotYetNumbered
    path = inclusion(row.log, row.leaf, head.head.size)
    kids = {row.asked_key, row.answered_key, head.key} - {""}
    certificates = Certificate.objects.filter(pk__in=kids).values_list("pem", flat=True)
    return make_proof(text_of(entry_of(row)), row.leaf, head, path, certificates)
