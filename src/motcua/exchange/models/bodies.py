"""Bodies of messages, kept for some days apart from the log, where a member wishes it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from motcua.backbone.statements import Statement
from motcua.exchange.rules.sealing import Where, name_of, seal

LONGEST_ID, LONGEST_KEY = 40, 16
_KEEP = Statement(
    """
INSERT INTO exchange_keptbody (entry, part, log, at, subject, key, size, body)
SELECT %s, part, %s, %s, '', %s, size, body
FROM set_config('synchronous_commit', 'off', true),
  (VALUES ('request', %s::int, %s::bytea), ('answer', %s::int, %s::bytea))
    AS given (part, size, body)
WHERE body IS NOT NULL
"""
)


class KeptBody(models.Model):
    """
    What was sent or answered in one exchange, byte by byte: ``size`` bytes of it.

    ``entry`` is the entry in the log of the member ``log``; ``part`` is ``request`` or ``answer``.
    ``key`` names the key that ``body`` is sealed with; it is empty where a portal of before sealed
    nothing: then ``body`` is the body itself, and ``subject`` the personal id of whom it is about,
    which else is sealed with it. No part of the log: nothing of it is hashed.
    """

    pk = models.CompositePrimaryKey("entry", "part")
    entry = models.UUIDField()
    part = models.CharField(max_length=8)
    log = models.CharField(max_length=20)
    at = models.DateTimeField()
    subject = models.CharField(max_length=LONGEST_ID, blank=True)
    key = models.CharField(max_length=LONGEST_KEY, blank=True)
    size = models.PositiveIntegerField(default=0)
    body = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["log", "at"], name="body_by_age")]

    def __str__(self) -> str:
        return f"{self.entry} {self.part}"

    @property
    def where(self) -> Where:
        """Return which body it is, as it is sealed."""
        return Where(self.entry, self.part, self.log)


@dataclass(frozen=True, slots=True)
class Bodies:
    """What an exchange carried; nothing where it is not to be kept."""

    request: bytes | None
    answer: bytes | None
    subject: str = ""


def keep(entry: UUID, log: str, at: datetime, bodies: Bodies, *, secret: str) -> None:
    """Seal bodies and keep them in one statement, whose commit does not wait for the disk."""
    sealed = list[int | bytes | None]()
    for part, body in (("request", bodies.request), ("answer", bodies.answer)):
        where = Where(entry, part, log)
        whole = None if body is None else seal(body, bodies.subject, where=where, secret=secret)
        sealed += [len(body or b""), whole]
    _KEEP.run(entry, log, at, name_of(secret), *sealed)
