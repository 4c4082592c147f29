"""A draft as a citizen will meet it: its pages at a phone's width, and what answers come to."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import StaleVersion
from motcua.forms.queries.forms import (
    Beside,
    FileView,
    clean,
    files_in,
    problems_in,
    rows_changed,
    step_view,
    summary_of,
    visible_steps,
)
from motcua.kernel.actors import Role
from motcua.packs.queries.packs import Channel, Pack
from motcua.packs.queries.previewing import outcome_of
from motcua.studio.operations.drafting import write
from motcua.studio.queries.drafts import DraftView
from motcua.studio.queries.outline import left_in
from motcua.studio.queries.trying import agency_for, example_of, pack_to_try
from motcua.studio.web.showing import changed_meanwhile, found, seen_in, show
from motcua.studio.web.wording import KEPT

FIRST, LAST = "dau", "ket-qua"
CHECKED = "sai"
"""In the address: the problems of the page are shown."""
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def preview(request: HttpRequest, draft_id: UUID, step: str) -> HttpResponse:
    """Show a page in a phone's frame, with what the answers come to; or take its answers."""
    draft = found(request, draft_id)
    pack = pack_to_try(draft.files)
    if pack is None:
        return show(request, "preview_not", draft=draft, left=left_in(draft.files))
    answers = _answers(request, draft_id)
    if request.method == "POST":
        return _answered(request, draft, pack, step)
    pages = [(each.id, each.title) for each in visible_steps(pack.form, answers, on=localdate())]
    if step != LAST and step not in {id_ for id_, _title in pages}:
        return redirect("studio:preview", draft_id=draft_id, step=pages[0][0])
    language = get_language() or "vi"
    at, channel = now(), _channel(request, draft_id)
    facts = {
        "draft": draft,
        "pages": pages,
        "step": step,
        "language": language[:2],
        "outcome": outcome_of(pack, answers, channel=channel, at=at),
        "agency": agency_for(pack, answers, on=localdate()),
        "channel": channel.value,
        "problems_left": problems_in(pack.form, answers, on=localdate()),
        "checked": CHECKED in request.GET,
        "summary": summary_of(
            pack.form, answers, language, on=localdate(), files=_names(pack, answers)
        )
        if step == LAST
        else (),
        "errors": {},
        "typed": {},
    }
    return _with_policy(show(request, "preview", **facts), "frame-src")


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def page(request: HttpRequest, draft_id: UUID, step: str) -> HttpResponse:
    """Draw one page alone, as it will stand in a citizen's browser; rows change in place."""
    draft = found(request, draft_id)
    pack = pack_to_try(draft.files)
    if pack is None:
        return show(request, "preview_not", draft=draft, left=left_in(draft.files))
    answers = _answers(request, draft_id)
    beside = _beside(pack, answers, {})
    if request.method == "POST":
        posted = {name: request.POST.getlist(name) for name in request.POST}
        changed = rows_changed(pack.form, step, posted)
        given = clean(pack.form, step, posted) if changed is None else changed
        answers = {**answers, **given}
        beside = _beside(pack, answers, posted)
        _keep(request, draft_id, answers)
    checked = CHECKED in request.GET and request.method != "POST"
    problems = problems_in(pack.form, answers, step, on=localdate()) if checked else ()
    language = get_language() or "vi"
    view = step_view(pack.form, step, answers, problems, language, on=localdate(), beside=beside)
    drawn = show(
        request,
        "preview_page",
        draft=draft,
        view=view,
        step=step,
        here=request.path,
        procedure=pack.title[language],
    )
    drawn["X-Frame-Options"] = "SAMEORIGIN"
    return _with_policy(drawn, "frame-ancestors")


def _with_policy(answer: HttpResponse, directive: str) -> HttpResponse:
    """Let a page frame one of our own, or be framed by one: django-csp reads this of an answer."""
    vars(answer)["_csp_replace"] = {directive: ["'self'"]}
    return answer


