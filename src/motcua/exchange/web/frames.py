"""What the pages of the exchange have in common."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.backbone.http.refusals import problems_said, sentence_of
from motcua.exchange.queries.part import Part
from motcua.exchange.web import words
from motcua.kernel.errors import Refusal

Problems = list[dict[str, str]]


def exchange_page(
    request: HttpRequest,
    template: str,
    part: Part,
    facts: dict[str, Any],
    problems: Problems | None = None,
) -> HttpResponse:
    """Draw a page, with what was wrong in the form that was sent, if anything was."""
    wrong = {each["at"]: each["message"] for each in problems or []}
    known = {
        "part": part,
        "words": words,
        "problems": problems or [],
        "wrong": defaultdict(str, wrong),
        "second": timedelta(seconds=1),
        "soon": timedelta(days=60),
        **facts,
    }
    return render(request, f"exchange/{template}.html", known, status=422 if problems else 200)


def problems_in(error: Refusal, *, at: str) -> Problems:
    """Return what a refusal says is wrong, field by field; else its sentence, at a field."""
    return problems_said(error) or [{"at": at, "message": sentence_of(error)}]
