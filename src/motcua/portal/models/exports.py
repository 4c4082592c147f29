"""A person's data made ready to be taken away, in pieces that are sent one after another."""

from typing import Self

from django.db import models
from django.db.models import Q

from motcua.backbone.keys import UUIDv7
from motcua.kernel.actors import Actor


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own: nobody else ever opens it, an official neither."""
        return self.filter(person=actor.id) if actor.id else self.none()


class Export(models.Model):
    """
    What one person asked for; ``done`` of 100 parts are made, ``size`` counts bytes when ready.

    ``left_out`` counts the files that did not fit in.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    person = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    done = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    size = models.BigIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="one_export_a_person")]
        indexes = [
            models.Index(fields=["until"], name="export_past", condition=Q(until__isnull=False))
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Piece(models.Model):
    """A mebibyte of an export, or what is left at its end."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "number"], name="one_piece_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.export_id}/{self.number}"
