"""Due times that moved without a step."""

from django.db import models


class DueMove(models.Model):
    """
    A due time that a changed calendar moved: written once, never changed.

    With it and the transitions, what was due when is known for every moment of the past.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="due_moved")]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.due_at}"
