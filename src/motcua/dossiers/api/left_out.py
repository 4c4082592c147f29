"""What was asked to be put on a list or into a run and is not, for machines and apps."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from ninja import Schema

from motcua.dossiers.rules.left_out import WHY_WORDS, LeftOut, Why


class LeftOutOut(Schema):
    """A code that was asked for and left out, why, and what to do about it."""

    code: str
    reason: Why
    message: str


class MadeOut(Schema):
    """The number of what was made; ``left_out`` was asked for and is no part of it."""

    id: int
    left_out: list[LeftOutOut]


def left_out(left: Sequence[LeftOut]) -> list[LeftOutOut]:
    """Return what was left out, told in the caller's language."""
    return [LeftOutOut(code=x.code, reason=x.why, message=_(WHY_WORDS[x.why])) for x in left]
