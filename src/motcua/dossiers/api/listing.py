"""A person's dossiers for machines and apps: those kept here and those at other agencies."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Schema
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.answers import json_answer
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import router
from motcua.dossiers.queries.elsewhere import ElsewhereLine
from motcua.dossiers.queries.everywhere import Shown, elsewhere, merged
from motcua.dossiers.queries.lines import DossierLine, Tab, my_dossiers
from motcua.dossiers.rules.lifecycle import NATIONAL_NUMBER

__all__ = ["router"]
# Methods of one address have to stand on one router: filing is on this one, too.

Place = Annotated[str, Field(pattern=r"^[0-9]{0,18}(~-?[0-9]{1,16}~.{1,60})?$")]


class DossierLineOut(Schema):
    """A dossier; one at another agency has no ``id`` here, but ``held_by`` and an ``address``."""

    id: int | None
    code: str
    procedure: str
    title: str
    state: str
    number: int
    due: str
    due_at: datetime | None
    filed_at: datetime
    unpaid: bool
    held_by: str
    address: str


class DossierPageOut(Schema):
    """One page, newest first; ``next`` is the ``before`` of the page after, if there is one."""

    items: list[DossierLineOut]
    next: str | None


@router.get("/dossiers", response={200: DossierPageOut, **PROBLEMS}, summary="My dossiers")
def mine(
    request: HttpRequest,
    before: Place = "",
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
) -> HttpResponse:
    """List the caller's own dossiers, newest first, in keyset pages; each once, wherever it is."""
    by, at = actor_of(request), now()
    here, _, there = before.partition("~")
    ours = my_dossiers(by=by, at=at, before=int(here) if here else None, limit=limit + 1)
    theirs = elsewhere(by=by, at=at, before=there, text="", tab=Tab.ALL, limit=limit + 1)
    shown = merged(ours, theirs, limit=limit, there=there)
    return json_answer(
        {
            "items": [_line(x) for x in shown.lines],
            "next": _next(shown, here) if shown.has_more else None,
        }
    )


def _next(shown: Shown, here: str) -> str:
    """Return the place after these lines: the last of ours, and of those elsewhere."""
    for line in shown.lines:
        if isinstance(line, DossierLine):
            here = str(line.id)
    return f"{here}~{shown.there}" if shown.there else here


_BOTH = "code title state due due_at filed_at".split()


def _line(x: DossierLine | ElsewhereLine) -> dict[str, Any]:
    """Return a ``DossierLineOut``."""
    line = {name: getattr(x, name) for name in _BOTH} | {"number": NATIONAL_NUMBER[x.state]}
    if isinstance(x, ElsewhereLine):
        more = {"held_by": x.agency_name, "address": x.address, "unpaid": False}
        return line | more | {"id": None, "procedure": ""}
    ours = {"id": x.id, "procedure": x.procedure, "unpaid": x.unpaid}
    return line | ours | {"held_by": "", "address": ""}
