"""An operator's pages about jobs that failed, stand still or wait for another try."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.operators import operators_only
from motcua.backbone.http.refusals import sentence_of
from motcua.kernel.errors import Conflict, NotFound
from motcua.portal.operations.undone import (
    JobReasonNeeded,
    give_up_job,
    retry_all,
    retry_job,
)
from motcua.portal.queries.undone import Standing, job_page, undone, work_seen
from motcua.portal.rules.job_words import in_words

KINDS = {"hong": Standing.FAILED, "cho": Standing.RETRYING, "dung": Standing.STALLED}
LONGEST_WORD = 80


@require_safe
@operators_only
def listed(request: HttpRequest) -> HttpResponse:
    """Show the jobs of one kind: failed, waiting for another try, or left by a dead worker."""
    by, at = actor_of(request), now()
    asked = request.GET.get("loai", "")
    kind = asked if asked in KINDS else "hong"
    task = request.GET.get("viec", "")[:LONGEST_WORD]
    about = request.GET.get("ve", "").strip()[:LONGEST_WORD]
    before = _number(request.GET.get("truoc", ""))
    found = undone(KINDS[kind], by=by, at=at, task=task, about=about, before=before)
    chosen = {"loai": kind, "viec": task, "ve": about}
    work = work_seen(by=by, at=at)
    facts = {
        "kind": kind,
        "work": work,
        "tasks": [(each.task, _(in_words(each.task))) for each in work.tasks],
        "seconds": _seconds,
        "page": found,
        "task": task,
        "about": about,
        "first": before is None,
        "start": "?" + _query(chosen),
        "older": "?" + _query(chosen | {"truoc": str(found.before or "")}),
        "in_words": in_words,
    }
    return render(request, "portal/jobs.html", facts)


@require_safe
@operators_only
def shown(request: HttpRequest, job: int) -> HttpResponse:
    """Show one job: what it was about, what went wrong, and what can be done about it."""
    return _job(request, job)


@require_http_methods(["POST"])
@operators_only
def retry(request: HttpRequest, job: int) -> HttpResponse:
    """Have one job done again."""
    reason = request.POST.get("reason", "")
    try:
        retry_job(job, reason=reason, by=actor_of(request), at=now())
    except (Conflict, NotFound) as refusal:
        messages.warning(request, sentence_of(refusal))
    else:
        messages.success(request, _("Job {job} is done again now.").format(job=job))
    return redirect("portal:jobs")


@require_http_methods(["POST"])
@operators_only
def retry_of_task(request: HttpRequest) -> HttpResponse:
    """Have all failed jobs of one task done again."""
    task = request.POST.get("task", "")[:LONGEST_WORD]
    count = retry_all(task, by=actor_of(request), at=now())
    told = ngettext("{count} job is done again now.", "{count} jobs are done again now.", count)
    messages.success(request, told.format(count=count))
    return redirect("portal:jobs")


@require_http_methods(["POST"])
@operators_only
def give_up(request: HttpRequest, job: int) -> HttpResponse:
    """Never do one job, for a reason."""
    reason = request.POST.get("reason", "")
    try:
        give_up_job(job, reason=reason, by=actor_of(request), at=now())
    except JobReasonNeeded as refusal:
        problems = [{"at": "reason", "message": sentence_of(refusal)}]
        return _job(request, job, problems=problems, reason=reason, status=422)
    except (Conflict, NotFound) as refusal:
        messages.warning(request, sentence_of(refusal))
    else:
        told = _("Job {job} is given up. The journal keeps who did it and why.")
        messages.success(request, told.format(job=job))
    return redirect("portal:jobs")


def _job(
    request: HttpRequest,
    number: int,
    *,
    problems: list[dict[str, str]] | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    facts: dict[str, Any] = {
        "job": job_page(number, by=actor_of(request), at=now()),
        "problems": problems or [],
        "reason": reason,
        "in_words": in_words,
    }
    return render(request, "portal/job.html", facts, status=status)


def _seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _query(chosen: dict[str, str]) -> str:
    return urlencode({name: value for name, value in chosen.items() if value})
