"""Pages of burden: a pack's red tape and what filing costs people; all packs added up."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.packs.queries.burden import (
    GDP_PER_HEAD,
    HOURS_A_YEAR,
    IMPOSSIBLE,
    PLAUSIBLE,
    Assumptions,
    Origin,
    Typed,
    burdens,
    totals,
)
from motcua.studio.queries.burdens import Burden, draft_burden, published_burden
from motcua.studio.web.figures import Figures, as_page, large, typed_as

ORIGINS = {
    Origin.PACK: N_("from the pack"),
    Origin.DEFAULT: N_("default"),
    Origin.TYPED: N_("typed"),
}
PARTS = {
    "form": N_("Filling in"),
    "paper": N_("Papers"),
    "other": N_("Trips and waiting"),
    "fees": N_("Fees and charges"),
}
COLOURS = {"form": "#8c1b1d", "paper": "#c6952f", "other": "#7a6a5d", "fees": "#1b6140"}
CHECKS = {"plausible": PLAUSIBLE, "impossible": IMPOSSIBLE, "hours_a_year": HOURS_A_YEAR}


@require_safe
@officials_only(Role.ADMINISTRATOR)
def of_procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the burden of the pack in force of a procedure."""

    def burden(typed: Typed) -> Burden:
        return published_burden(code, typed, on=localdate(), by=actor_of(request))

    return _page(request, burden, reverse("studio:burdens"), _("Burden of all packs"))


@require_safe
@officials_only(Role.ADMINISTRATOR)
def of_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show the burden of a draft."""

    def burden(typed: Typed) -> Burden:
        return draft_burden(draft_id, typed, on=localdate(), by=actor_of(request))

    back = reverse("studio:overview", kwargs={"draft_id": draft_id})
    return _page(request, burden, back, _("The draft"))


def _page(
    request: HttpRequest, burden: Callable[[Typed], Burden], back: str, back_text: str
) -> HttpResponse:
    first = burden(Typed(case=request.GET.get("case", "")[:100]))
    figures = Figures(request.GET)
    shown = burden(figures.given(first.own))
    groups: dict[str, list[object]] = {}
    for finding in shown.findings:
        groups.setdefault(finding.group_name, []).append(finding)
    facts = {
        "burden": shown,
        "cost": shown.cost,
        "groups": groups,
        "back": back,
        "back_text": back_text,
        "origins": ORIGINS,
        "part_names": PARTS,
        "colours": COLOURS,
        "typed_as": typed_as,
        "large": large,
        "case_choices": [(name, name) for name in shown.cost.cases],
        "demand_choices": [(each.key, each.name) for each in shown.demands],
        "typed": request.GET,
        **CHECKS,
        **as_page(shown.cost, figures),
    }
    return render(request, "studio/burden.html", facts)


@require_safe
@officials_only(Role.ADMINISTRATOR)
def of_all(request: HttpRequest) -> HttpResponse:
    """Show all packs in force, the largest yearly saving first, and their sum."""
    figures = Figures(request.GET)
    income = figures.dong("income")
    costs = burdens(
        income=None if income == GDP_PER_HEAD else income, on=localdate(), by=actor_of(request)
    )
    facts = {
        "costs": costs,
        "sums": totals(costs),
        "assumptions": Assumptions(income=income or GDP_PER_HEAD),
        "default_income": GDP_PER_HEAD,
        "errors": figures.errors,
        "problems": [{"at": at, "message": text} for at, text in figures.errors.items()],
        "large": large,
        "most": max((each.yearly_saving.amount for each in costs), default=0),
        **CHECKS,
    }
    return render(request, "studio/burdens.html", facts)
