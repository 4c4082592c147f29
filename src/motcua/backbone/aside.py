"""Who waits for another's computer holds no place of the web server meanwhile."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar

ASIDE: ContextVar[Callable[[], AbstractContextManager[None]]] = ContextVar(
    "motcua.aside", default=nullcontext
)
"""How one steps aside here; set by the web server for each request."""


def aside() -> AbstractContextManager[None]:
    """
    Give the place of this request back for as long as the block lasts, and take one again after.

    For waiting alone: inside the block the database is not to be asked. Outside a web request, and
    inside a transaction, nothing happens.
    """
    return ASIDE.get()()
