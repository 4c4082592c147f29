"""Which years were put away, so that nobody is told that a dossier of theirs never was."""

from django.db import models


class ArchivedYear(models.Model):
    """A year whose partitions were detached; ``ask`` is who is asked, empty if not said."""

    year = models.SmallIntegerField(primary_key=True)
    ask = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)
