"""File at the counter in one go, where another program led the clerk through the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.counter import (
    AuthoritySeen,
    Finished,
    NotAtCounter,
    Present,
    Way,
    begin_counter,
    file_counter,
    file_counter_linked,
)
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.operations.filing import Filed
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import pack_for

__all__ = [
    "AuthoritySeen",
    "Filled",
    "Finished",
    "Present",
    "Way",
    "file_at_counter",
    "file_linked_at_counter",
]


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it was filled, and the files under each paper, kept before by the clerk."""

    answers: Mapping[str, Any]
    papers: Mapping[str, list[str]]
    finished: Finished


@one_transaction
def file_at_counter(
    procedure: str,
    present: Present,
    way: Way,
    filled: Filled,
    *,
    behalf: AuthoritySeen | None = None,
    by: Actor,
    at: datetime,
) -> Filed:
    """
    Begin, fill and file a dossier for who stands there: the steps of the pages in one.

    :raises NotAtCounter: if the procedure is not taken that way, or opens several dossiers
    :raises NoSuchPaper: and the like, as `attach` does
    :raises Refusal: as `begin_counter` and `file_counter` do
    """
    _check_opens(procedure, several=False, at=at)
    draft = _filled(procedure, present, way, filled, behalf=behalf, by=by, at=at)
    return file_counter(draft, filled.finished, by=by, at=at)


@one_transaction
def file_linked_at_counter(
    procedure: str,
    present: Present,
    way: Way,
    filled: Filled,
    *,
    behalf: AuthoritySeen | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """
    Begin, fill and file a linked pack for who stands there; return the code of the whole.

    :raises NotAtCounter: if the procedure is not taken that way, or opens only one dossier
    :raises NoSuchPaper: and the like, as `attach` does
    :raises Refusal: as `begin_counter` and `file_counter_linked` do
    """
    _check_opens(procedure, several=True, at=at)
    draft = _filled(procedure, present, way, filled, behalf=behalf, by=by, at=at)
    return file_counter_linked(draft, filled.finished, by=by, at=at)


def _check_opens(procedure: str, *, several: bool, at: datetime) -> None:
    definition = pack_for(procedure, on=localtime(at).date())
    if definition is not None and bool(definition.parts) is not several:
        raise NotAtCounter


def _filled(
    procedure: str,
    present: Present,
    way: Way,
    filled: Filled,
    *,
    behalf: AuthoritySeen | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Return a draft begun for who stands there, with the answers and papers."""
    draft = begin_counter(procedure, present, way, behalf=behalf, by=by, at=at)
    save_answers(draft, filled.answers, by=by, at=at)
    for paper, files in filled.papers.items():
        for file in files:
            attach(draft, paper, file, by=by, at=at)
    return draft
