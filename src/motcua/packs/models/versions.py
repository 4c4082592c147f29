"""Versions of service packs: each kept whole, never changed."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class PackVersionQuerySet(models.QuerySet["PackVersion"]):
    def valid_on(self, on: date) -> Self:
        """Keep the versions whose validity covers a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)

    def newest_first(self) -> Self:
        """Order by code, the newest version of each first."""
        return self.order_by("code", "-number")


class PackVersion(models.Model):
    """
    One version of a pack as it was loaded; dossiers point at it for ever.

    ``id`` is the procedure's code, the number of the version and the beginning of its digest,
    ``1.001193@2-9f3c21ab``: it names this content and no other.
    """

    id = models.CharField(primary_key=True, max_length=60)
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    definition = models.JSONField()
    loaded_at = models.DateTimeField()

    objects = PackVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"],
                include=["id", "valid_from", "valid_to"],
                name="one_pack_version_per_number",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="pack_version_valid_forwards",
            ),
        ]

    def __str__(self) -> str:
        return self.id
