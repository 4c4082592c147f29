"""
What a button of a form's page just did: a row added or removed, a list of communes fetched.

Such a press leads back to the page (post, redirect, get), so that loading it again does not press
once more. What it did is told once, on the page that follows: the focus goes to the new row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Self

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.forms.queries.forms import ADD, REMOVE

_KEPT = "dossiers.pressed"
_CHOSEN = "again"
_PROVINCE, _COMMUNE = ".province", ".commune"


@dataclass(frozen=True, slots=True)
class Pressed:
    """The rows that one was added to (``children``) and the row that is gone (``children.2``)."""

    added: str = ""
    removed: str = ""

    @classmethod
    def of(cls, posted: Mapping[str, Sequence[str]]) -> Self:
        """Return what the buttons of a posted page ask."""
        added, removed = ((posted.get(name) or [""])[-1][:200] for name in (ADD, REMOVE))
        return cls(added, removed)

    @classmethod
    def before(cls, request: HttpRequest) -> Self | None:
        """Return what was pressed on this page just before it was loaded, and forget it."""
        kept = request.session.get(_KEPT)
        if not kept or kept.get("path") != request.path:
            return None
        del request.session[_KEPT]
        return cls(kept["added"], kept["removed"])

    def lead_back(self, request: HttpRequest) -> HttpResponse:
        """Lead back to the page that was posted, where it is told what the press did."""
        request.session[_KEPT] = {"path": request.path, **asdict(self)}
        return redirect(request.get_full_path() + _place(request.POST.get(_CHOSEN, "")))


def in_place(request: HttpRequest) -> bool:
    """Tell whether a script asks and puts part of the answer into the page that is open."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return "HX-Request" in request.headers or mode != "navigate"


def _place(chosen: str) -> str:
    """Return where a page goes on whose province was chosen: at its communes."""
    name = chosen.removesuffix(_PROVINCE)
    is_one = name != chosen and name.replace(".", "_").isidentifier() and name.isascii()
    return f"#{name}{_COMMUNE}" if is_one else ""
