"""That an answer somebody gave is a registry's."""

from django.db import models

from motcua.backbone.keys import UUIDv7


class Proof(models.Model):
    """
    That a field of a draft or dossier was taken from a registry, as the person confirmed it.

    ``digest`` is the SHA-256 of the value as it was taken: a value changed since is no longer the
    registry's. The value itself stands in the draft alone.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    subject = models.CharField(max_length=80)
    field = models.CharField(max_length=80)
    register = models.CharField(max_length=12)
    member = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    as_of = models.DateField()
    since = models.DateField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field"], name="one_proof_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field} ← {self.register}"
