"""
Measure the taking of other agencies' dossiers on this machine, each beside raw COPY of the same.

``python -m bench.sync [--rows 1000000] [--members 76] [--signed 1000000]`` makes believable
streams, copies their rows raw into the same tables, empties these, takes the streams while others
read, takes them all again, and sends some signed, over sockets, to a web server of the portal.
``python -m bench.sync --growth [--sizes 100000,1000000,10000000]`` shows what grows with the rows.
``python -m bench.sync --backfill 100000`` tells a new parent of as many dossiers that are there.
The machine is noisy: compare the ratios of one run.
"""

import argparse
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime

import psutil

from bench.sync.backfill import backfill
from bench.sync.growth import growth
from bench.sync.house import VAR, Costs, empty, heading, interleaved, one, say
from bench.sync.sockets import signed
from bench.sync.streams import Message, shares, written
from motcua.backbone.postgres import embedded

MESSAGE_ROWS = 200_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--members", type=int, default=76)
    arguments.add_argument("--signed", type=int, default=1_000_000, help="rows sent signed")
    arguments.add_argument("--growth", action="store_true", help="measure at each of --sizes")
    arguments.add_argument("--backfill", type=int, metavar="N", help="tell a parent of N dossiers")
    arguments.add_argument("--sizes", default="100000,1000000,10000000")
    wanted = arguments.parse_args()
    shutil.rmtree(VAR, ignore_errors=True)
    (VAR / "streams").mkdir(parents=True)
    with embedded(VAR).in_use():
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if wanted.backfill:
            backfill(wanted.backfill)
        elif wanted.growth:
            growth(sorted(map(int, wanted.sizes.split(","))), wanted.members)
        else:
            all_of_it(wanted.rows, wanted.members, wanted.signed)
    shutil.rmtree(VAR, ignore_errors=True)


def all_of_it(rows: int, members: int, sent: int) -> None:
    heading("work", "measured", "to reach")
    start = time.perf_counter()
    there = VAR / "streams"
    messages = interleaved([written(s, there, most=MESSAGE_ROWS) for s in shares(rows, members)])
    made = sum(message.rows for message in messages)
    say(f"make {made:,} rows", f"{made / (time.perf_counter() - start):,.0f}/s")
    raw = raw_copy(messages)
    empty()
    rate = taken(messages, raw)
    replayed(messages, rate)
    if sent:
        empty()
        signed(sent, raw)


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


def replayed(messages: list[Message], rate: float) -> None:
    start, changed, rows = time.perf_counter(), 0, 0
    for message in messages:
        answer = one(message, "again")
        changed += answer.statuses_new + answer.dossiers_new + answer.dossiers_changed
        rows += message.rows
    again = rows / (time.perf_counter() - start)
    say("take it all again", f"{again:,.0f}/s · {again / rate:.1f}×, {changed} changed", "≥ 2×, 0")


if __name__ == "__main__":
    main()
