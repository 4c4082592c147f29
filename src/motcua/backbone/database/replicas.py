"""How far each replica has come: whether it may be read, and what those who watch are told."""

from collections import deque
from dataclasses import dataclass, field
from itertools import count
from time import monotonic

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from motcua.backbone.database.readers import position_of

log = structlog.get_logger("motcua.replicas")

LOOKED_AT_EVERY = 1.0
"""Seconds for which a process goes by the replica's position it read last."""
LEFT_ALONE = 10.0
"""Seconds for which a replica that did not answer is not asked again."""

_WRITTEN = "SELECT pg_current_wal_lsn()::text"
_REPLAYED = (
    "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()::text, "
    "extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float"
)
_turn = count()


def written() -> str:
    """Return the primary's position in its log: what was written before lies before it."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_WRITTEN)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A replica as it stands: bytes and seconds behind the primary; ``None`` while it is down."""

    name: str
    bytes_behind: int | None
    seconds_behind: float | None

    @property
    def may_be_read(self) -> bool:
        """Tell whether readers are sent to it."""
        return self.seconds_behind is not None and self.seconds_behind <= settings.REPLICA_MOST_LAG


@dataclass(slots=True)
class _Watched:
    """
    What one process knows of a replica.

    ``marks`` are positions of the primary with the moment just before they were asked: a replica
    that has replayed one of them shows everything of that moment, whatever its own clock says.
    """

    name: str
    replayed: int = 0
    seen_until: float = float("-inf")
    looked: float = float("-inf")
    silent_until: float = float("-inf")
    told: bool = False
    marks: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=20))

    def may_be_read(self, after: int) -> bool:
        """Tell whether it answers, is recent, and has replayed what lies before ``after``."""
        now = monotonic()
        if now < self.silent_until:
            return False
        try:
            if now - self.looked > LOOKED_AT_EVERY or self.replayed < after:
                self._look(now)
            connection = connections[self.name]
            connection.close_if_health_check_failed()
            connection.ensure_connection()
        except (DatabaseError, InterfaceError) as error:
            self._leave_alone(now, str(error))
            return False
        return self.replayed >= after and now - self.seen_until <= settings.REPLICA_MOST_LAG

    def _look(self, now: float) -> None:
        self.marks.append((now, position_of(written())))
        with connections[self.name].cursor() as cursor:
            cursor.execute(_REPLAYED)
            follows, replayed, _seconds = cursor.fetchone() or (False, None, None)
        if not follows or replayed is None:
            self._leave_alone(now, "it follows no primary")
            return
        self.looked, self.replayed = now, position_of(replayed)
        shown = [moment for moment, position in self.marks if position <= self.replayed]
        self.seen_until = max([self.seen_until, *shown])
        if self.told:
            self.told = False
            log.info("replica is read again", replica=self.name)

    def _leave_alone(self, now: float, why: str) -> None:
        self.silent_until, self.replayed, self.seen_until = now + LEFT_ALONE, 0, float("-inf")
        connections[self.name].close()
        if not self.told:
            self.told = True
            log.warning("replica is not read; the primary is", replica=self.name, why=why)


_watched: dict[str, _Watched] = {}


def recent_replica(*, after: int) -> str:
    """Return a replica that shows everything before ``after`` and little lag, or nothing."""
    names = settings.REPLICAS
    first = next(_turn)
    for n in range(len(names)):
        name = names[(first + n) % len(names)]
        watched = _watched.setdefault(name, _Watched(name))
        if watched.may_be_read(after):
            return name
    return ""


def forget_replicas() -> None:
    """Know nothing of any replica, as a process that begins."""
    _watched.clear()


def standings() -> tuple[Standing, ...]:
    """Return how each replica stands now; two statements a replica, none without one."""
    return tuple(_standing(name) for name in settings.REPLICAS)


def _standing(name: str) -> Standing:
    here = position_of(written())
    try:
        with connections[name].cursor() as cursor:
            cursor.execute(_REPLAYED)
            follows, replayed, seconds = cursor.fetchone() or (False, None, None)
    except (DatabaseError, InterfaceError):
        connections[name].close()
        return Standing(name, None, None)
    if not follows or replayed is None:
        return Standing(name, None, None)
    behind = max(here - position_of(replayed), 0)
    return Standing(name, behind, round(seconds or 0.0, 3) if behind else 0.0)
