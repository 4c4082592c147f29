"""What stands in ``data``: a list of things, one thing, or either as a text of JSON."""

from typing import Any

import msgspec

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.sync.rules.legacy.texts import texts_of

__all__ = ["NoThings", "named_in", "things_in"]


class NoThings(Invalid):
    code = "sync.no-things"
    message = N_("Nothing was taken: put a list of objects, or one object, into data.")


def things_in(data: Any) -> list[Any]:
    """
    Return the things that ``data`` lists; one alone is one, and a text of JSON is read as such.

    :raises NoThings: if it is none of these
    """
    if isinstance(data, str):
        try:
            data = msgspec.json.decode(data)
        except (msgspec.DecodeError, ValueError, RecursionError):
            raise NoThings from None
    if isinstance(data, dict):
        return [data]
    if not isinstance(data, list):
        raise NoThings
    return data


def named_in(data: Any) -> list[str]:
    """
    Return the codes of the things that ``data`` lists, as a look-up names them.

    :raises NoThings: if it lists none, or one without a code that can be read
    """
    things = things_in(data)
    try:
        codes = [texts_of(thing["MaHoSo"]) for thing in things]
    except (TypeError, KeyError, ValueError):
        raise NoThings from None
    if not codes or not all(isinstance(code, str) and code for code in codes):
        raise NoThings
    return codes
