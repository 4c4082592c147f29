"""How members synchronise, for their administrators and auditors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.sync.operations.quality import ask_to_measure
from motcua.sync.queries.quality import NoScore, members_quality, quality_of
from motcua.sync.queries.streams import may_read_rows, readable_top, refused_rows, streams_of
from motcua.sync.rules.access import READERS
from motcua.sync.rules.words import FOUND, NO_SCORE, REASONS

GOOD, FAIR = 85, 60


@require_safe
@officials_only(*READERS)
@reads_may_lag
def members(request: HttpRequest) -> HttpResponse:
    """Show the members whose streams the reader may look at."""
    found = members_quality(by=actor_of(request))
    rows = [(each, _look(each.score), _why_none(each.no_score)) for each in found]
    return render(request, "sync/members.html", {"rows": rows})


@require_safe
@officials_only(*READERS)
@reads_may_lag
def member(request: HttpRequest, member: str) -> HttpResponse:
    """Show a member's score, what is odd, its streams and the rows that were not taken."""
    by = actor_of(request)
    report = quality_of(member, by=by)
    before = request.GET.get("truoc", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    own = may_read_rows(member, by=by)
    runs = refused_rows(member, by=by, before=number, limit=21) if own else ()
    facts = {
        "report": report,
        "look": _look(report.score),
        "no_score": _why_none(report.no_score),
        "findings": [(each, *FOUND[each.kind]) for each in report.findings],
        "trend": report.trend,
        "streams": streams_of(member, by=by),
        "refused": [(run, REASONS[run.reason.partition(":")[0]]) for run in runs[:20]],
        "next": f"?truoc={runs[19].id}#khong-nhan" if len(runs) > 20 else None,
        "member": member,
        "own": own,
    }
    return render(request, "sync/member.html", facts)


@require_POST
@officials_only(*READERS)
def measure(request: HttpRequest, member: str) -> HttpResponse:
    """Have a member measured now."""
    by = actor_of(request)
    ask_to_measure(readable_top(member, by=by), by=by)
    messages.success(request, _("It is being measured. Reload the page in a minute."))
    return redirect("sync:member", member=member)


def _why_none(no_score: NoScore | None) -> str:
    return NO_SCORE[no_score] if no_score else ""


def _look(score: int | None) -> str | None:
    if score is None:
        return None
    return "ok" if score >= GOOD else "gold" if score >= FAIR else "bad"
