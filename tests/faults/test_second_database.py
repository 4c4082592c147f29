"""A second database: read while it is recent, taking over when the first dies, losing nothing."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from tools.rehearsal.drill import drill
from tools.rehearsal.portal import place_of, portal_at
from tools.rehearsal.servers import pair


@pytest.fixture(scope="module")
def place():
    """
    Two servers with the demonstration, one following the other.

    Not below pytest's own directory, which each run of pytest closes to the servers' user.
    """
    with TemporaryDirectory(prefix="motcua-", ignore_cleanup_errors=True) as folder:
        yield from following(Path(folder) / "var")


def following(var):
    first, second = pair(var)
    made = place_of(var, (first, second))
    try:
        first.start()
        portal_at(made).command("prepare")
        second.copy_from(first)
        yield made
    finally:
        first.stop()
        second.stop()


PASSING = (".db", ".lock", ".users", ".log")


def read_beside(place, scene):
    first, second = pair(place.var)
    more = {
        "DATABASE_URL": first.url(),
        "DATABASE_REPLICA_URL": second.url(),
        "REPLICA_MOST_LAG": "2",
        "LOG_LEVEL": "INFO",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.reading", scene, str(place.var)],
        env={**os.environ, **place.settings(), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout + done.stderr


def test_who_wrote_sees_it_at_once_and_nobody_reads_what_is_too_old(place):
    assert "seen" in read_beside(place, "lagging")


def test_a_replica_that_dies_is_noted_and_missed_by_nobody(place):
    said = read_beside(place, "dying")
    assert "replica is not read; the primary is" in said
    assert "replica1 does not answer" in said
    assert "replica is read again" in said


def test_a_backup_brings_back_every_row_and_every_key(place, tmp_path):
    first, _second = pair(place.var)
    password = place.var / "sync" / "parents" / "7.password"
    password.parent.mkdir(parents=True)
    password.write_text("của-cổng-trên")
    portal_at(place).command("backup", str(tmp_path / "backup"))
    first.ask("CREATE DATABASE again TEMPLATE template0")
    address = first.url("again")
    elsewhere = {**place.environment, "DATABASE_URL": address, "DATABASE_REPLICA_URL": ""}
    other = portal_at(replace(place, var=tmp_path / "var", environment=elsewhere))
    assert "migrate" in other.command("restore", str(tmp_path / "backup"))
    assert contents(address) == contents(first.url())
    assert keys(tmp_path / "var") == keys(place.var)
    assert {"secret-key", "export-key", "sync/parents/7.password"} < keys(place.var).keys()
    with pytest.raises(RuntimeError, match="not empty"):
        other.command("restore", str(tmp_path / "backup"))
    first.ask("DROP DATABASE again")


def test_a_damaged_backup_is_refused_before_anything_is_changed(place, tmp_path):
    portal_at(place).command("backup", str(tmp_path / "backup"))
    with (tmp_path / "backup" / "database.dump").open("r+b") as dump:
        dump.seek(2000)
        dump.write(b"x")
    with pytest.raises(RuntimeError, match="damaged"):
        portal_at(place).command("restore", str(tmp_path / "backup"))


def keys(var):
    """Return what each file says that lies in ``var`` itself, or is a key or a password."""
    kept = (*var.glob("exchange/**/*.key"), *var.glob("sync/parents/*"))
    files = [*var.iterdir(), *kept]
    found = {str(f.relative_to(var)): f.read_text() for f in files if f.is_file()}
    return {name: text for name, text in found.items() if not name.endswith(PASSING)}


def contents(address):
    """Return the number of rows of each table, with a hash of them all."""
    with psycopg.connect(address) as database:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        found = {}
        for (name,) in database.execute(names).fetchall():
            rows = "md5(string_agg(t::text, chr(10) ORDER BY t::text))"
            hashed = f'SELECT count(*), {rows} FROM "{name}" t'
            found[name] = database.execute(hashed).fetchone()
        return found


def test_when_the_primary_is_killed_no_acknowledged_status_is_lost_or_doubled(place):
    found = drill(place, pair(place.var), each=20, say=lambda _text: None)
    assert found.acknowledged == 8 * 20 + 5
    assert 0 < found.acknowledged_before < found.acknowledged
    assert (found.lost, found.doubled, found.not_announced) == (0, 0, 0)
    assert 0 < found.statuses_acknowledged_before < found.statuses_acknowledged
    assert found.statuses_lost == 0
    assert found.read_again == "replica1"
