"""Which values of a draft or dossier are a registry's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.scope import for_rooms
from motcua.registries.models import Proof
from motcua.registries.rules.proofs import digest_of


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose value it is, and the day it was asked for."""

    register: str
    member: str
    as_of: date


@for_rooms
def proven(subject: str, answers: Mapping[str, Any]) -> dict[str, Proven]:
    """Return the fields that still say what a registry told, with whose it is (one statement)."""
    rows = Proof.objects.filter(subject=subject)
    return {
        row.field: Proven(row.register, row.member, row.as_of)
        for row in rows
        if row.field in answers and bytes(row.digest) == digest_of(answers[row.field])
    }
