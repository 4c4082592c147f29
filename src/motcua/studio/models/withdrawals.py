"""Published versions that somebody asked to withdraw, and what another said to it."""

from typing import Self

from django.db import models
from django.db.models import Q

from motcua.kernel.actors import Actor, Role


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep what administrators see, which is everything."""
        return self if Role.ADMINISTRATOR in actor.roles else self.none()

    def open(self) -> Self:
        """Keep what still waits for a second administrator."""
        return self.filter(decided_at__isnull=True)


class Withdrawal(models.Model):
    """
    A request to withdraw ``version`` for a ``reason``, which somebody else confirms or declines.

    ``confirmed`` is None as long as nobody decided.
    """

    version = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    reason = models.TextField()
    asked_by = models.CharField(max_length=80)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    confirmed = models.BooleanField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(decided_at__isnull=True),
                name="studio_one_open_withdrawal",
            )
        ]
        indexes = [models.Index(fields=["code", "-asked_at"], name="studio_withdrawals_of_code")]

    def __str__(self) -> str:
        return f"{self.version} {self.confirmed}"
