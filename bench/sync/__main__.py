"""
Measure the taking of other agencies' dossiers on this machine, each beside raw COPY of the same.

``python -m bench.sync [--rows 1000000] [--members 76]`` makes believable streams, copies their rows
raw into the same tables, empties these, takes the streams while others read, takes them all again,
and sends some through the signed gateway. The machine is noisy: compare the ratios of one run.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

VAR = Path("var/bench-sync").resolve()
os.environ["MOTCUA_VAR"] = str(VAR)
os.environ["EXCHANGE_MEMBER"] = "000.00.00.H26,000.00.00.G01"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from bench.sync.streams import Message, Share, shares, written  # noqa: E402
from motcua.backbone.postgres import embedded  # noqa: E402

MESSAGE_ROWS = 200_000
TABLES = "sync_status, sync_dossier, sync_block, sync_stream, sync_refusal"


def say(work: str, reached: str, target: str = "–") -> None:
    print(f"| {work} | {reached} | {target} |", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--members", type=int, default=76)
    wanted = arguments.parse_args()
    shutil.rmtree(VAR, ignore_errors=True)
    (VAR / "streams").mkdir(parents=True)
    with embedded(VAR).in_use():
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print("| work | measured | to reach |\n|---|---|---|", flush=True)
        start = time.perf_counter()
        messages = _interleaved(
            [
                written(share, VAR / "streams", most=MESSAGE_ROWS)
                for share in shares(wanted.rows, wanted.members)
            ]
        )
        made = sum(message.rows for message in messages)
        say(f"make {made:,} rows", f"{made / (time.perf_counter() - start):,.0f}/s")
        raw = raw_copy(messages)
        empty()
        rate = taken(messages, raw)
        replayed(messages, rate)
        signed()
    shutil.rmtree(VAR, ignore_errors=True)


def _interleaved(streams: list[list[Message]]) -> list[Message]:
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


def raw_copy(messages: list[Message], most: int = 1_000_000) -> float:
    """
    Return how many rows a second COPY alone writes into the tables: the first million.

    In transactions of some 32,000 rows, which is quicker for COPY than what taking does.
    """
    from django.db import connection, transaction

    from motcua.sync.models import staging
    from motcua.sync.rules import batching

    ours, batching.MOST_STAGED = batching.MOST_STAGED, 32_768

    spent, rows = 0.0, 0
    costs = Costs()
    for message in messages:
        for batch in decoded(message):
            start = time.perf_counter()
            with transaction.atomic(), connection.cursor() as cursor:
                for table, columns, lines in (
                    ("sync_status", staging.STATUS_COLUMNS, batch.statuses),
                    ("sync_dossier", staging.DOSSIER_COLUMNS, batch.records()),
                ):
                    staging._copy(cursor, table, columns, lines)
            spent += time.perf_counter() - start
            rows += batch.end - batch.first
        if rows >= most:
            break
    batching.MOST_STAGED = ours
    say(f"raw COPY of {rows:,}", f"{rows / spent:,.0f}/s")
    costs.say("raw COPY (here: with decoding)", rows)
    return rows / spent


def decoded(message: Message):
    from motcua.sync.rules.batching import batches_of
    from motcua.sync.rules.decoding import Decoder
    from motcua.sync.rules.reading import blocks_of, pieces_of

    decoder = Decoder(message.member[-3:], key=b"bench", at=datetime.now(UTC))
    with message.path.open("rb") as file:
        pieces = pieces_of(file, encoding="gzip", most=1 << 40)
        blocks = blocks_of(pieces, first=message.offset)
        yield from batches_of(blocks, decoder, known={}, first=message.offset)


def taken(messages: list[Message], raw: float) -> float:
    stop = VAR / "stop"
    reader = subprocess.Popen(
        [sys.executable, "-m", "bench.sync.readers", "36000", str(stop)],
        stdout=subprocess.PIPE,
        text=True,
    )
    process, rows, most = psutil.Process(), 0, 0.0
    costs, start, marks = Costs(), time.perf_counter(), [(0, 0.0)]
    first_memory = process.memory_info().rss / 2**20
    for message in messages:
        one(message, "bench")
        rows += message.rows
        most = max(most, process.memory_info().rss / 2**20)
        marks.append((rows, time.perf_counter() - start))
    spent = time.perf_counter() - start
    stop.touch()
    rate = rows / spent
    say(f"take {rows:,}", f"{rate:,.0f}/s · {rate / raw:.0%} of raw COPY", "≥ 50,000/s, ≥ 50 %")
    if rows > 1_000_000:
        base = next(mark for mark in reversed(marks) if mark[0] <= rows - 1_000_000)
        last = (rows - base[0]) / (spent - base[1])
        say("the last million", f"{last:,.0f}/s", "≥ 35,000/s")
    costs.say("take", rows)
    say("memory", f"{first_memory:,.0f} MB before, {most:,.0f} MB at most", "flat")
    say("readers meanwhile", reader.communicate()[0].strip() or "none", "p95 ≤ 100 ms")
    return rate


def one(message: Message, stream: str):
    from motcua.sync.operations.taking import take

    with message.path.open("rb") as body:
        return take(
            body,
            member=message.member,
            stream_id=stream,
            offset=message.offset,
            encoding="gzip",
            at=datetime.now(UTC),
        )


def replayed(messages: list[Message], rate: float) -> None:
    start, changed, rows = time.perf_counter(), 0, 0
    for message in messages:
        answer = one(message, "again")
        changed += answer.statuses_new + answer.dossiers_new + answer.dossiers_changed
        rows += message.rows
    again = rows / (time.perf_counter() - start)
    say("take it all again", f"{again:,.0f}/s · {again / rate:.1f}×, {changed} changed", "≥ 2×, 0")


def signed(rows: int = 300_000) -> None:
    """Send a member's stream signed through the whole gateway, in this process."""
    from motcua.exchange.operations.demo import seed_members
    from motcua.exchange.tests.places import POLICE
    from motcua.exchange.tests.wire import agreement, line, now, offered
    from motcua.kernel.actors import Actor
    from motcua.sync.api.gateway import SERVICE, answer
    from motcua.sync.operations.pushing import PURPOSE, call

    empty()
    seed_members(address="http://127.0.0.1:1", by=Actor.system("bench"), at=now())
    agreement(PURPOSE, service=offered(answer, SERVICE))
    messages = written(Share("000.00.00.H26", 0, rows), VAR / "streams", most=100_000)
    start = time.perf_counter()
    with line():
        for message in messages:
            headers = {"content-encoding": "gzip", "stream": "signed"}
            call(
                *(POLICE, SERVICE, "stream"),
                body=message.path.read_bytes(),
                content_type="application/x-ndjson",
                headers=headers | {"stream-offset": str(message.offset)},
                purpose=PURPOSE,
                at=now(),
                timeout=600.0,
            )
    rate = sum(message.rows for message in messages) / (time.perf_counter() - start)
    say(f"signed, through the gateway, {rows:,}", f"{rate:,.0f}/s", "≥ 50,000/s")


if __name__ == "__main__":
    main()
