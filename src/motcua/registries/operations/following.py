"""Hear of changes in what registries proved, as long as somebody relies on it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Unavailable
from motcua.registries.adapters.base import Asking, Changed
from motcua.registries.adapters.registry import registry
from motcua.registries.events import ProvenChanged
from motcua.registries.models import Followed, Proof
from motcua.registries.rules.answers import Register

PURPOSE = "notify-change"
WITHIN = 10.0
"""Seconds a registry may take: nobody is waiting at a page."""
MOST = 500
"""How many subscriptions are ended at a register in one round."""


def follow_proven(subject: str, *, at: datetime) -> None:
    """
    Ask the registers that stand for papers of a filing to tell of changes; twice is as once.

    Never inside a transaction.

    :raises Unavailable: if one of them did not take it: try again later
    """
    rows = Proof.objects.filter(subject=subject).exclude(person="")
    for register, person in rows.values_list("register", "person").distinct():
        if not Followed.objects.filter(register=register, person=person).exists():
            _follow(register, person, at=at)


@one_transaction
def rely_no_more(subject: str) -> None:
    """Wait for no more changes in what a filing was proven by; the proof itself stays."""
    Proof.objects.filter(subject=subject).exclude(person="").update(person="")


def stop_following(*, at: datetime) -> int:
    """
    Let registers tell no more of persons on whose records nobody relies; return how many.

    Never inside a transaction. A register that is silent keeps no other from being told.

    :raises Unavailable: if one of them did not take it: try again later
    """
    relies = Proof.objects.filter(register=OuterRef("register"), person=OuterRef("person"))
    idle = Followed.objects.filter(~Exists(relies)).order_by("id")
    ended, silent = 0, None
    for register in sorted(set(idle.values_list("register", flat=True))):
        persons = idle.filter(register=register).values_list("person", flat=True)[:MOST]
        try:
            ended += _unfollow(register, tuple(persons), at=at)
        except Unavailable as problem:
            silent = problem
    if silent is not None:
        raise silent
    return ended


def _unfollow(register: str, persons: tuple[str, ...], *, at: datetime) -> int:
    """End subscriptions, and begin those again that somebody came to rely on meanwhile."""
    registry(Register(register)).unfollow(persons, Asking(PURPOSE, at, WITHIN))
    Followed.objects.filter(register=register, person__in=persons).delete()
    again = Proof.objects.filter(register=register, person__in=persons)
    for person in again.values_list("person", flat=True).distinct():
        _follow(register, person, at=at)
    return len(persons)


def _follow(register: str, person: str, *, at: datetime) -> None:
    registry(Register(register)).follow((person,), Asking(PURPOSE, at, WITHIN))
    Followed.objects.get_or_create(register=register, person=person)


@one_transaction
def note_change(register: str, change: Changed, *, at: datetime) -> bool:
    """Note that a record changed since papers were proven by it; tell whether any were."""
    rows = Proof.objects.filter(register=register, person=change.person, changed_at=None)
    older = Q() if change.at is None else Q(at__lt=change.at)
    changed = list(rows.exclude(person="").filter(older).select_for_update())
    Proof.objects.filter(pk__in=[row.pk for row in changed]).update(changed_at=change.at or at)
    for subject in sorted({row.subject for row in changed}):
        told = ProvenChanged(subject=subject, register=register)
        announce(told, by=Actor.system("registries"), at=at)
    return bool(changed)
