"""How good what a member told is, day by day."""

from django.db import models

from motcua.sync.models.dossiers import MemberQuerySet


class Quality(models.Model):
    """
    A member's score of a day; ``findings`` are kind, count, total and examples each.

    There is no score where nothing was told that could be judged.
    """

    member = models.TextField()
    day = models.DateField()
    score = models.SmallIntegerField(null=True)
    dossiers = models.BigIntegerField()
    statuses = models.BigIntegerField()
    findings = models.JSONField()
    at = models.DateTimeField()

    objects = MemberQuerySet["Quality"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_quality_a_day")]

    def __str__(self) -> str:
        return f"{self.member} {self.day}: {self.score}"
