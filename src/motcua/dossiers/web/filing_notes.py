"""Pages on which a filing stops for a moment: the rules changed, or it is not for this case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.queries.procedures import procedures
from motcua.dossiers.operations.drafts import changes_seen
from motcua.dossiers.queries.carried import carried
from motcua.dossiers.web.filing_frame import Way, limit_words, on_the_way
from motcua.forms.queries.forms import visible_steps
from motcua.packs.queries.packs import Refusal, fields_of, refused_by


@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way(told=True)
def changes(request: HttpRequest, way: Way) -> HttpResponse:
    """Tell what changed since the draft was begun; go on once it was read."""
    found = carried(way.draft, at=way.at)
    if request.method == "POST" or found is None:
        changes_seen(way.draft.id, by=way.by)
        return redirect("dossiers:filing", draft=way.draft.id)
    facts = {
        "way": way,
        "found": found,
        "limits": [limit_words(each) for each in found.limit or ()],
        "procedure": way.pack.title[way.language],
    }
    return render(request, "dossiers/filing/changes.html", facts)


@require_safe
@on_the_way()
def unfit(request: HttpRequest, way: Way) -> HttpResponse:
    """Say why the procedure is not for this case, and what is right instead."""
    refusal = refused_by(way.pack, way.draft.answers, on=way.today)
    if refusal is None:
        return redirect("dossiers:filing", draft=way.draft.id)
    code = refusal.instead.code if refusal.instead else ""
    facts = {
        "way": way,
        "refusal": refusal,
        "procedure": way.pack.title[way.language],
        "other": next(iter(procedures([code], on=way.today)), None) if code else None,
        "change": way.address(_page_asking(way, refusal)) + "?ve=1",
    }
    return render(request, "dossiers/filing/unfit.html", facts)


def _page_asking(way: Way, refusal: Refusal) -> str:
    """Return the last page that asks what the refusal rests on."""
    rests_on = fields_of(refusal, way.pack)
    steps = visible_steps(way.pack.form, way.draft.answers, on=way.today)
    asking = [step.id for step in steps if rests_on & {field.id for field in step.fields}]
    return (asking or [step.id for step in steps])[-1]
