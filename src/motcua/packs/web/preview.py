"""A pack drawn from its files as people will meet it; only served by ``motcua packs preview``."""

import json
from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from motcua.forms.queries.forms import clean, problems_in, step_view, visible_steps
from motcua.packs.queries.folders import read_folder
from motcua.packs.queries.linting import errors_in, findings_in, said
from motcua.packs.queries.packs import Channel, Pack
from motcua.packs.queries.previewing import PREVIEWED, outcome_of
from motcua.packs.queries.trying import pack_of

KEPT = "preview-answers"
"""The hidden box in which the answers of all pages travel from page to page."""
EXAMPLE = "vi-du"
CHANNEL = "kenh"


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@csp_update({"frame-ancestors": ["'self'"]})
def page(request: HttpRequest) -> HttpResponse:
    """Draw one page of the form from the files as they are now, and what the answers come to."""
    source = read_folder(Path(PREVIEWED["folder"]))
    language = get_language() or "vi"
    if errors_in(source):
        found = [(each.where, said(each.flaw, language)) for each in findings_in(source)]
        return render(request, "packs/preview_flaws.html", {"found": found}, status=422)
    pack = pack_of(source)
    examples = source.document["examples"]
    answers, step = _answers(request, pack, examples)
    at, channel = now(), Channel(request.POST.get(CHANNEL) or Channel.ONLINE)
    on = localtime(at).date()
    steps = visible_steps(pack.form, answers, on=on)
    shown = step if step in {each.id for each in steps} else steps[0].id
    checked = "check" in request.POST
    problems = problems_in(pack.form, answers, shown, on=on) if checked else ()
    context = {
        "pack": pack,
        "language": language,
        "view": step_view(pack.form, shown, answers, problems, language, on=on),
        "steps": steps,
        "step": shown,
        "answers": json.dumps(answers, ensure_ascii=False),
        "examples": sorted(examples),
        "channel": channel.value,
        "outcome": outcome_of(pack, answers, channel=channel, at=at),
    }
    return render(request, "packs/preview.html", context)


def _answers(request: HttpRequest, pack: Pack, examples: Any) -> tuple[dict[str, Any], str]:
    """Return the answers so far, with those of the page just posted, and the page to draw."""
    example = examples.get(request.GET.get(EXAMPLE, ""))
    if request.method != "POST":
        return dict(example["answers"]) if example else {}, request.GET.get("buoc", "")
    try:
        kept = json.loads(request.POST.get(KEPT, "{}"))
    except ValueError:
        kept = {}
    answers: dict[str, Any] = kept if isinstance(kept, dict) else {}
    came_from = request.POST.get("preview-step", "")
    posted = {name: request.POST.getlist(name) for name in request.POST}
    if came_from in {step.id for step in pack.form.steps}:
        answers |= clean(pack.form, came_from, posted)
    return answers, request.POST.get("go") or came_from


@require_safe
@csp_update({"frame-src": ["'self'"]})
def phone(request: HttpRequest) -> HttpResponse:
    """Draw the same in a frame as wide as a phone."""
    return render(request, "packs/preview_phone.html")
