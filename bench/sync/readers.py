"""Read meanwhile, as citizens do: a code looked up, a person's dossiers; p95 at the end."""

import os
import sys
import time
from pathlib import Path
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")

from bench.sync.house import Times

Found = tuple[str, object]


def sample(most: int = 20) -> list[Found]:
    """Return codes and persons from blocks anywhere in the table, few of each block."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_relation_size(relid)) / 8192 FROM pg_partition_tree('sync_dossier')"
        )
        share = min(100, 100 * most / max(1, cursor.fetchone()[0]))
        cursor.execute(
            "SELECT code, person FROM sync_dossier TABLESAMPLE SYSTEM (%s) "
            "WHERE person IS NOT NULL ORDER BY random() LIMIT %s",
            (share, most),
        )
        return cursor.fetchall()


def took_to_read(code: str, person: object) -> tuple[float, float]:
    """Return how long a look-up by code takes, and a list of a person's dossiers, in ms."""
    from django.utils.timezone import now

    from motcua.sync.queries import elsewhere

    start = time.perf_counter()
    elsewhere.find(code, at=now())
    middle = time.perf_counter()
    elsewhere._MINE.all(person, *elsewhere.place_at(""), 21)
    return (middle - start) * 1000, (time.perf_counter() - middle) * 1000


def main(seconds: float) -> None:
    import django

    django.setup()
    chance, times, until = Random(1), Times([]), time.monotonic() + seconds
    while time.monotonic() < until and not Path(sys.argv[2]).exists():
        for found in sample():
            times.taken += took_to_read(*found)
            time.sleep(chance.random() / 25)
        time.sleep(chance.random() / 25)
    if times.taken:
        print(f"{len(times.taken):,} reads, p50 {times.at(0.5):.1f} ms, ", end="")
        print(f"p95 {times.at(0.95):.1f} ms")


if __name__ == "__main__":
    main(float(sys.argv[1]))
