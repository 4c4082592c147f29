"""What the measurements of taking share: where they run, how they say what they found."""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

VAR = Path("var/bench-sync").resolve()
os.environ["MOTCUA_VAR"] = str(VAR)
os.environ["EXCHANGE_MEMBER"] = "000.00.00.H26,000.00.00.G01"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from bench.sync.streams import Message  # noqa: E402

TABLES = "sync_status, sync_dossier, sync_block, sync_stream, sync_refusal"


def say(work: str, reached: str, target: str = "–") -> None:
    print(f"| {work} | {reached} | {target} |", flush=True)


def heading(*names: str) -> None:
    print(f"\n| {' | '.join(names)} |\n|{'---|' * len(names)}", flush=True)


def interleaved(streams: list[list[Message]]) -> list[Message]:
    """Let members take turns, each in the order of its own rows."""
    longest = max(map(len, streams))
    return [stream[n] for n in range(longest) for stream in streams if n < len(stream)]


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES}")
        cursor.execute("CHECKPOINT")


def used() -> tuple[float, float]:
    """Return the processor time so far of this process and of its server process, in seconds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        times = psutil.Process(cursor.fetchone()[0]).cpu_times()
    return time.process_time(), times.user + times.system


class Costs:
    """Processor time of both ends a row: it hardly depends on who else uses the machine."""

    def __init__(self) -> None:
        self.before = used()

    def say(self, work: str, rows: int) -> None:
        here, there = ((b - a) / rows * 1e6 for a, b in zip(self.before, used(), strict=True))
        say(f"processor time, {work}", f"{here:.1f} µs a row here, {there:.1f} µs in the database")


def one(message: Message, stream: str):
    """Let one message be taken, in this process."""
    from motcua.sync.operations.taking import take

    with message.body.open("rb") as body:
        return take(
            body,
            member=message.member,
            stream_id=stream,
            offset=message.offset,
            encoding="gzip",
            at=datetime.now(UTC),
        )


@dataclass
class Times:
    """How long things took, in ms."""

    taken: list[float]

    def at(self, share: float) -> float:
        """Return the time that this share of them did not exceed."""
        ordered = sorted(self.taken)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
