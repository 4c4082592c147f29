"""What grows with the rows that were taken, and what does not: one table, a line for each size."""

import time
from random import Random

import psutil

from bench.sync.house import VAR, Times, heading, interleaved, one
from bench.sync.readers import sample, took_to_read
from bench.sync.streams import shares, written

MESSAGE_ROWS = 50_000
READS = 400


def growth(sizes: list[int], members: int) -> None:
    """Take rows until the tables hold each size, and measure there."""
    heading("rows in all", "taken since", "memory", "tables", "code, p95", "person, p95")
    there = VAR / "streams"
    streams = [written(s, there, most=MESSAGE_ROWS) for s in shares(sizes[-1], members)]
    left, rows, process = interleaved(streams)[::-1], 0, psutil.Process()
    for size in sizes:
        before, start = rows, time.perf_counter()
        while left and rows < size:
            message = left.pop()
            one(message, "growth")
            rows += message.rows
        rate = (rows - before) / (time.perf_counter() - start)
        memory = process.memory_info().rss / 2**20
        code, person = reads(READS)
        print(
            f"| {rows:,} | {rate:,.0f}/s | {memory:,.0f} MB | {held() / 2**20:,.0f} MB "
            f"| {code.at(0.95):.2f} ms | {person.at(0.95):.2f} ms |",
            flush=True,
        )


def reads(number: int) -> tuple[Times, Times]:
    """Look up codes and persons, each anywhere in the tables; nobody else writes meanwhile."""
    chance, code, person = Random(7), Times([]), Times([])
    while len(code.taken) < number:
        for found in chance.sample(drawn := sample(), min(4, len(drawn))):
            by_code, by_person = took_to_read(*found)
            code.taken.append(by_code)
            person.taken.append(by_person)
    return code, person


def held() -> int:
    """Return how many bytes the two tables and their indexes have."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('sync_status') "
        )
        statuses = cursor.fetchone()[0]
        cursor.execute(
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('sync_dossier') "
        )
        return int(statuses + cursor.fetchone()[0])
