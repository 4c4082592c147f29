"""Read meanwhile, as citizens do: a code looked up, a person's dossiers; p95 at the end."""

import os
import sys
import time
from pathlib import Path
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from motcua.sync.queries import elsewhere  # noqa: E402


def main(seconds: float) -> None:
    chance, times, until = Random(1), [], time.monotonic() + seconds
    while time.monotonic() < until and sys.stdin:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code, person FROM sync_dossier WHERE person > gen_random_uuid() LIMIT 20"
            )
            found = cursor.fetchall()
        for code, person in found:
            start = time.perf_counter()
            elsewhere.find(code, at=now())
            elsewhere._MINE.all(person, elsewhere.LATEST, "", 21)
            times.append((time.perf_counter() - start) * 500)
            time.sleep(chance.random() / 25)
        if Path(sys.argv[2]).exists():
            break
    times.sort()
    if times:
        print(f"{len(times) * 2:,} reads, p50 {times[len(times) // 2]:.1f} ms, ", end="")
        print(f"p95 {times[int(len(times) * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main(float(sys.argv[1]))
