"""Somebody without an account in whose name dossiers are filed."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast

from motcua.backbone.keys import UUIDv7
from motcua.identity.models.authority import Authority
from motcua.identity.rules.parties import PartyKind
from motcua.kernel.actors import Actor


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """
        Keep those an official confirmed that the actor acts for; all of them for an official.

        A declaration alone shows nothing: anybody can declare that they act for a number.
        """
        if actor.is_official:
            return self
        mine = Authority.objects.filter(
            principal=Cast(OuterRef("pk"), models.TextField()),
            agent=actor.id,
            ended_at=None,
            confirmed_at__isnull=False,
        )
        return self.filter(Exists(mine)) if actor.id else self.none()

    def known_as(self, party_id: str) -> Self:
        """Keep one party by its id; none where that is not the id of a party."""
        try:
            return self.filter(pk=UUID(party_id))
        except ValueError:
            return self.none()


class Party(models.Model):
    """
    One person or organisation; ``str(pk)`` stands where an account's id does for an account.

    It is known by its ``number`` and never becomes an account by itself: whoever opens an account
    with that number has not shown who they are. ``checked`` says that an official saw its papers.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in PartyKind])
    number = models.CharField(max_length=14)
    name = models.CharField(max_length=200)
    born = models.DateField(null=True)
    phone = models.CharField(max_length=16, blank=True)
    checked = models.BooleanField(default=False)
    registered_by = models.CharField(max_length=80)
    registered_at = models.DateTimeField()

    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_party_per_number"),
            models.CheckConstraint(
                condition=~Q(kind=PartyKind.PERSON, born=None), name="a_person_has_a_birth_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
