"""Check one's answers, declare them true, file them: once, however often the button is pressed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.dossiers.operations.filing import NoCompetentAgency, PackChanged, file_draft
from motcua.dossiers.queries.filing import page_problems, papers_held, preview
from motcua.dossiers.web.filing_frame import CHECK, PAPERS, Way
from motcua.forms.queries.forms import problem_text, summary_of, visible_fields, visible_steps
from motcua.packs.queries.packs import refused_by

Problems = list[dict[str, str]]


def check(request: HttpRequest, way: Way) -> HttpResponse:
    """Show all answers, or file them."""
    problems = _problems(way)
    if request.method != "POST":
        return _page(request, way, problems)
    if "declared" not in request.POST:
        problems.append({"at": "declared", "message": _("Confirm the declaration to file.")})
    if problems:
        return _page(request, way, problems, status=422)
    if refused_by(way.pack, way.draft.answers, on=way.today):
        return redirect("dossiers:filing-unfit", draft=way.draft.id)
    try:
        filed = file_draft(way.draft.id, by=way.by, at=way.at)
    except NoCompetentAgency as refusal:
        problem = {
            "at": f"part-{_page_of(way, way.pack.unit_field)}",
            "message": _(refusal.message),
        }
        return _page(request, way, [problem], status=409)
    except PackChanged:
        return redirect("dossiers:filing", draft=way.draft.id)
    return redirect("dossiers:receipt", code=filed.code)


def _problems(way: Way) -> Problems:
    """Return what is still wrong, pointing at the part of the page where it can be changed."""
    found = page_problems(way.pack, way.draft.answers, at=way.at)
    problems = [
        {
            "at": f"part-{_page_of(way, problem.field.partition('.')[0])}",
            "message": problem_text(way.pack.form, problem),
        }
        for problem in found
    ]
    words = _("Add this paper: {paper}")
    held = papers_held(way.pack, way.draft.answers, way.draft.papers, by=way.by, at=way.at)
    return problems + [
        {
            "at": f"part-{PAPERS}",
            "message": words.format(paper=each.asked.paper.name[way.language]),
        }
        for each in held
        if each.missing
    ]


def _page_of(way: Way, field: str) -> str:
    answers, on = way.draft.answers, way.today
    for step in visible_steps(way.pack.form, answers, on=on):
        if field in {each.id for each in visible_fields(way.pack.form, step.id, answers, on=on)}:
            return step.id
    return CHECK


def _page(request: HttpRequest, way: Way, problems: Problems, *, status: int = 200) -> HttpResponse:
    answers = way.draft.answers
    context = {
        **way.frame(CHECK),
        "sections": summary_of(way.pack.form, answers, way.language, on=way.today),
        "held": papers_held(way.pack, answers, way.draft.papers, by=way.by, at=way.at),
        "preview": preview(way.pack, answers, at=way.at),
        "problems": problems,
        "declared": "declared" in request.POST,
        "undeclared": request.method == "POST" and "declared" not in request.POST,
    }
    return render(request, "dossiers/filing/check.html", context, status=status)
