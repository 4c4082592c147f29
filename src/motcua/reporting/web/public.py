"""How we serve, for anyone: three figures by month, level and field."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.http.public_pages import same_for_strangers
from motcua.reporting.queries.public import public_figures
from motcua.reporting.web.load import bar_of
from motcua.reporting.web.words import LEVEL_WORDS, field_words, period_words

MOST_FIELDS = 12
"""How many fields are drawn; all of them stand in the table."""


@require_safe
@same_for_strangers(seconds=30)
def figures(request: HttpRequest) -> HttpResponse:
    """Show what was settled early, on time and late; chosen by level and field."""
    level = request.GET.get("cap", "")
    level = level if level in LEVEL_WORDS else ""
    field = request.GET["linh-vuc"][:300] if "linh-vuc" in request.GET else None
    found = public_figures(localdate(), level=level, field=field)
    fields = [(field_words(key), served, _to(level, key)) for key, served in found.by_field.items()]
    levels = [
        (_(LEVEL_WORDS[key]), served, _to(key, field)) for key, served in found.by_level.items()
    ]
    month, served = found.month
    facts = {
        "found": found,
        "month": period_words(month),
        "in_month": served,
        "level": _(LEVEL_WORDS[level]) if level else "",
        "field": None if field is None else field_words(field),
        "by_level": levels,
        "level_bars": [bar_of(name, each) for name, each, _to_ in levels],
        "by_field": fields,
        "field_bars": [bar_of(name, each) for name, each, _to_ in fields[:MOST_FIELDS]],
        "by_month": [(period_words(each), one) for each, one in found.months],
        "columns": [(f"{x.number}/{x.year % 100}", y.received, y.settled) for x, y in found.months],
    }
    return render(request, "reporting/public.html", facts)


def _to(level: str, field: str | None) -> str:
    asked = ({"cap": level} if level else {}) | ({} if field is None else {"linh-vuc": field})
    return reverse("reporting:public") + (f"?{urlencode(asked)}" if asked else "")
