"""``/healthz``, ``/readyz``, ``/metrics``: for machines that watch, before anything else."""

import hmac
import ipaddress
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from motcua.backbone.database.replicas import standings
from motcua.backbone.queued import seconds_since_heartbeat
from motcua.config.measures import exposition

WORKER_SILENT_AFTER = 60.0
"""Seconds without a worker's sign of life after which the portal is not ready."""


class ProbeMiddleware:
    """
    Answer the three probes without session, language or host name.

    A load balancer asks by address; and a probe must not fail for what it does not probe.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.probes = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = self.probes.get(request.path)
        if probe is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        answer = probe(request)
        answer["Cache-Control"] = "no-store"
        answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (no news)
        answer.measured_as = f"probe:{request.path[1:]}"  # type: ignore[attr-defined]
        return answer


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    del request
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """
    Say whether the portal can serve people: database, migrations, a live worker.

    How replicas stand is told beside it; without them the primary serves alone.
    """
    del request
    try:
        behind = unapplied_migrations()
        silent = seconds_since_heartbeat(at=now())
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    working = silent is not None and silent < WORKER_SILENT_AFTER
    found: dict[str, Any] = {"database": True, "migrations": not behind, "worker": working}
    status = 200 if all(found.values()) else 503
    if replicas := standings():
        found["replicas"] = {
            each.name: {"read": each.may_be_read, "seconds_behind": each.seconds_behind}
            for each in replicas
        }
    return JsonResponse(found, status=status)


def unapplied_migrations() -> list[str]:
    """Return the names of migrations that the database lacks."""
    missing = _carried_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    return [f"{room}.{name}" for room, name in sorted(missing)]


@cache
def _carried_migrations() -> frozenset[tuple[str, str]]:
    """Return what this version carries: hundreds of files, read once a process."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


def metrics(request: HttpRequest) -> HttpResponse:
    """Return the measures, to this machine itself or to who has ``METRICS_TOKEN``."""
    if not _may_read_metrics(request):
        return HttpResponse("forbidden\n", status=403, content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    passed_on = {"X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"} & set(request.headers)
    try:
        near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        near = False
    return near and not passed_on
