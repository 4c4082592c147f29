"""A parent that is added late: everything that is there is told to it, signed, over sockets."""

import sys
import time

import psutil

from bench.sync.house import Costs, heading, say
from bench.sync.sockets import memory_of, serving


def backfill(dossiers: int) -> None:
    """Make dossiers up, tell a new parent of all of them, and say how quickly that went."""
    from django.core.management import call_command
    from django.utils.timezone import now

    from motcua.exchange.tests.places import HANOI, POLICE
    from motcua.kernel.actors import Actor
    from motcua.sync.operations.parents import add_parent
    from motcua.sync.operations.telling import tell_parent

    with serving() as server:
        call_command("demo", "--dossiers", str(dossiers), "--people", "100")
        heading("work", "measured", "to reach")
        parent = add_parent(HANOI, POLICE, by=Actor.system("bench"), at=now())
        before = _memory(server)
        costs, start = Costs(), time.perf_counter()
        told = tell_parent(parent, clock=now)
        spent = time.perf_counter() - start
        after = _memory(server)
    _check_told()
    say(f"tell {told:,} rows of {dossiers:,} dossiers", f"{told / spent:,.0f}/s")
    costs.say("telling", told)
    for who, old, new in zip(("this program", "the parent's server"), before, after, strict=True):
        say(f"memory of {who}", f"{old:,.0f} MB before, {new:,.0f} MB after", "flat")
    _say_what_arrived()
    start = time.perf_counter()
    again = tell_parent(parent, clock=now)
    say("tell it again when nothing was done", f"{again} rows, {time.perf_counter() - start:.2f} s")


def _memory(server: psutil.Process) -> tuple[float, float]:
    return psutil.Process().memory_info().rss / 2**20, memory_of(server)


def _check_told() -> None:
    from django.utils.timezone import now

    from motcua.kernel.actors import Actor
    from motcua.sync.queries.parents import parents

    (standing,) = parents(by=Actor.system("bench"), at=now())
    if standing.error:
        sys.exit(f"{standing.error} {standing.facts}")


def _say_what_arrived() -> None:
    steps = _steps_here()
    say("steps that did not arrive", f"{steps - _steps_there():,} of {steps:,}", "0")


def _steps_here() -> int:
    """Return how many different steps we have: several of one moment and state count once."""
    return _count(
        "SELECT count(*) FROM (SELECT DISTINCT d.id, t.at, t.state, t.step, t.reason FROM "
        "dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id "
        "WHERE d.code LIKE '%.H26-%') each"
    )


def _steps_there() -> int:
    return _count("SELECT count(*) FROM sync_status WHERE member = 'H26'")


def _count(asked: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(asked)
        return int(cursor.fetchone()[0])
