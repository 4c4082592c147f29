"""A portal above is told of our dossiers, and the worker that tells it is killed in its middle."""

import os
import signal
from contextlib import contextmanager

import psycopg
import pytest

from tests.faults.waiting import query, ready, until
from tests.portals import portal

HANOI, ABOVE = "000.00.00.H26", "000.00.00.G01"
KEY = 770_077
"""An advisory lock that only these tests take."""
PREPARE = f"""
from datetime import timedelta
from django.conf import settings
from django.utils.timezone import now
from motcua.exchange.operations.agreements import Asked, Step, ask_for_agreement, take_step
from motcua.exchange.operations.services import open_service
from motcua.kernel.actors import Actor, Role
from motcua.sync.operations.parents import LegacyAccount, add_legacy_parent, add_parent, pause
from motcua.sync.operations.systems import make_system
at, us = now(), Actor.system("fault")
terms = ("{HANOI}", "{ABOVE}", "dossiers.v1", ("synchronise",), at, at + timedelta(days=9))
by = Actor("a", "Quản trị", "{HANOI}", frozenset({{Role.ADMINISTRATOR}}))
asked = ask_for_agreement(Asked(*terms, "Cần", "Luật"), by=by, at=at)
for name in ("b", "c"):
    take_step(asked, Step.GRANT, by=Actor(name, name, "G01", frozenset({{Role.LEADER}})), at=at)
made = make_system("ha-noi", "{HANOI}", title="", by=us, at=at)
place = settings.BASE_URL + "/dich-vu-cong"
account = LegacyAccount(place, made.username, made.password, "x:{HANOI}", inside=True)
pause(add_parent("{HANOI}", "{ABOVE}", by=us, at=at), by=us, at=at)
pause(add_legacy_parent("{HANOI}", "dvcqg", account, by=us, at=at), by=us, at=at)
"""
ANEW = """
from django.utils.timezone import now
from motcua.kernel.actors import Actor
from motcua.sync.models import Parent
from motcua.sync.operations.parents import tell_anew
tell_anew(Parent.objects.get(to="{name}").pk, by=Actor.system("fault"), at=now())
"""
IN_ITS_MERGE = "sync_status", "INSERT ON sync_status FOR EACH STATEMENT"
ITS_PLACE = "UPDATE ON sync_parent FOR EACH ROW WHEN (NEW.step > OLD.step)"
BEFORE_THE_PLACE_MOVES = "sync_parent", ITS_PLACE
OURS = (
    "SELECT count(*) FROM (SELECT DISTINCT d.id, t.at, t.state, t.step, t.reason FROM "
    "dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id "
    "WHERE d.code LIKE '%%.H26-%%') each"
)


@pytest.fixture(scope="module")
def house(folder):
    """Have a portal that tells, and in a process of its own, for a ministry, who is told."""
    with portal(folder / "above", SYNC_LEGACY="1", WEB_PROCESSES="1") as running:
        running.command("exchange", "service", "open", "dossiers.v1", "--provider", ABOVE)
        running.command("shell", "-c", PREPARE)
        running.command("demo", "--dossiers", "600")
        query(
            running,
            "CREATE FUNCTION held_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"PERFORM pg_advisory_xact_lock({KEY}); RETURN NEW; END $$",
        )
        yield running


@contextmanager
def holding_up(house, where):
    """Have whoever comes to a place wait there until this ends."""
    table, when = where
    query(house, f"CREATE TRIGGER held BEFORE {when} EXECUTE FUNCTION held_up()")
    with psycopg.connect(house.database_url(), autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", (KEY,))
        yield
    query(house, f"DROP TRIGGER held ON {table}")


def is_held_up(house):
    waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    return query(house, waits, KEY) != []


def is_told_all(house, kind):
    place = (
        "SELECT error IS NULL AND try_at IS NULL AND step >= "
        "(SELECT max(id) FROM dossiers_transition) FROM sync_parent WHERE kind = %s"
    )
    return query(house, place, kind) == [(True,)]


def told(house):
    """Return all that the portal above has, in an order."""
    statuses = "SELECT member, code, at, status, detail FROM sync_status ORDER BY 1, 2, 3, 4, 5"
    dossiers = "SELECT member, code FROM sync_dossier ORDER BY 1, 2"
    return query(house, statuses), query(house, dossiers)


def forgotten(house):
    """Have the portal above know nothing, and nobody tell it anything."""
    query(house, "UPDATE sync_parent SET paused_at = now()")
    query(house, "TRUNCATE sync_status, sync_dossier, sync_stream, sync_block, sync_detail CASCADE")


CASES = [
    ("native", ABOVE, IN_ITS_MERGE),
    ("native", ABOVE, BEFORE_THE_PLACE_MOVES),
    ("legacy", "dvcqg", BEFORE_THE_PLACE_MOVES),
]


@pytest.mark.parametrize(("kind", "name", "where"), CASES)
def test_a_worker_killed_while_it_tells_a_parent_loses_no_step_and_tells_none_twice(
    house, kind, name, where
):
    until(lambda: ready(house), what="the portal is ready before the test")
    forgotten(house)
    house.command("shell", "-c", ANEW.format(name=name))
    with holding_up(house, where):
        query(house, "UPDATE sync_parent SET paused_at = NULL WHERE kind = %s", kind)
        until(lambda: is_held_up(house), what="a message is on its way")
        old = house.pid("worker")
        os.kill(old, signal.SIGKILL)
        until(lambda: house.pid("worker") not in {0, old}, what="another worker")
        assert not is_told_all(house, kind)
    until(lambda: is_told_all(house, kind), what="everything was told in the end")
    once = told(house)
    if kind == "native":
        assert query(house, OURS) == [(len(once[0]),)]
        sent = "SELECT s.cursor = p.sent FROM sync_parent p JOIN sync_stream s USING (stream)"
        assert query(house, f"{sent} WHERE p.kind = 'native'") == [(True,)]
    house.command("shell", "-c", ANEW.format(name=name))
    until(lambda: is_told_all(house, kind), what="everything was told again, undisturbed")
    assert told(house) == once
    assert len(once[1]) == len(set(once[1])) > 0
