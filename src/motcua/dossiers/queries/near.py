"""Who stands too near to a dossier to read what officials write to each other about it."""

from collections.abc import Collection

from django.db.models import QuerySet

from motcua.dossiers.models import Dossier, Opinion
from motcua.identity.queries.relatives import near_to
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

BEHIND = ("applicant", "agent", "filer")


@for_rooms
def is_near(dossier: Dossier, *, by: Actor) -> bool:
    """Tell whether an official is near to somebody behind a dossier, or stands there themselves."""
    behind = {getattr(dossier, name) for name in BEHIND}
    return by.agency is not None and not behind.isdisjoint(near_to(by.id))


@for_rooms
def on_strangers(opinions: "QuerySet[Opinion]", *, by: Actor) -> "QuerySet[Opinion]":
    """Keep the opinions on dossiers behind which nobody near to an official stands."""
    near = near_to(by.id)
    for name in BEHIND:
        opinions = opinions.exclude(**{f"dossier__{name}__in": near})
    return opinions


@for_rooms
def strangers_among(people: Collection[str], code: str) -> list[str]:
    """Return those of some officials who are near to nobody behind a dossier, in order."""
    known = Dossier.objects.filter(code=code).values_list(*BEHIND).first()
    return [each for each in sorted(people) if near_to(each).isdisjoint(known or ())]
