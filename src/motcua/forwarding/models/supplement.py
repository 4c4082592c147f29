"""What an applicant answered here to a request for supplement of the unit."""

from django.db import models

from motcua.forwarding.models.handed import Handed
from motcua.forwarding.models.tried import Tried
from motcua.forwarding.rules.states import Handing


class Supplement(Tried):
    """
    The answer to the ``round``-th request: ``line`` is what is sent, its files after it.

    Of one request an answer waits or was taken; others were refused, ``told`` says why. While it
    waits the row is the outbox.
    """

    handed = models.ForeignKey(Handed, on_delete=models.PROTECT, related_name="supplements")
    round = models.PositiveSmallIntegerField()
    line = models.TextField()
    handing = models.CharField(max_length=10, default=Handing.WAITING)
    told = models.JSONField(default=dict)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handed", "round"],
                condition=~models.Q(handing=Handing.REFUSED),
                name="one_answer_per_request",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(handing=Handing.WAITING),
                name="answer_to_try",
            )
        ]

    def __str__(self) -> str:
        return f"{self.handed_id}: {self.round}"