def _answered(request: HttpRequest, draft: DraftView, pack: Pack, step: str) -> HttpResponse:
    """Keep the answers of a page; go on when they are right, else show what is wrong."""
    answers = _answers(request, draft.id)
    posted = {name: request.POST.getlist(name) for name in request.POST}
    changed = rows_changed(pack.form, step, posted)
    given = clean(pack.form, step, posted) if changed is None else changed
    answers = {**answers, **given}
    _keep(request, draft.id, answers)
    here = redirect("studio:preview", draft_id=draft.id, step=step)
    if changed is not None or "again" in posted:
        return here
    pages = [each.id for each in visible_steps(pack.form, answers, on=localdate())]
    if problems_in(pack.form, answers, step, on=localdate()) and "go" not in posted:
        here["Location"] += f"?{CHECKED}=1"
        return here
    after = pages[pages.index(step) + 1 :] if step in pages else pages
    return redirect("studio:preview", draft_id=draft.id, step=after[0] if after else LAST)


@require_POST
@officials_only(Role.ADMINISTRATOR)
def start_again(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Forget the answers, or take those of an example; choose the channel."""
    draft = found(request, draft_id)
    pack = pack_to_try(draft.files)
    channel = request.POST.get("channel", "")
    if channel:
        request.session[_name(draft_id, "channel")] = channel if channel in set(Channel) else ""
    elif pack is not None:
        _keep(request, draft_id, {})
    return redirect("studio:preview", draft_id=draft_id, step=request.POST.get("step") or FIRST)


@require_POST
@officials_only(Role.ADMINISTRATOR)
def keep(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Keep the answers as an example, with what came out as what is expected."""
    draft = found(request, draft_id)
    pack = pack_to_try(draft.files)
    name = request.POST.get("name", "").strip().lower()
    if pack is None or len(name) > 50 or not _SLUG.fullmatch(name):
        messages.warning(
            request,
            _("Name the example by small letters, digits and hyphens: twins-of-a-volunteer"),
        )
        return redirect("studio:preview", draft_id=draft_id, step=LAST)
    made = example_of(
        pack,
        _answers(request, draft_id),
        channel=_channel(request, draft_id),
        at=localtime(now()),
        name=name,
    )
    if made.file in draft.files:
        messages.warning(
            request, _("There is a file of this name. Edit it, or choose another name.")
        )
        return redirect("studio:preview", draft_id=draft_id, step=LAST)
    try:
        seen, by = seen_in(request), actor_of(request)
        write(draft_id, {made.file: made.text}, what=KEPT, seen=seen, by=by, at=now())
        messages.success(request, _("Added: {file}.").format(file=made.file))
    except StaleVersion:
        messages.warning(request, changed_meanwhile())
        return redirect("studio:preview", draft_id=draft_id, step=LAST)
    return redirect("studio:overview", draft_id=draft_id)


def _name(draft_id: UUID, what: str) -> str:
    return f"studio-{what}-{draft_id}"


def _answers(request: HttpRequest, draft_id: UUID) -> dict[str, Any]:
    kept = request.session.get(_name(draft_id, "answers"), {})
    return dict(kept) if isinstance(kept, dict) else {}


def _keep(request: HttpRequest, draft_id: UUID, answers: Mapping[str, Any]) -> None:
    known = {name: value for name, value in answers.items() if value is not None}
    request.session[_name(draft_id, "answers")] = known


def _channel(request: HttpRequest, draft_id: UUID) -> Channel:
    return Channel(request.session.get(_name(draft_id, "channel")) or Channel.ONLINE)


def _names(pack: Pack, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of files that were chosen: in a preview nothing is sent but the name."""
    return {file: file for files in files_in(pack.form, answers).values() for file in files}


def _beside(pack: Pack, answers: Mapping[str, Any], posted: Mapping[str, list[str]]) -> Beside:
    files = {name: FileView(name, name) for name in _names(pack, answers)}
    return Beside(
        files,
        added=posted.get("add", [""])[-1],
        removed=posted.get("remove", [""])[-1],
    )
