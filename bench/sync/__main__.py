"""
Measure the taking of other agencies' dossiers on this machine, each beside raw COPY of the same.

``python -m bench.sync [--statuses 1000000] [--members 76]`` makes believable streams of so many
statuses and their dossiers, copies rows raw into the same tables, empties these, has each member
send its stream signed, over sockets, to a web server of the portal while others read there, and
has all of it sent again.
``python -m bench.sync --growth [--sizes 100000,1000000,10000000]`` shows what grows with the rows.
``python -m bench.sync --backfill 100000`` tells a new parent of as many dossiers that are there.
The machine is noisy: compare the ratios of one run.
"""

import argparse
import os
import shutil
import time
from datetime import UTC, datetime

from bench.sync.backfill import backfill
from bench.sync.growth import growth
from bench.sync.house import VAR, Costs, empty, heading, interleaved, say
from bench.sync.signed import HUB, signed
from bench.sync.streams import A_DOSSIER, Message, Share, shares, written
from motcua.backbone.postgres import embedded

MESSAGE_ROWS = 200_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--statuses", type=int, default=1_000_000)
    arguments.add_argument("--members", type=int, default=76)
    arguments.add_argument("--growth", action="store_true", help="measure at each of --sizes")
    arguments.add_argument("--backfill", type=int, metavar="N", help="tell a parent of N dossiers")
    arguments.add_argument("--sizes", default="100000,1000000,10000000")
    wanted = arguments.parse_args()
    shutil.rmtree(VAR, ignore_errors=True)
    (VAR / "streams").mkdir(parents=True)
    parts = shares(wanted.statuses + wanted.statuses * 10 // A_DOSSIER, wanted.members)
    if not (wanted.backfill or wanted.growth):
        os.environ["EXCHANGE_MEMBER"] = ",".join([HUB, *(part.member for part in parts)])
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
            all_of_it(parts)
    shutil.rmtree(VAR, ignore_errors=True)


def all_of_it(parts: list[Share]) -> None:
    heading("work", "measured", "to reach")
    start = time.perf_counter()
    there = VAR / "streams"
    messages = interleaved([written(part, there, most=MESSAGE_ROWS) for part in parts])
    made, statuses = (sum(getattr(m, of) for m in messages) for of in ("rows", "statuses"))
    rate = made / (time.perf_counter() - start)
    say(f"make {statuses:,} statuses, {made - statuses:,} dossiers", f"{rate:,.0f} rows/s")
    raw = raw_copy(messages)
    empty()
    signed(messages, raw)


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
    with message.body.open("rb") as file:
        pieces = pieces_of(file, encoding="gzip", most=1 << 40)
        blocks = blocks_of(pieces, first=message.offset)
        yield from batches_of(blocks, decoder, known={}, first=message.offset)


if __name__ == "__main__":
    main()
