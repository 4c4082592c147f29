"""Check one's answers, declare them true, file them: once, however often the button is pressed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.backbone.http.attempts import apart
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.filing import (
    AnswersNotRight,
    NoCompetentAgency,
    NotEligible,
    PackChanged,
    ReturnBy,
    Wishes,
    file_draft,
)
from motcua.dossiers.operations.linked import NothingToFile, PartNotOnline, file_linked_draft
from motcua.dossiers.operations.proving import prove_papers
from motcua.dossiers.operations.standing import ActingEnded
from motcua.dossiers.queries.filing import Preview, page_problems, preview
from motcua.dossiers.queries.known import whom_of
from motcua.dossiers.queries.linked_preview import LinkedPreview, linked_preview
from motcua.dossiers.rules.returning import ADDRESS, LONGEST, way_in
from motcua.dossiers.web.filing_frame import CHECK, PAPERS, Way, receipt_of
from motcua.dossiers.web.filing_proofs import held_with_proofs
from motcua.dossiers.web.pages import register_words
from motcua.forms.queries.forms import problem_texts, summary_of, visible_fields, visible_steps
from motcua.packs.queries.packs import refused_by

Problems = list[dict[str, str]]


def check(request: HttpRequest, way: Way) -> HttpResponse:
    """Show all answers, or file them; a registry's answer that is too old is asked for again."""
    if request.method == "POST":
        _asked_again(way)
    problems = problems_of(way)
    if request.method != "POST":
        return _page(request, way, problems)
    if "declared" not in request.POST:
        problems.append({"at": "declared", "message": _("Confirm the declaration to file.")})
    if problems:
        return _page(request, way, problems, status=422)
    if refused_by(way.pack, way.draft.answers, on=way.today):
        return redirect("dossiers:filing-unfit", draft=way.draft.id)
    return _outcome(request, way)


def _asked_again(way: Way) -> None:
    """Ask anew for what stood for a paper and no longer does: a registry may know more by now."""
    missing = [each for each in held_with_proofs(way) if each.missing]
    if missing and (whom := whom_of(way.draft, by=way.by, at=way.at)):
        prove_papers(way.draft, way.pack, whom=whom, by=way.by, at=way.at)


def _outcome(request: HttpRequest, way: Way) -> HttpResponse:
    """File it, or show why not."""
    try:
        return _filed(request, way)
    except PackChanged:
        return redirect("dossiers:filing", draft=way.draft.id)
    except AnswersNotRight as wrong:
        problems, status = _told(way, wrong), 422
    except NoCompetentAgency as refusal:
        field = str(refusal.facts.get("field") or way.pack.unit_field)
        problems = [{"at": f"part-{_page_of(way, field)}", "message": sentence_of(refusal)}]
        status = 409
    except (NotEligible, NothingToFile, PartNotOnline, ActingEnded) as refusal:
        problems, status = [{"at": "declared", "message": sentence_of(refusal)}], 409
    return _page(request, way, problems, status=status)


def _filed(request: HttpRequest, way: Way) -> HttpResponse:
    """File the draft, and go to its receipt."""
    if way.pack.parts:
        code = apart(lambda: file_linked_draft(way.draft.id, by=way.by, at=way.at)).code
    else:
        wishes = _wishes(request)
        code = apart(lambda: file_draft(way.draft.id, by=way.by, at=way.at, wishes=wishes)).code
    return redirect(receipt_of(code))


def _wishes(request: HttpRequest) -> Wishes:
    """Return how the result is to come."""
    posted = request.POST.get("return_by", "")
    way = ReturnBy(int(posted)) if posted in WAYS else ReturnBy.ONLINE
    to = {part: request.POST.get(f"return_{part}", "").strip()[:LONGEST] for part in ADDRESS}
    return Wishes(return_by=way, return_to=to if way is ReturnBy.BY_POST else None)


WAYS = {str(way.value) for way in ReturnBy}


def _told(way: Way, wrong: AnswersNotRight) -> Problems:
    """Return what a part of a linked filing finds wrong, at the page where it was asked."""
    problems = wrong.facts["problems"]
    assert isinstance(problems, list)
    return [{"at": _place_of(way, each["at"]), "message": each["message"]} for each in problems]


def _place_of(way: Way, at: str) -> str:
    """Return where on this page something wrong is shown."""
    return at if at.startswith("return_") else f"part-{_page_of(way, at.partition('.')[0])}"


def problems_of(way: Way) -> Problems:
    """Return what is still wrong, pointing at the part of the page where it can be changed."""
    found = page_problems(way.pack, way.draft.answers, at=way.at)
    problems = [
        {
            "at": f"part-{_page_of(way, problem.field.partition('.')[0])}",
            "message": text,
        }
        for problem, text in zip(found, problem_texts(way.pack.form, found), strict=True)
    ]
    words = _("Add this paper: {paper}")
    return problems + [
        {
            "at": f"part-{PAPERS}",
            "message": words.format(paper=each.asked.paper.name[way.language]),
        }
        for each in held_with_proofs(way)
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
        "held": held_with_proofs(way),
        "register_words": register_words,
        **_comes_to(way),
        "problems": problems,
        "declared": "declared" in request.POST,
        "wrong": {each["at"]: each["message"] for each in problems},
        "wishes": _wishes(request),
        "asked_already": way_in(answers) is not None,
        "undeclared": request.method == "POST" and "declared" not in request.POST,
    }
    name = "linked_check" if way.pack.parts else "check"
    return render(request, f"dossiers/filing/{name}.html", context, status=status)


def _comes_to(way: Way) -> dict[str, Preview | LinkedPreview]:
    """Return what filing now would come to."""
    if way.pack.parts:
        return {"linked": linked_preview(way.pack, way.draft.answers, at=way.at)}
    return {"preview": preview(way.pack, way.draft.answers, at=way.at)}
