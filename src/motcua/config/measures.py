"""Everything measured, as Prometheus reads it: all web processes together, and the database."""

import os
import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.utils.timezone import now
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from motcua.backbone.database.replicas import Standing, standings
from motcua.backbone.queued import (
    failed_by_queue,
    jobs_by_state,
    longest_waits,
    seconds_since_heartbeat,
)

STATES = ("todo", "doing", "failed")


class InDatabase(Collector):
    """What the database knows; asked when somebody reads the measures."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("motcua_jobs", "Jobs by state.", labels=["state"])
        silence = GaugeMetricFamily(
            "motcua_worker_silence_seconds", "Seconds since a worker's last sign of life."
        )
        failed = GaugeMetricFamily("motcua_jobs_failed", "Jobs given up on.", labels=["queue"])
        waits = GaugeMetricFamily(
            "motcua_jobs_longest_wait_seconds",
            "How long the longest waiting job waits that nobody has taken up.",
            labels=["queue"],
        )
        room = GaugeMetricFamily("motcua_disk_free_bytes", "Room left where the data lie.")
        room.add_metric([], shutil.disk_usage(settings.VAR).free)
        yield room
        up = GaugeMetricFamily("motcua_database_up", "Whether the database answers.")
        try:
            counts, silent = jobs_by_state(), seconds_since_heartbeat(at=now())
            by_queue, longest = failed_by_queue(), longest_waits(at=now())
            replicas = standings()
        except DatabaseError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        for state in STATES:
            jobs.add_metric([state], counts.get(state, 0))
        if silent is not None:
            silence.add_metric([], silent)
        for queue, count in by_queue.items():
            failed.add_metric([queue], count)
        for queue, seconds in longest.items():
            waits.add_metric([queue], seconds)
        yield from (up, jobs, failed, waits, silence, *_of_replicas(replicas))


def _of_replicas(replicas: tuple[Standing, ...]) -> Iterator[GaugeMetricFamily]:
    up = GaugeMetricFamily("motcua_replica_up", "Whether a replica answers.", labels=["replica"])
    size = GaugeMetricFamily(
        "motcua_replica_behind_bytes", "Bytes of log not replayed yet.", labels=["replica"]
    )
    lag = GaugeMetricFamily(
        "motcua_replica_behind_seconds", "Age of what a replica shows.", labels=["replica"]
    )
    for each in replicas:
        up.add_metric([each.name], each.seconds_behind is not None)
        if each.bytes_behind is not None and each.seconds_behind is not None:
            size.add_metric([each.name], each.bytes_behind)
            lag.add_metric([each.name], each.seconds_behind)
    yield from (up, size, lag) if replicas else ()


def exposition() -> bytes:
    """Return the measures as text."""
    both = CollectorRegistry()
    both.register(InDatabase())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(both)  # type: ignore[no-untyped-call]
        return generate_latest(both)
    return generate_latest(REGISTRY) + generate_latest(both)
