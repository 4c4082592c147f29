"""An operation a page may try: its refusal is something to show, not a crash."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from motcua.backbone.http.refusals import note_refusal
from motcua.kernel.errors import Refusal

T = TypeVar("T")


def apart(operation: Callable[[], T]) -> T:
    """Return what an operation gives; where it is refused, it is undone by itself alone."""
    with transaction.atomic():
        return operation()


def attempt(operation: Callable[[], T]) -> T | Refusal:
    """Return what an operation gives, or its refusal; when refused, nothing was done."""
    try:
        return apart(operation)
    except Refusal as refusal:
        note_refusal(refusal)
        return refusal
