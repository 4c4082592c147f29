"""The list a dossier was opened from: where the next one is, and where a step leads."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from motcua.dossiers.queries.desk import neighbours
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.web.desk.asking import Asked, list_named
from motcua.dossiers.web.desk.worklist import choices_of
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dossier stands in the list it was opened from; all empty without a list."""

    query: str = ""
    part: str = ""
    back: str = ""
    before: str = ""
    following: str = ""
    named: bool = False


def place_of(request: HttpRequest, code: str, *, by: Actor, at: datetime) -> Place:
    """Return the addresses of the list, and of the dossiers before and after in it."""
    asked = _list(request)
    if asked is None:
        return Place(back=reverse("dossiers:desk"))
    fields = choices_of(by).fields if asked.wanted.field else {}
    before, following = neighbours(code, asked.wanted, by=by, at=at, fields=fields)
    return Place(
        asked.query(),
        f"?{asked.list_part()}",
        asked.address(),
        _case(before, asked),
        _case(following, asked),
        named=True,
    )


def part_of(request: HttpRequest) -> str:
    """Return what an address of a dossier's pages carries of the list, with its question mark."""
    asked = _list(request)
    return f"?{asked.list_part()}" if asked else ""


def after_step(
    request: HttpRequest, code: str, step: Step | None, *, by: Actor, at: datetime
) -> HttpResponse:
    """
    Lead on after a step: to the next dossier of the list, or back to the list where it was taken.

    Without a list, a dossier just accepted is shown, since more is to be done with it.
    """
    asked = _list(request)
    if asked is None:
        return (
            redirect("dossiers:case", code=code)
            if step is Step.ACCEPT
            else redirect("dossiers:desk")
        )
    if request.POST.get("ve") == "danh-sach":
        return redirect(asked.address())
    fields = choices_of(by).fields if asked.wanted.field else {}
    _before, following = neighbours(code, asked.wanted, by=by, at=at, fields=fields)
    return redirect(_case(following, asked) or asked.address())


def _list(request: HttpRequest) -> Asked | None:
    given: QueryDict = request.POST if request.method == "POST" else request.GET
    return list_named(given)


def _case(code: str | None, asked: Asked) -> str:
    if code is None:
        return ""
    return f"{reverse('dossiers:case', kwargs={'code': code})}?{asked.list_part()}"
