"""What waits to be sent, and is tried until the unit has it."""

from django.db import models


class Tried(models.Model):
    """
    How often sending was tried, last at ``next_at``, and what went wrong then.

    ``next_at`` is set when it is kept, and by each try; what waits and was not tried for long is
    taken up again.
    """

    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=60, blank=True)
    trouble_words = models.TextField(blank=True)
    trouble_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
