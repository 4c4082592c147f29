"""What is kept of each exchange, and the Merkle log over it."""

from collections.abc import Collection
from typing import Self

from django.db import models

from motcua.backbone.keys import UUIDv7


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Entries, narrowed."""

    def of_logs(self, members: Collection[str]) -> Self:
        """Keep what members have kept themselves: nobody sees another's log."""
        return self.filter(log__in=members)


class LogEntry(models.Model):
    """
    One call as one side keeps it: ``log`` is the member whose log it is, ``side`` its part in it.

    ``asked`` is the text that the consumer signed (its signature base), ``answered`` the one that
    the provider signed; they hold the digests of the bodies, not the bodies. ``status`` is the
    HTTP status of the answer, 0 where there was none, null while it is waited for. ``person`` is a
    keyed hash of whom the call was about. ``leaf`` is its number in the log once it has one.

    Partitioned by month of ``at``; ``id`` grows with time (UUIDv7).
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7())
    at = models.DateTimeField()
    log = models.CharField(max_length=20)
    side = models.CharField(max_length=8)
    consumer = models.CharField(max_length=20)
    provider = models.CharField(max_length=20)
    service = models.CharField(max_length=40)
    agreement = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    size = models.BigIntegerField()
    asked = models.TextField()
    asked_signature = models.BinaryField()
    asked_key = models.CharField(max_length=40)
    person = models.BinaryField(null=True)
    status = models.SmallIntegerField(null=True)
    answered = models.TextField(blank=True)
    answered_signature = models.BinaryField(null=True)
    answered_key = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)
    leaf = models.BigIntegerField(null=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["log", "leaf"], name="entry_by_leaf"),
            models.Index(fields=["log", "id"], name="entry_by_log"),
            models.Index(fields=["consumer", "id"], name="entry_by_consumer"),
            models.Index(fields=["provider", "id"], name="entry_by_provider"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Node(models.Model):
    """The hash of one complete subtree of a member's log; level 0 are the entries themselves."""

    pk = models.CompositePrimaryKey("log", "level", "index")
    log = models.CharField(max_length=20)
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.log} {self.level}/{self.index}"


class Head(models.Model):
    """A signed tree head: ours, or one that a peer showed us (``seen_at``, ``checked_at``)."""

    pk = models.CompositePrimaryKey("log", "size", "root")
    log = models.CharField(max_length=20)
    size = models.BigIntegerField()
    root = models.BinaryField()
    at = models.DateTimeField()
    key = models.CharField(max_length=40)
    signature = models.BinaryField()
    seen_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.log} {self.size}"
