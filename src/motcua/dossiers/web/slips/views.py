"""The papers of the desk about a dossier, to print or to keep."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, officials_only, signed_in
from motcua.dossiers.queries.slips import Kind, control_slip
from motcua.dossiers.queries.slips import slip as slip_of
from motcua.dossiers.web.paper_sizes import size_asked
from motcua.dossiers.web.slips.sheets import of_control, of_step

LONGEST = 3
"""The longest number of a paper, in digits."""


@require_safe
@signed_in
def of_dossier(request: HttpRequest, code: str, slip: str) -> HttpResponse:
    """Give a request for supplement, a refusal or an apology: to its applicant and the agency."""
    kind, _dash, number = slip.rpartition("-")
    if kind not in set(Kind) or not number.isdecimal() or len(number) > LONGEST:
        raise Http404
    by, at = actor_of(request), localtime(now())
    found = slip_of(code, Kind(kind), int(number), by=by, at=at)
    return pdf_answer(of_step(found, size=size_asked(request)), f"{slip}-{code}.pdf")


@require_safe
@officials_only()
def control(request: HttpRequest, code: str) -> HttpResponse:
    """Give the control slip of a dossier to officials of its agency."""
    at = localtime(now())
    found = control_slip(code, by=actor_of(request), at=at)
    return pdf_answer(of_control(found, at=at), f"kiem-soat-{code}.pdf")


def pdf_answer(paper: bytes, name: str) -> HttpResponse:
    """Return a PDF to be shown in the browser and kept by nobody on the way."""
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
