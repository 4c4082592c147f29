"""Due times that moved without a step."""

from django.db import models


class DueMove(models.Model):
    """
    A due time that a changed calendar moved: written once, never changed.

    With it and the transitions, what was due when is known for every moment of the past. The
    dossier had ``version`` after it; of older moves that, and what was due before, is not known.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    was_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="due_moved")]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.due_at}"
