"""
Score the search: is the right procedure among the first three, and how long does it take?

    python bench/search/run.py FILE.jsonl.gz

loads the package's own catalogue and FILE into an empty database of its own, scores
``queries.tsv`` and ``held_out.tsv`` (a search, a tab, the right codes), then adds believable
copies of other provinces until there are 6,842 procedures, scores again and times every search.
"""

import io
import json
import os
import statistics
import sys
import time
from pathlib import Path

from motcua.kernel.actors import Actor

HERE = Path(__file__).parent
ROOM_FOR = 6842
BY = Actor.system("bench")
OWNERS = [f"H{n:02}" for n in range(1, 64)]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
os.environ.setdefault("MOTCUA_VAR", "var/bench")
os.environ.setdefault("LOG_LEVEL", "WARNING")


def sets():
    for name in ("queries", "held_out"):
        rows = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        yield name, [(q, set(codes.split())) for q, codes in (row.split("\t") for row in rows)]


def score(search, cases, *, show):
    right = first = 0
    for typed, wanted in cases:
        got = [hit.code for hit in search(typed, limit=3).hits]
        right += bool(wanted & set(got))
        first += bool(got and got[0] in wanted)
        if show and not wanted & set(got):
            print(f"    {typed!r}: wanted {' '.join(sorted(wanted))}, got {' '.join(got) or '-'}")
    return right / len(cases), first / len(cases)


def copies(file, have):
    """Make other provinces' copies of provincial and communal procedures, wording kept."""
    from motcua.catalogue.rules.sources import Found, records_in

    with file.open("rb") as stream:
        found = [r for r in records_in(stream) if isinstance(r, Found)]
    local = [f for f in found if {"province", "commune"} & set(f.reading.levels)]
    for owner in OWNERS:
        for f in local:
            if have == ROOM_FOR:
                return
            record = json.loads(f.original)
            record["ma_thu_tuc"] += f".{owner}"
            (copy,) = records_in(io.BytesIO(json.dumps(record).encode()))
            have += 1
            yield copy


def timed(search, cases, *, rounds):
    took = []
    for _ in range(rounds):
        for typed, _wanted in cases:
            start = time.perf_counter()
            search(typed)
            took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return statistics.median(took), took[int(len(took) * 0.95)], took[-1]


def start():
    from motcua.backbone.postgres import embedded

    if "DATABASE_URL" not in os.environ:
        embedded(Path(os.environ["MOTCUA_VAR"]).resolve()).start()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def load(file):
    """Begin anew with the package's own catalogue and the file."""
    from django.utils.timezone import now

    from motcua.catalogue.models.procedures import Phrase, Procedure, Version
    from motcua.catalogue.operations.demo import load_demo_catalogue
    from motcua.catalogue.operations.importing import import_procedures
    from motcua.catalogue.rules.sources import records_in

    for table in (Version, Phrase, Procedure):
        table.objects.all().delete()
    load_demo_catalogue(by=BY, at=now())
    with file.open("rb") as stream:
        import_procedures(records_in(stream), source=file.name, by=BY, at=now())


def grow(file):
    from django.utils.timezone import now

    from motcua.catalogue.models.procedures import Procedure
    from motcua.catalogue.operations.importing import import_procedures

    more = copies(file, Procedure.objects.count())
    import_procedures(more, source="copies", by=BY, at=now())


def main(file):
    start()
    from motcua.catalogue.models.procedures import Procedure
    from motcua.catalogue.queries.search import search

    cases, ok = dict(sets()), True
    load(file)
    for size in ("as published", "with copies"):
        if size == "with copies":
            grow(file)
        print(f"{Procedure.objects.count():,} procedures ({size})")
        for name, wanted in cases.items():
            three, one = score(search, wanted, show=size == "as published")
            ok &= three >= 0.95
            print(
                f"  {name}: {three:.1%} right in the first three, {one:.1%} first ({len(wanted)})"
            )
    every = [case for wanted in cases.values() for case in wanted]
    timed(search, every, rounds=1)
    median, p95, most = timed(search, every, rounds=3)
    print(f"  one search: median {median:.1f} ms, p95 {p95:.1f} ms, most {most:.1f} ms")
    return ok and p95 <= 10


if __name__ == "__main__":
    sys.exit(not main(Path(sys.argv[1])))
