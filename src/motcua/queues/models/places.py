"""What an office is asked for, and the windows where it is given."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Service(models.Model):
    """
    A line at an office: a field of matters, or everything; its letter begins its numbers.

    ``usual_minutes`` is what one person takes until the day shows its own pace.
    """

    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    usual_minutes = models.PositiveSmallIntegerField(default=10)
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "letter"], name="one_service_a_letter")
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.title}"


class Window(models.Model):
    """A window of an office; ``clerk`` sits there since ``since``, nobody where empty."""

    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    letters = ArrayField(models.CharField(max_length=1), default=list)
    clerk = models.CharField(max_length=80, blank=True)
    clerk_name = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="one_window_a_name"),
            models.UniqueConstraint(
                fields=["clerk"], condition=~Q(clerk=""), name="one_window_a_clerk"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DayNumber(models.Model):
    """The last number a service gave out on a day: numbering waits for nobody else."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "day"], name="one_count_a_service_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}: {self.last}"
