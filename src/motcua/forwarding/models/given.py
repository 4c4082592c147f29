"""A result of the unit that a desk here gave to who stood there."""

from django.db import models

from motcua.forwarding.models.handed import Handed
from motcua.forwarding.models.tried import Tried
from motcua.forwarding.rules.states import Handing


class Given(Tried):
    """
    That ``result``, by the unit's id, was given out; ``line`` is what the unit is told of it.

    While ``handing`` is ``waiting`` the row is the outbox; if it was refused, ``told`` says why.
    """

    handed = models.ForeignKey(Handed, on_delete=models.PROTECT, related_name="given")
    result = models.CharField(max_length=64)
    line = models.TextField()
    handing = models.CharField(max_length=10, default=Handing.WAITING)
    told = models.JSONField(default=dict)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handed", "result"], name="one_giving_out_per_result")
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(handing=Handing.WAITING),
                name="giving_out_to_try",
            )
        ]

    def __str__(self) -> str:
        return f"{self.handed_id}: {self.result}"
