"""Whose the registers are, and which of them an official may look into."""

from django.conf import settings

from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.registrar.rules.access import READERS, is_of
from motcua.registrar.rules.registers import BOOKS, BY_SLUG, Book
from motcua.registries.queries.answers import Register

__all__ = ["BOOKS", "Book", "NoSuchRegister", "book_at", "books_of_mine", "owner_of"]


class NoSuchRegister(NotFound):
    code = "registrar.no-such-register"
    message = N_("No such register is kept here. Choose one from the list.")


@for_rooms
def owner_of(register: Register | str) -> str:
    """
    Return the member whose register this is.

    :raises NoSuchRegister: if it is not kept here
    """
    try:
        return settings.REGISTERS[str(register)]
    except KeyError:
        raise NoSuchRegister from None


def books_of_mine(*, by: Actor) -> tuple[Book, ...]:
    """Return the registers an official may look into."""
    return tuple(
        book
        for book in BOOKS.values()
        if (owner := settings.REGISTERS.get(book.register)) and is_of(owner, by, *READERS)
    )


def book_at(slug: str, *, by: Actor) -> Book:
    """
    Return a register by its part of an address.

    :raises NoSuchRegister: if there is none that the actor may look into
    """
    book = BY_SLUG.get(slug)
    if book is None or book not in books_of_mine(by=by):
        raise NoSuchRegister
    return book
