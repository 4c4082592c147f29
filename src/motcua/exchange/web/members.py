"""Members: who takes part, one with its keys, and what is decided about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.exchange.operations.members import (
    AlreadyMember,
    NewMember,
    NoReason,
    WrongMember,
    change_member,
    invite_member,
    move_member,
)
from motcua.exchange.queries.members import member, members_listed
from motcua.exchange.queries.part import Part, part_of
from motcua.exchange.queries.refusals import MOST, REASON_OF, Refused, refused_calls
from motcua.exchange.queries.revocations import (
    TROUBLES,
    authorities_without_list,
    lists_known,
)
from motcua.exchange.queries.services import services
from motcua.exchange.queries.statuses import statuses_known
from motcua.exchange.queries.trust import anchors_listed, keys_of
from motcua.exchange.rules.access import NotTheOperator
from motcua.exchange.rules.states import MEMBERSHIP, MemberState
from motcua.exchange.web.frames import Problems, exchange_page, problems_in

FACTS = ("id", "title", "title_en", "agency", "address")


@never_cache
@require_safe
@officials_only()
def listed(request: HttpRequest) -> HttpResponse:
    """Show who takes part, and whom the exchange believes."""
    at = now()
    by = actor_of(request)
    facts = {
        "members": members_listed(at=at),
        "anchors": anchors_listed(),
        "at": at,
        "lists": (*lists_known(by=by), *statuses_known(by=by)),
        "without": authorities_without_list(by=by),
        "troubles": TROUBLES,
        **_refused(refused_calls(by=by, at=at)),
    }
    return exchange_page(request, "members", part_of(by=by), facts)


@never_cache
@officials_only()
def invite(request: HttpRequest) -> HttpResponse:
    """Let an agency join."""
    part = _running(request)
    if request.method != "POST":
        return _form(request, part, dict.fromkeys(FACTS, ""), [])
    typed = {name: request.POST.get(name, "").strip() for name in FACTS}
    try:
        made = invite_member(NewMember(**typed), by=actor_of(request), at=now())
    except (WrongMember, AlreadyMember) as error:
        return _form(request, part, typed, problems_in(error, at="id"))
    messages.success(
        request, _("The agency may join. It takes part once a key of it is certified.")
    )
    return redirect("exchange:member", member=made)


@never_cache
@officials_only()
def change(request: HttpRequest, member: str) -> HttpResponse:
    """Correct a member's facts."""
    part = _running(request)
    known = _member(request, member)
    if request.method != "POST":
        typed = {name: getattr(known, name) for name in FACTS}
        return _form(request, part, typed, [], known)
    typed = {name: request.POST.get(name, "").strip() for name in FACTS} | {"id": known.id}
    try:
        change_member(NewMember(**typed), by=actor_of(request), at=now())
    except WrongMember as error:
        return _form(request, part, typed, problems_in(error, at="title"), known)
    messages.success(request, _("The changes are saved."))
    return redirect("exchange:member", member=known.id)


@never_cache
@require_safe
@officials_only()
def shown(request: HttpRequest, member: str) -> HttpResponse:
    """Show a member."""
    return _page(request, member, [])


@require_POST
@officials_only()
def move(request: HttpRequest, member: str, state: str) -> HttpResponse:
    """Suspend it, let it in again, or end its part."""
    reason = request.POST.get(f"reason-{state}", "")
    try:
        move_member(member, MemberState(state), reason=reason, by=actor_of(request), at=now())
    except NoReason as error:
        problems = problems_in(error, at="reason")
        return _page(request, member, [{**problems[0], "at": f"reason-{state}"}])
    messages.success(request, _("The state of the member has changed."))
    return redirect("exchange:member", member=member)


def _running(request: HttpRequest) -> Part:
    part = part_of(by=actor_of(request))
    if not part.runs:
        raise NotTheOperator
    return part


def _member(request: HttpRequest, id_: str) -> Any:
    return member(id_, by=actor_of(request))


def _page(request: HttpRequest, id_: str, problems: Problems) -> HttpResponse:
    by, at = actor_of(request), now()
    part = part_of(by=by)
    known = member(id_, by=by)
    facts = {
        "member": known,
        "keys": keys_of(id_, by=by),
        "services": services(id_),
        "may_keys": part.writes and (part.operates or id_ in part.members),
        "moves": sorted(MEMBERSHIP[known.state]) if part.runs else [],
        "at": at,
        **_refused(refused_calls(member=id_, by=by, at=at)),
    }
    return exchange_page(request, "member", part, facts, problems)


def _refused(found: tuple[Refused, ...]) -> dict[str, Any]:
    return {"refused": found, "most": MOST, "reasons": REASON_OF}


def _form(
    request: HttpRequest,
    part: Part,
    typed: dict[str, Any],
    problems: Problems,
    known: Any = None,
) -> HttpResponse:
    facts = {"typed": typed, "known": known}
    return exchange_page(request, "member_form", part, facts, problems)
