"""A second database: read while it is recent, taking over when the first dies, losing nothing."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

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


def test_when_the_primary_is_killed_no_acknowledged_status_is_lost_or_doubled(place):
    found = drill(place, pair(place.var), each=20, say=lambda _text: None)
    assert found.acknowledged == 8 * 20 + 5
    assert 0 < found.acknowledged_before < found.acknowledged
    assert (found.lost, found.doubled, found.not_announced) == (0, 0, 0)
    assert found.read_again == "replica1"
