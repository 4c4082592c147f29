"""Members send their streams signed, over sockets, to one web server, while others read there."""

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

import msgspec
import psutil

from bench.sync.house import VAR, say
from bench.sync.sockets import memory_of, serving
from bench.sync.streams import Message

HUB = "000.00.00.G22"
"""The Government Office, to which all send."""
SENDERS = 2
"""Members that send at once, as many as are let in at once."""
LAST = 1_000_000
SMALL_SENDERS, SMALL = 4, 250
"""Members that each tell of so many statuses, one a message, at once."""


@dataclass
class Sending:
    """What was sent so far: rows, changes, and when each message had been answered."""

    began: float = field(default_factory=time.perf_counter)
    rows: int = 0
    changed: int = 0
    looked: float = 0.0
    marks: list[tuple[int, float]] = field(default_factory=lambda: [(0, 0.0)])
    lock: Lock = field(default_factory=Lock)

    def add(self, rows: int, changed: int) -> None:
        with self.lock:
            self.rows += rows
            self.changed += changed
            self.marks.append((self.rows, time.perf_counter() - self.began))

    def looks(self) -> bool:
        """Tell whether it is a second since memory was looked at, which takes time itself."""
        with self.lock:
            now = time.perf_counter()
            if due := now - self.looked > 1:
                self.looked = now
        return due

    @property
    def rate(self) -> float:
        """Rows a second, all in all."""
        return self.rows / self.marks[-1][1]

    @property
    def rate_of_last(self) -> float:
        """Rows a second through the last million."""
        rows, at = next(m for m in reversed(self.marks) if m[0] <= max(0, self.rows - LAST))
        return (self.rows - rows) / (self.marks[-1][1] - at)


def signed(messages: list[Message], raw: float) -> None:
    """Have all of it sent, and sent again; tell its speed beside raw COPY, and what it took."""
    members = list(dict.fromkeys(message.member for message in messages))
    with serving(HUB, *members) as server:
        _ask_where(members)
        memory, spent = [memory_of(server)], sum(_times(server))
        with _readers() as told:
            first = _send(messages, server, memory)
        spent = sum(_times(server)) - spent
        share = f"{first.rate / raw:.0%} of raw COPY"
        say(
            f"take {first.rows:,} rows, signed, of {len(members)} members",
            f"{first.rate:,.0f}/s · {share}",
            "≥ 50,000/s, ≥ 50 %",
        )
        say("… the last million", f"{first.rate_of_last:,.0f}/s", "≥ 35,000/s")
        say("… processor time of the server", f"{spent / first.rows * 1e6:.1f} µs a row")
        say("… readers meanwhile", told[0] or "none", "p95 ≤ 100 ms")
        again = _send(messages, server, memory, stream="again")
        _say_small(members[:SMALL_SENDERS])
    say(
        "take it all again",
        f"{again.rate:,.0f}/s · {again.rate / first.rate:.1f}×, {again.changed} changed",
        "≥ 2×, 0",
    )
    say(
        "memory of that server",
        f"{memory[0]:,.0f} MB before, {max(memory):,.0f} MB at most",
        "flat",
    )


def _send(
    messages: list[Message], server: psutil.Process, memory: list[float], stream: str = "first"
) -> Sending:
    """Send what members have, each in the order of its rows, a few members at once."""
    sending, queues = Sending(), defaultdict(list)
    for message in messages:
        queues[message.member].append(message)

    def all_of(member: str) -> None:
        from django.db import connection

        for message in queues[member]:
            told = _told(message, stream)
            changes = ("statuses_new", "dossiers_new", "dossiers_changed")
            sending.add(message.rows, sum(told[each] for each in changes))
            if sending.looks():
                memory.append(memory_of(server))
        connection.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(all_of, queues))
    return sending


def _ask_where(members: list[str]) -> None:
    """Have each member ask how far its stream is, as who pushes does: all is loaded then."""

    def ask(member: str) -> None:
        from django.db import connection
        from django.utils.timezone import now

        from motcua.exchange.operations.calling import call
        from motcua.sync.api.gateway import SERVICE
        from motcua.sync.operations.pushing import PURPOSE

        facts = {"consumer": member, "purpose": PURPOSE, "at": now(), "timeout": 600.0}
        call(HUB, SERVICE, "cursor?stream=first", method="GET", **facts)
        connection.close()

    with ThreadPoolExecutor(SMALL_SENDERS) as pool:
        list(pool.map(ask, members))


def _say_small(members: list[str]) -> None:
    def all_of(member: str) -> None:
        from django.db import connection

        for row in range(SMALL):
            code = f"000.00.00.{member[-3:]}-261101-{row:04}"
            line = f'{{"k":"s","code":"{code}","at":"2026-11-01T08:00:00+07:00","status":2}}\n'
            _told(Message(member, row, 1, 1, line.encode()), "small", packed=False)
        connection.close()

    start = time.perf_counter()
    with ThreadPoolExecutor(len(members)) as pool:
        list(pool.map(all_of, members))
    rate = len(members) * SMALL / (time.perf_counter() - start)
    say(f"messages of one status, {len(members)} members at once", f"{rate:,.0f}/s", "≥ 500/s")


def _told(message: Message, stream: str, *, packed: bool = True) -> dict[str, int]:
    from django.utils.timezone import now

    from motcua.exchange.operations.calling import call
    from motcua.sync.api.gateway import SERVICE
    from motcua.sync.operations.pushing import PURPOSE

    answer = call(
        *(HUB, SERVICE, "stream"),
        consumer=message.member,
        body=message.body,
        content_type="application/x-ndjson",
        headers={"stream": stream, "stream-offset": str(message.offset)}
        | ({"content-encoding": "gzip"} if packed else {}),
        purpose=PURPOSE,
        at=now(),
        timeout=600.0,
    )
    told = msgspec.json.decode(answer.body)
    if told["cursor"] != message.offset + message.rows:
        sys.exit(f"{message.member} at {message.offset}: {told}")
    return told


@contextmanager
def _readers() -> Iterator[list[str]]:
    """Read meanwhile; what the readers said is there when they have stopped."""
    stop, told = VAR / "stop", []
    command = [sys.executable, "-m", "bench.sync.readers", "36000", str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        yield told
        stop.touch()
        told.append(reader.communicate()[0].strip())


def _times(server: psutil.Process) -> Iterator[float]:
    for process in (server, *server.children(recursive=True)):
        yield sum(process.cpu_times()[:2])
