"""Signed heads that a log contradicts."""

from django.db import models


class LogBreak(models.Model):
    """
    A head that ``log`` once signed (``signed``, as on the wire) and that it does not bear out.

    It is told of once, when it is found. ``settled_at`` is when somebody decided to go on, and
    ``reason`` why. The row only remembers that: what our own log is held against is in a file.
    """

    pk = models.CompositePrimaryKey("log", "size", "root")
    log = models.CharField(max_length=20)
    size = models.BigIntegerField()
    root = models.BinaryField()
    signed = models.TextField()
    fault = models.CharField(max_length=40)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["log"],
                name="logbreak_open",
                condition=models.Q(settled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.size} {self.fault}"
