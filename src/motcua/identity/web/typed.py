"""What people typed and what is wrong with it, shown again."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.backbone.http.refusals import problems_said, sentence_of
from motcua.kernel.errors import Refusal

Problems = list[dict[str, str]]


def problems_in(error: Refusal) -> Problems:
    """Return what a refusal found wrong, in the reader's language."""
    return problems_said(error) or [{"at": "", "message": sentence_of(error)}]


def show(
    request: HttpRequest,
    template: str,
    *,
    typed: dict[str, Any] | None = None,
    problems: Iterable[dict[str, str]] = (),
    **more: Any,
) -> HttpResponse:
    """Show a form with what was typed; the status is 422 when something has to be corrected."""
    listed = list(problems)
    facts = {
        "typed": defaultdict(str, typed or {}),
        "problems": listed,
        "wrong": defaultdict(str, {p["at"]: p["message"] for p in reversed(listed)}),
        **more,
    }
    return render(request, f"identity/{template}.html", facts, status=422 if listed else 200)


def typed_in(request: HttpRequest, *fields: str) -> dict[str, str]:
    """Return the posted text of ``fields``, empty where there is none."""
    return {field: request.POST.get(field, "") for field in fields}


def date_in(request: HttpRequest, field: str) -> tuple[dict[str, str], date | None]:
    """Return the three boxes of a date as typed, and the day they mean, if they mean one."""
    boxes = {part: request.POST.get(f"{field}-{part}", "").strip() for part in _PARTS}
    try:
        return boxes, date(*(int(boxes[part]) for part in reversed(_PARTS)))
    except (ValueError, OverflowError):
        return boxes, None


def back_in(request: HttpRequest) -> str:
    """Return where the reader was going, if that is a page of this portal; otherwise nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") and wanted != request.path else ""


_PARTS = ("day", "month", "year")
