"""How far each member's streams were taken, which blocks are known, which rows were refused."""

from django.db import models

from motcua.sync.models.dossiers import MemberQuerySet


class Stream(models.Model):
    """A numbered sequence of rows that a member tells us; ``cursor`` rows of it were read."""

    member = models.TextField()
    stream = models.TextField()
    cursor = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    objects = MemberQuerySet["Stream"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "stream"], name="one_cursor_per_stream")
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.stream}: {self.cursor}"


class Block(models.Model):
    """
    A block of rows that was merged whole, known by its content.

    Merging it again would change nothing, so it is not: that makes a replay fast.
    """

    pk = models.CompositePrimaryKey("member", "hash")
    member = models.TextField()
    hash = models.BinaryField()
    dossiers = models.IntegerField()
    statuses = models.IntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member} {self.hash.hex()}"


class Refusal(models.Model):
    """A run of rows of a stream, ``first`` to ``last``, not taken for one ``reason``."""

    member = models.TextField()
    stream = models.TextField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    reason = models.TextField()
    example = models.TextField()
    at = models.DateTimeField()

    objects = MemberQuerySet["Refusal"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "stream", "first"], name="refusal_by_place"),
            models.Index(fields=["member", "-id"], name="refusal_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.stream} {self.first}–{self.last}: {self.reason}"
