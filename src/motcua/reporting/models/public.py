"""What the public may know of how the agencies serve, counted beforehand."""

from django.db import models


class PublicMonth(models.Model):
    """
    One reporting month of one level and field, known by its ``last`` day.

    ``counted_at`` is when it was counted: a month counted after its end does not change any more.
    ``took`` is the time from coming in to being settled, summed over what was settled.
    """

    last = models.DateField()
    level = models.CharField(max_length=10)
    field = models.CharField(max_length=300, blank=True)
    received = models.PositiveIntegerField()
    early = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    took = models.DurationField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["last", "level", "field"], name="one_public_figure_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.last} {self.level} {self.field}"
