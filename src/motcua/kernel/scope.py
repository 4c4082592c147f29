"""Marks for the few questions that need not know who asks; everything else takes ``by``."""

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def public(question: F) -> F:
    """Mark a question whose answer anyone may know."""
    return question


def for_rooms(question: F) -> F:
    """Mark a question that only rooms above ask, for work of their own; never for a page."""
    return question
