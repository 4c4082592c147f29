"""Requests to put a record right."""

from django.db import models


class Correction(models.Model):
    """
    A person says that a field of a record is wrong.

    ``member`` sent the request under its own ``reference``; ``stated`` is what the register said,
    ``wished`` what the person says is true, ``why`` their reason. ``told`` is the answer.
    """

    register = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    person = models.CharField(max_length=12)
    member = models.CharField(max_length=20)
    reference = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    stated = models.CharField(max_length=500, blank=True)
    wished = models.CharField(max_length=500)
    why = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    examined_at = models.DateTimeField(null=True)
    examined_by = models.CharField(max_length=80, blank=True)
    examined_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    told = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "reference"], name="one_correction_a_request")
        ]
        indexes = [models.Index(fields=["register", "state", "id"], name="correction_by_state")]

    def __str__(self) -> str:
        return f"{self.register}/{self.key} {self.field}"
