"""Finding an agency to pass something on to, or to ask."""

from datetime import date

from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.kernel.scope import public

MOST = 20


@public
def agencies_near(agency: str, *, on: date) -> list[tuple[str, str]]:
    """Return id and name of the agencies above, beside and below one, at work on a day."""
    parents = Agency.objects.filter(pk=agency).values("parent")
    near = Q(pk__in=parents) | Q(parent__in=parents) | Q(parent=agency)
    return _found(near, agency, on=on)


@public
def agencies_named(text: str, *, other_than: str, on: date) -> list[tuple[str, str]]:
    """Return id and name of agencies at work on a day whose name or id has these words in it."""
    words = text.split()[:6]
    if not words:
        return []
    named = Q(pk__istartswith=text.strip())
    every = Q(pk__isnull=False)
    for word in words:
        every &= Q(name__icontains=word)
    return _found(named | every, other_than, on=on)


def _found(wanted: Q, other_than: str, *, on: date) -> list[tuple[str, str]]:
    rows = Agency.objects.open_on(on).filter(wanted).exclude(pk=other_than)
    return list(rows.order_by("name", "id").values_list("id", "name")[:MOST])
