"""Finding an agency to pass something on to, or to ask."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.agencies.rules.levels import Kind
from motcua.kernel.scope import public

MOST = 20


@dataclass(frozen=True, slots=True)
class Competent:
    """
    Who settles a kind of request: the committees of a ``level``, and the agencies ``named``.

    A unit in ``elsewhere`` has a named agency instead of its committee.
    """

    level: str
    named: frozenset[str] = field(default_factory=frozenset)
    elsewhere: frozenset[str] = field(default_factory=frozenset)

    @property
    def wanted(self) -> Q:
        """Return the condition on agencies."""
        own = Q(level=self.level, kind=Kind.COMMITTEE) & ~Q(unit__code__in=self.elsewhere)
        return own | Q(pk__in=self.named)


@public
def is_competent(agency: str, competent: Competent) -> bool:
    """Tell whether an agency is one of those that settle a kind of request; one statement."""
    return Agency.objects.filter(competent.wanted, pk=agency).exists()


@public
def agencies_near(
    agency: str, *, on: date, competent: Competent | None = None
) -> list[tuple[str, str]]:
    """
    Return id and name of the agencies above, beside and below one, at work on a day.

    :param competent: only those of them that settle a kind of request
    """
    parents = Agency.objects.filter(pk=agency).values("parent")
    near = Q(pk__in=parents) | Q(parent__in=parents) | Q(parent=agency)
    return _found(near, agency, on=on, competent=competent)


@public
def agencies_named(
    text: str, *, other_than: str, on: date, competent: Competent | None = None
) -> list[tuple[str, str]]:
    """
    Return id and name of agencies at work on a day whose name or id has these words in it.

    :param competent: only those of them that settle a kind of request
    """
    words = text.split()[:6]
    if not words:
        return []
    named = Q(pk__istartswith=text.strip())
    every = Q(pk__isnull=False)
    for word in words:
        every &= Q(name__icontains=word)
    return _found(named | every, other_than, on=on, competent=competent)


def _found(
    wanted: Q, other_than: str, *, on: date, competent: Competent | None
) -> list[tuple[str, str]]:
    rows = Agency.objects.open_on(on).filter(wanted).exclude(pk=other_than)
    if competent is not None:
        rows = rows.filter(competent.wanted)
    return list(rows.order_by("name", "id").values_list("id", "name")[:MOST])
