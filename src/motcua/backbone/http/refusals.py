"""Turn refusals into answers, once, for every room: a page, or problem+json (RFC 9457)."""

import json
from collections.abc import Callable
from string import Formatter
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.backbone.formats import dong
from motcua.backbone.http.requests import request_id_of, wants_json
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, Unavailable
from motcua.kernel.text import N_

log = structlog.get_logger("motcua.http")


class StaleVersion(Conflict):
    code = "stale-version"
    message = N_("Somebody changed this since you opened it. Reload it, then decide again.")


class VersionNeeded(Conflict):
    code = "version-needed"
    message = N_("Say which version you are changing: send its ETag in If-Match.")


class NotSignedIn(Forbidden):
    code = "not-signed-in"
    message = N_("Send a token in the Authorization header: Bearer, then the token's secret.")


class TooOften(Unavailable):
    code = "too-often"
    message = N_("You asked too often. Wait {seconds} seconds, then try again.")


class NoRoom(Unavailable):
    code = "no-room"
    message = N_(
        "The portal has no room left, so what you just sent was not kept. Everything you saved "
        "before is still there. Send it again later; the operators have to make room first."
    )


class WrongWay(Refusal):
    code = "method-not-allowed"
    message = N_("This address only takes what a form sends. Open the page that holds the form.")


class TooLarge(Invalid):
    code = "too-large"
    message = N_("What you sent is too large. Send fewer or smaller files at a time.")


class Malformed(Invalid):
    code = "bad-request"
    message = N_("We could not read this request. Go back, reload the page and try again.")


class OurFault(Refusal):
    """A fault in the portal: never raised, only told."""

    code = "fault"
    message = N_("Something broke on our side. It is not your mistake and has been written down.")


class NotTrusted(Forbidden):
    code = "not-trusted"
    message = N_("This message is not signed by somebody we know. Check the key and the clock.")


STATUS: dict[type[Refusal], int] = {
    OurFault: 500,
    TooLarge: 413,
    WrongWay: 405,
    Malformed: 400,
    StaleVersion: 412,
    VersionNeeded: 428,
    TooOften: 429,
    NoRoom: 507,
    NotSignedIn: 401,
    NotTrusted: 401,
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
}


def status_of(error: Refusal) -> int:
    """Return the HTTP status of a refusal: that of its nearest family."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)


class _Sentences(Formatter):
    """Formats facts in a sentence; ``:dong`` writes money as people do."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return dong(value) if format_spec == "dong" else super().format_field(value, format_spec)


_SENTENCES = _Sentences()


def sentence_of(error: Refusal) -> str:
    """
    Return what a refusal says, in the reader's language.

    A fact that stands in its sentence as ``{due:dong}`` is an amount of money.
    """
    sentence = _(error.message)
    try:
        return _SENTENCES.vformat(sentence, (), error.facts)
    except (KeyError, IndexError):
        return sentence


def problems_said(error: Refusal) -> list[dict[str, str]]:
    """Return what a refusal finds wrong, place by place, in the reader's language."""
    found = error.facts.get("problems")
    if not isinstance(found, list):
        return []
    return [{**each, "message": _said(each["message"], error)} for each in found]


def _said(message: str, error: Refusal) -> str:
    """Say a sentence that a refusal brings with it: its own, another key, or one said already."""
    if message == error.message:
        return sentence_of(error)
    return _(message) if message else ""


def problem_of(error: Refusal, request: HttpRequest) -> dict[str, Any]:
    """Return a refusal as a problem document."""
    wrong = problems_said(error)
    return {
        "type": f"urn:motcua:problem:{error.code}",
        "title": sentence_of(error),
        "status": status_of(error),
        "code": error.code,
        "request_id": request_id_of(request),
        **error.facts,
        **({"problems": wrong} if wrong else {}),
    }


def facts_of(error: Refusal, request: HttpRequest) -> dict[str, Any]:
    """Return what the error page needs to say."""
    return {
        "status": status_of(error),
        "sentence": sentence_of(error),
        "code": error.code,
        "problems": problems_said(error),
        "sent": request.method not in {"GET", "HEAD"},
    }


def problem_answer(error: Refusal, request: HttpRequest) -> HttpResponse:
    """Return the answer to a machine."""
    return HttpResponse(
        json.dumps(problem_of(error, request), ensure_ascii=False),
        status=status_of(error),
        content_type="application/problem+json",
    )


def told(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Let a failure page that htmx fetched take the place of the whole content, not of a part."""
    if "HX-Request" in request.headers:
        page["HX-Retarget"] = page["HX-Reselect"] = "main"
        page["HX-Reswap"] = "outerHTML"
    return page


def note_refusal(error: Refusal) -> None:
    """
    Write to the log that somebody was kept from what is not theirs; who, the log's context knows.

    An address that leads nowhere is no such try, nor is a mistake in a form.
    """
    if isinstance(error, NotFound | Forbidden) and type(error) is not NotFound:
        log.warning("refused", code=error.code)


def answer_to(error: Refusal, request: HttpRequest) -> HttpResponse:
    """Return the answer to a refused request, as a page or for a machine."""
    note_refusal(error)
    if wants_json(request):
        answer = problem_answer(error, request)
    else:
        facts = facts_of(error, request)
        answer = told(
            request, render(request, "backbone/error.html", facts, status=facts["status"])
        )
    if isinstance(error, TooOften):
        answer["Retry-After"] = str(error.facts["seconds"])
    return answer


class RefusalMiddleware:
    """Answer an expected refusal with its status and its stable code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != STATUS[WrongWay] or answer.content:
            return answer
        told = answer_to(WrongWay(), request)
        told["Allow"] = answer["Allow"]
        return told

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(error, request) if isinstance(error, Refusal) else None
