"""Lists by which the one-stop desk hands dossiers over to a specialist, and gets them back."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier


class HandOver(models.Model):
    """
    A numbered list of dossiers that one official gives to another, or to whoever takes it.

    It is settled when each dossier on it was taken or refused. ``left_out`` are the codes that
    were asked for and are not on it, as ``rules.left_out`` keeps them.
    """

    agency = models.CharField(max_length=40)
    day = models.DateField()
    number = models.PositiveIntegerField()
    giver = models.CharField(max_length=80)
    giver_name = models.CharField(max_length=200)
    receiver = models.CharField(max_length=80, blank=True)
    receiver_name = models.CharField(max_length=200, blank=True)
    left_out = models.JSONField(default=list)
    given_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "number"], name="one_hand_over_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.day} {self.number}"


class HandOverItem(models.Model):
    """A dossier on a list: ``pending``, then ``taken``, or ``refused`` with a remark."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default="pending")
    remark = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state="pending"), name="one_open_hand_over"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "taken", "refused"]),
                name="hand_over_item_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hand_over_id}/{self.dossier_id}: {self.state}"
