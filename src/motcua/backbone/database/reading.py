"""
Where a request reads: the primary, or a replica that is known to be recent enough for it.

Everything reads the primary unless a view says that its reads may lag (``reads_may_lag``), the
room is one of those whose rows grant nothing (``settings.READ_FROM_REPLICA``), nothing was written
in this request, and a replica has replayed what this reader wrote before. Without a request (jobs,
commands) everything reads the primary.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.http import HttpRequest
from prometheus_client import Counter

from motcua.backbone.database.base import DatabaseWrapper
from motcua.backbone.database.readers import reader_now, wrote
from motcua.backbone.database.replicas import recent_replica

P = ParamSpec("P")
R = TypeVar("R")

READS = Counter("motcua_reads_routed_total", "Requests whose reads may lag.", ["database"])
SAFE = frozenset({"GET", "HEAD"})


def reads_may_lag(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """
    Mark a view or endpoint whose reads may be some seconds old: lists, searches, reports.

    It may still read nothing old that says who may do what: that stays with the primary. A request
    with a token reads the primary, because it has no cookie that says what it wrote.
    """

    @wraps(view)
    def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        now = reader_now()
        if now is not None and request.method in SAFE and "Authorization" not in request.headers:
            now.may_lag = True
        return view(request, *args, **kwargs)

    return marked


def reading(room: str) -> DatabaseWrapper:
    """Return the connection from which a room's own statements read."""
    return connections[database_for(room)]  # type: ignore[return-value]


def database_for(room: str) -> str:
    """Return the name of the database from which a room reads now."""
    now = reader_now()
    if now is None or not now.may_lag or now.wrote or room not in settings.READ_FROM_REPLICA:
        return DEFAULT_DB_ALIAS
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return DEFAULT_DB_ALIAS
    if not now.database:
        now.database = recent_replica(after=now.after) or DEFAULT_DB_ALIAS
        READS.labels(now.database).inc()
    return now.database


class Router:
    """Django's question where to read and write, answered as this module says."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        """Return the database for a queryset's read."""
        return database_for(model._meta.app_label)  # noqa: SLF001

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        """Return the primary, and note the write."""
        del model
        wrote()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_objects: Model, **_hints: Any) -> bool:
        """Rows of a replica are the primary's own."""
        return True

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Only the primary is migrated; the replicas follow by themselves."""
        del app_label
        return db == DEFAULT_DB_ALIAS
