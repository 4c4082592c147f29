"""Electronic ids of agencies: ``000.00.16.H57`` (Decision 20/2020/QĐ-TTg), or short ``H57.16``."""

import re

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

_SHAPE = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(\.\d{2,3}){0,3}")
_TOP = re.compile(r"[A-Z]\d{2}")


class WrongElectronicId(Invalid):
    code = "wrong-electronic-id"
    message = N_("“{id}” is not an agency's electronic id. Write it like 000.00.16.H57.")


def check_electronic_id(value: str) -> None:
    """
    Check that an id has the shape of Decision 20/2020 or its short form.

    :raises WrongElectronicId: if it has not
    """
    if not _SHAPE.fullmatch(value):
        raise WrongElectronicId(id=value)


def top_of(value: str) -> str:
    """Return the first-level code in an electronic id (``H57``), or nothing if there is none."""
    found = _TOP.search(value)
    return found[0] if found else ""
