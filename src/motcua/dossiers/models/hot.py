"""
Dossiers read and written on the hot paths, by statements whose text is built once.

File, take a step, read one: the same rows as the models' own, without building SQL each time.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from motcua.backbone.statements import Along, Insert, Select, Update
from motcua.dossiers.models.dossier import Dossier, Transition
from motcua.kernel.actors import Actor

_VISIBLE = "(dossiers_dossier.applicant = %s OR agent = %s OR dossiers_dossier.agency = %s)"
_HISTORY = (
    "(SELECT json_agg(json_build_array(step, before, state, stage, by, by_name, reason, details, "
    "at, agency, due_at, counted_late) ORDER BY id)::text FROM dossiers_transition "
    "WHERE dossier_id = dossiers_dossier.id)"
)
_RATING = (
    "(SELECT json_build_array(score, comment, answers)::text FROM dossiers_rating "
    "WHERE dossier_id = dossiers_dossier.id)"
)
_decode = msgspec.json.decode
_any_locked = Select(Dossier, "WHERE code = %s FOR UPDATE")
_visible_locked = Select(Dossier, f"WHERE code = %s AND {_VISIBLE} FOR UPDATE")
_whole = Select(Dossier, f"WHERE code = %s AND {_VISIBLE}", also=(_HISTORY, _RATING))

_new_step = Insert(Transition)
write_opened = Along(Insert(Dossier), _new_step, reference="dossier")
"""Writes a new dossier and its first step: one statement for both."""

HANDED_IN = ("answers", "papers", "sought")
"""What only an answer to a request for supplement changes."""


def writer_of(fields: Iterable[str]) -> Along[Dossier, Transition]:
    """Return what writes some fields of a dossier and the step that changed them, at once."""
    return Along(Update(Dossier, fields), _new_step, reference="dossier")


def locked_row(code: str, actor: Actor) -> Dossier | None:
    """Return a dossier as ``visible_to`` shows it, or any to the portal itself, held locked."""
    if actor.id.startswith("system:"):
        return _any_locked.first(code)
    return _visible_locked.first(code, *_scope(actor))


def whole(code: str, actor: Actor) -> tuple[Dossier, list[list[Any]], list[Any] | None] | None:
    """
    Return a dossier as ``visible_to`` shows it, its steps in order and its rating (one statement).

    A step is step, before, state, stage, by, by_name, reason, details, at, agency, due_at and
    counted_late, moments in ISO 8601; a rating is score, comment and answers.
    """
    found = _whole.first_with(code, *_scope(actor))
    if found is None:
        return None
    row, (history, rating) = found
    return row, _decode(history or "[]"), None if rating is None else _decode(rating)


def _scope(actor: Actor) -> tuple[str | None, str | None, str | None]:
    """Return the values of ``_VISIBLE``; NULL is nobody and nowhere."""
    if not actor.id:
        return None, None, None
    return actor.id, actor.id, actor.agency or None
