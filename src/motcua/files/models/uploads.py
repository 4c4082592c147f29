"""Files on their way: what was announced, and the parts that have arrived."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from motcua.backbone.keys import UUIDv7
from motcua.files.models.papers import Paper
from motcua.kernel.actors import Actor

KEPT_FOR = timedelta(hours=24)
"""How long an upload may take from its beginning; then it is forgotten."""


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own uploads."""
        return self.none() if actor.is_anonymous else self.filter(owner=actor.id)

    def alive(self, at: datetime) -> Self:
        """Keep those whose time has not run out."""
        return self.filter(at__gt=at - KEPT_FOR)


class Upload(models.Model):
    """A file of ``length`` bytes of which ``offset`` are here; ``file`` once it was taken in."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    length = models.PositiveIntegerField()
    offset = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(Paper, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "at"], name="upload_of_owner"),
            models.Index(fields=["at"], name="upload_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("length")), name="upload_within_length"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """Bytes of an upload from ``start`` on, stored uncompressed and out of line."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id}+{self.start}"
