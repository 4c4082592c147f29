"""Bodies of messages, kept for some days apart from the log, where a member wishes it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from motcua.backbone.statements import Statement

LONGEST_ID = 40
_KEEP = Statement(
    """
INSERT INTO exchange_keptbody (entry, part, log, at, subject, body)
SELECT %s, part, %s, %s, %s, body
FROM set_config('synchronous_commit', 'off', true),
  (VALUES ('request', %s::bytea), ('answer', %s::bytea)) AS given (part, body)
WHERE body IS NOT NULL
"""
)


class KeptBody(models.Model):
    """
    What was sent or answered in one exchange, byte by byte.

    ``entry`` is the entry in the log of the member ``log``; ``part`` is ``request`` or ``answer``.
    ``subject`` is the personal id of whom it is about, where we asked and said so: who reads it
    is written into that person's list of looks. No part of the log: nothing of it is hashed.
    """

    pk = models.CompositePrimaryKey("entry", "part")
    entry = models.UUIDField()
    part = models.CharField(max_length=8)
    log = models.CharField(max_length=20)
    at = models.DateTimeField()
    subject = models.CharField(max_length=LONGEST_ID, blank=True)
    body = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["log", "at"], name="body_by_age")]

    def __str__(self) -> str:
        return f"{self.entry} {self.part}"


@dataclass(frozen=True, slots=True)
class Bodies:
    """What an exchange carried; nothing where it is not to be kept."""

    request: bytes | None
    answer: bytes | None
    subject: str = ""


def keep(entry: UUID, log: str, at: datetime, bodies: Bodies) -> None:
    """Keep bodies in one statement, whose commit does not wait for the disk."""
    _KEEP.run(entry, log, at, bodies.subject, bodies.request, bodies.answer)
