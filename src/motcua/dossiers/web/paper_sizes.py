"""On which paper slips are printed: the office's usual size, or the other one where it is asked."""

from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest

ASKED = "kho"
"""In an address: the size of paper (khổ giấy)."""


class Size(StrEnum):
    """A size of paper: A4, or A5, half of it, as slips are handed out at many desks."""

    A4 = "a4"
    A5 = "a5"


def size_asked(request: HttpRequest) -> Size:
    """Return the size that an address asks for, else the usual one."""
    asked = request.GET.get(ASKED, "").lower()
    return Size(asked) if asked in set(Size) else Size(settings.DOSSIER_PAPER)


def other_size() -> Size:
    """Return the size that is not the usual one, to be offered beside it."""
    return Size.A5 if Size(settings.DOSSIER_PAPER) is Size.A4 else Size.A4
