"""What is shown when a request fails before or outside any room: Django's own failures, ours."""

import errno
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from psycopg.errors import DiskFull

from motcua.backbone.context import frame
from motcua.backbone.http.refusals import (
    Malformed,
    NoRoom,
    OurFault,
    TooLarge,
    answer_to,
    facts_of,
    problem_answer,
    told,
)
from motcua.backbone.http.requests import wants_json
from motcua.kernel.actors import ANONYMOUS
from motcua.kernel.errors import Forbidden, NotFound, Refusal, Unavailable
from motcua.kernel.text import N_

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class FormExpired(Forbidden):
    code = "form-expired"
    message = N_(
        "This form was open for too long, or cookies are switched off. "
        "Go back, reload the page and send it again."
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere."""
    return answer_to(NotFound(), request)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what Django itself forbids."""
    return answer_to(Forbidden(), request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read, or is more than is read."""
    too_much = isinstance(exception, TOO_MUCH)
    return answer_to(TooLarge() if too_much else Malformed(), request)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose token is missing or wrong (``CSRF_FAILURE_VIEW``)."""
    return answer_to(FormExpired(), request)


def told_of(cause: BaseException | None) -> Refusal:
    """Return what a fault is to whoever met it."""
    if is_full(cause):
        return NoRoom()
    return Unavailable() if isinstance(cause, OperationalError | InterfaceError) else OurFault()


def is_full(cause: BaseException | None) -> bool:
    """Tell whether a fault comes from a disk without room: the database's, or this machine's."""
    while cause is not None:
        if isinstance(cause, DiskFull):
            return True
        if isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def server_error(request: HttpRequest) -> HttpResponse:
    """
    Answer a fault without asking anybody anything: no session, no account, no database.

    A full disk (507) and a database that does not answer (503) are told as such, everything else is
    our fault (500).
    """
    error = told_of(sys.exc_info()[1])
    if wants_json(request):
        return problem_answer(error, request)
    known = {**frame(request, ANONYMOUS), **facts_of(error, request), "messages": ()}
    page = render_to_string("backbone/error.html", known)
    return told(request, HttpResponse(page, status=known["status"]))
