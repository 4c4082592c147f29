"""Which values and papers of a draft or dossier are a registry's, and how that is shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.exchange.queries.proving import Shown as Evidence
from motcua.exchange.queries.proving import shown_to_others
from motcua.kernel.errors import NotFound
from motcua.kernel.exports import rows_of
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.registries.models import Proof
from motcua.registries.rules.facts import Shown, shown_by
from motcua.registries.rules.proofs import digest_of
from motcua.registries.rules.questions import Answer, question_at
from motcua.registries.rules.shapes import read_answer

__all__ = [
    "PAPER",
    "Evidence",
    "PaperProof",
    "ProofTold",
    "Proven",
    "Shown",
    "evidence_of",
    "papers_proven",
    "proofs_to_tell",
    "proofs_under",
    "proven",
]

TAKEN = "subject field fact register member key as_of since entry at"
PAPER = "papers."
"""How the field of a proof begins where it stands for a paper; the paper's id follows."""


class KeptElsewhere(NotFound):
    code = "registries.proof-kept-elsewhere"
    message = N_(
        "The portal where this was filed asked the registry; its log holds the signed evidence. "
        "Ask that portal for it."
    )


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose value it is, and the day it was asked for."""

    register: str
    member: str
    as_of: date


@dataclass(frozen=True, slots=True)
class PaperProof:
    """
    What stands for a paper: whose answer, of which day, asked for when, and what it says.

    ``fact`` is what was asked for, ``since`` the day from which the record holds, ``entry`` the
    call in our message log. ``changed_at`` is when the register told that something about the
    person has changed since.
    """

    id: UUID
    fact: str
    register: str
    member: str
    as_of: date
    since: date
    at: datetime
    entry: str
    shown: Shown
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProofTold:
    """
    A proof as one portal tells another: as it is kept, ``digest`` in hex.

    ``entry`` names the call in the message log of the portal that asked, which can prove it.
    """

    field: str
    fact: str
    register: str
    path: str
    member: str
    key: str
    as_of: date
    since: date
    entry: str
    digest: str
    answer: str


@for_rooms
def proven(subject: str, answers: Mapping[str, Any]) -> dict[str, Proven]:
    """Return the fields that still say what a registry told, with whose it is (one statement)."""
    rows = Proof.objects.filter(subject=subject)
    return {
        row.field: Proven(row.register, row.member, row.as_of)
        for row in rows
        if row.field in answers and bytes(row.digest) == digest_of(answers[row.field])
    }


@for_rooms
def papers_proven(
    subject: str, *, newer_than: datetime | None = None
) -> dict[str, tuple[PaperProof, ...]]:
    """
    Return what stands for papers, by the paper's id (one statement).

    :param newer_than: leave out what was asked for before, or has changed since; a dossier keeps
        what it was filed with
    """
    rows = Proof.objects.filter(subject=subject, field__startswith=PAPER)
    if newer_than is not None:
        rows = rows.filter(at__gte=newer_than, changed_at=None)
    found: dict[str, tuple[PaperProof, ...]] = {}
    for row in rows.order_by("field", "fact"):
        paper = row.field.removeprefix(PAPER)
        found[paper] = (*found.get(paper, ()), _proof(row))
    return found


@for_rooms
def evidence_of(proof: UUID) -> Evidence:
    """
    Return what shows others that the registry's owner answered so; the caller knows who may see it.

    :raises NotYetNumbered: if no signed head of the log covers it yet
    :raises KeptElsewhere: if another portal asked, and told us
    """
    row = Proof.objects.get(pk=proof)
    if row.entry is None:
        raise KeptElsewhere
    assert row.answer is not None
    return shown_to_others(row.entry, bytes(row.answer))


@for_rooms
def proofs_to_tell(
    subject: str, answers: Mapping[str, Any], papers: Collection[str]
) -> tuple[ProofTold, ...]:
    """Return what another portal is told of a filing's values and papers; one statement."""
    rows = Proof.objects.filter(subject=subject).order_by("field", "fact")
    stand = {PAPER + paper for paper in papers}
    return tuple(
        ProofTold(
            **{name: getattr(row, name) for name in _TOLD},
            entry=str(row.entry or ""),
            digest=bytes(row.digest).hex(),
            answer=bytes(row.answer or b"").decode(),
        )
        for row in rows
        if row.field in stand
        or (row.field in answers and bytes(row.digest) == digest_of(answers[row.field]))
    )


_TOLD = ("field", "fact", "register", "path", "member", "key", "as_of", "since")


@for_rooms
def proofs_under(subjects: Collection[str]) -> tuple[dict[str, object], ...]:
    """Return all proofs of drafts and dossiers as rows, answers included; the caller's own ones."""
    rows = Proof.objects.filter(subject__in=subjects).order_by("subject", "field", "fact")
    return tuple(
        {**rows_of([row], TAKEN)[0], "answer": bytes(row.answer or b"").decode()} for row in rows
    )


def _proof(row: Proof) -> PaperProof:
    kind = question_at(row.register, row.path)
    assert kind is not None
    assert row.answer is not None
    told = read_answer(kind, bytes(row.answer))
    shown = shown_by(row.fact, told.value, on=row.as_of) if isinstance(told, Answer) else None
    return PaperProof(
        row.pk,
        row.fact,
        row.register,
        row.member,
        row.as_of,
        row.since,
        row.at,
        str(row.entry),
        shown or Shown(row.key),
        row.changed_at,
    )
