"""Calls that were refused before anything was done for them: how many a day, by whom and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.timezone import localdate

from motcua.backbone.statements import Statement

_COUNT = Statement(
    """
INSERT INTO exchange_refusedcall AS known
  (day, member, key, provider, service, code, calls, proven, last_at)
SELECT %s, coalesce((SELECT id FROM exchange_member WHERE id = %s), ''), %s, %s,
  CASE WHEN %s OR EXISTS (SELECT FROM exchange_service WHERE provider_id = %s AND code = %s)
    THEN %s ELSE '' END, %s, 1, %s, %s
FROM set_config('synchronous_commit', 'off', true)
ON CONFLICT (day, member, key, provider, service, code)
DO UPDATE SET calls = known.calls + 1, proven = known.proven + excluded.proven,
  last_at = greatest(known.last_at, excluded.last_at)
"""
)


class RefusedCall(models.Model):
    """
    How often calls of a day were refused for one reason: ``code`` is the refusal's.

    ``member`` is who signed, else who is said to have sent it; it is empty for anybody who is no
    member, ``key`` for one that is not known as that member's, ``service`` for what is not offered:
    so there are never more rows than members, keys, services and codes make, whatever is sent.
    ``proven`` of the ``calls`` had a signature of that key that holds. ``told_at`` is when those
    who look after the member were told.
    """

    pk = models.CompositePrimaryKey("day", "member", "key", "provider", "service", "code")
    day = models.DateField()
    member = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=40, blank=True)
    provider = models.CharField(max_length=20, blank=True)
    service = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60)
    calls = models.IntegerField()
    proven = models.IntegerField()
    last_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.day} {self.member} {self.service} {self.code}"


@dataclass(frozen=True, slots=True)
class RefusedNow:
    """
    One call that was refused; ``offered`` tells that some room here answers its ``service``.

    ``member`` may be any id; ``key`` is one of that member's, or empty.
    """

    member: str
    key: str
    provider: str
    service: str
    offered: bool
    code: str
    proven: bool


def count_refused(refused: RefusedNow, *, at: datetime) -> None:
    """Count it, in one statement whose commit does not wait for the disk."""
    service = refused.service
    _COUNT.run(
        *(localdate(at), refused.member, refused.key, refused.provider),
        *(refused.offered, refused.provider, service, service),
        *(refused.code, int(refused.proven), at),
    )
