"""The message log: search it, look at one call, take its proof away."""

from datetime import date
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.exchange.operations.showing import NoBodyKept, prove_with_bodies
from motcua.exchange.queries.bodies import bodies_of
from motcua.exchange.queries.breaks import open_breaks
from motcua.exchange.queries.log import STATES, Wanted, entries, entry
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.proving import proof_of
from motcua.exchange.rules.access import may_read_bodies
from motcua.exchange.web.frames import Problems, exchange_page, problems_in
from motcua.exchange.web.words import OUTCOMES
from motcua.kernel.errors import Conflict, Invalid, Refusal


@never_cache
@require_safe
@officials_only()
def listed(request: HttpRequest) -> HttpResponse:
    """Show the newest calls, narrowed by member, service, day and how they ended."""
    actor, wanted = actor_of(request), _wanted(request)
    part = part_of(by=actor)
    found, before = entries(wanted, by=actor)
    kept = {name: request.GET.get(name, "") for name in ("thanh-vien", "dich-vu", "ngay", "xem")}
    said = {name: value for name, value in kept.items() if value}
    facts = {
        "found": found,
        "breaks": open_breaks(by=actor),
        "kept": kept,
        "narrowed": bool(said),
        "outcomes": OUTCOMES,
        "older": f"?{urlencode(said | {'truoc': before})}" if before else None,
        "first": f"?{urlencode(said)}" if wanted.before else None,
    }
    return exchange_page(request, "log", part, facts)


@never_cache
@require_safe
@officials_only()
def shown(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Show what is kept of one call."""
    return _entry(request, id, [])


@never_cache
@require_safe
@officials_only()
def proof(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Give the proof of one call as a file."""
    actor = actor_of(request)
    return _file(f"motcua-{id}", proof_of(id, by=actor, logs=part_of(by=actor).members))


@never_cache
@require_POST
@officials_only()
def bodies(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Give the proof with what was sent and answered, to an auditor who says why."""
    why = request.POST.get("why", "")
    done = attempt(partial(prove_with_bodies, id, why, by=actor_of(request), at=now()))
    if isinstance(done, Invalid | Conflict | NoBodyKept):
        return _entry(request, id, problems_in(done, at="why"))
    if isinstance(done, Refusal):
        raise done
    return _file(f"motcua-{id}-bodies", done)


def _entry(request: HttpRequest, id_: UUID, problems: Problems) -> HttpResponse:
    actor = actor_of(request)
    found = entry(id_, by=actor)
    facts = {
        "shown": found,
        "outcomes": OUTCOMES,
        "held": found.leaf is None and any(b.log == found.entry.log for b in open_breaks(by=actor)),
        "bodies": bodies_of(id_, found.entry.log, at=now()),
        "may_read": may_read_bodies(by=actor),
        "typed": request.POST.get("why", ""),
    }
    return exchange_page(request, "entry", part_of(by=actor), facts, problems)


def _file(name: str, text: bytes) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


def _wanted(request: HttpRequest) -> Wanted:
    given = request.GET
    state = given.get("xem", "")
    return Wanted(
        member=given.get("thanh-vien", "").strip()[:20],
        service=given.get("dich-vu", "").strip()[:40],
        day=_day(given.get("ngay", "")),
        state=state if state in STATES else "",
        before=_id(given.get("truoc", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
