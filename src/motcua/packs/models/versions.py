"""Versions of service packs: each kept whole, never changed."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class PackVersionQuerySet(models.QuerySet["PackVersion"]):
    def valid_on(self, on: date) -> Self:
        """Keep the versions whose validity covers a day and that were not withdrawn."""
        open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        return self.filter(open_ended, valid_from__lte=on, withdrawn_at__isnull=True)

    def newest_first(self) -> Self:
        """Order by code, the newest version of each first."""
        return self.order_by("code", "-number")


class PackVersion(models.Model):
    """
    One version of a pack as it was published; dossiers point at it for ever.

    ``id`` is the procedure's code, the number of the version and the beginning of its digest,
    ``1.001193@2-9f3c21ab``: it names this content and no other. Withdrawing is the only change.
    """

    id = models.CharField(primary_key=True, max_length=60)
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    definition = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, default="")
    withdrawn_for = models.TextField(default="")

    objects = PackVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"],
                include=["id", "valid_from", "valid_to", "withdrawn_at"],
                name="one_pack_version_per_number",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="pack_version_valid_forwards",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_for=""),
                name="pack_version_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.id
