"""A run over five hundred dossiers while database and worker die: each is done, and none twice."""

import os
import re
import signal

from tests.faults.clerk import Clerk
from tests.faults.waiting import query, ready, until

WARD = "000.00.61.H26"
CLERK = "mot-cua.hoan-kiem@motcua.example"
MANY = 500
NEW = """
UPDATE dossiers_dossier SET agency = %s, state = 'new', stage = 0, stage_role = 'clerk',
    holder = '', holder_name = '', waiting_from = '', waiting_since = NULL, fee = 0,
    done_at = NULL, received_at = NULL
"""
RUNS = "/ban-lam-viec/hang-loat/"
THROUGH = re.compile(r"Đã xong (\d+) trên (\d+) hồ sơ")
TOLD = "SELECT count(*), count(DISTINCT subject) FROM backbone_entry WHERE name = 'dossiers.moved'"
STEPS = """
SELECT t.step, t.before, t.state, t.by_name, count(*), count(DISTINCT t.dossier_id)
FROM dossiers_transition t WHERE t.id > %s GROUP BY 1, 2, 3, 4
"""


def test_a_clerk_s_run_goes_on_where_it_was_and_does_nothing_twice(house):
    until(lambda: ready(house), what="the portal is ready")
    house.command("demo", "--dossiers", str(MANY))
    query(house, NEW, WARD)
    ((last,),) = query(house, "SELECT max(id) FROM dossiers_transition")
    told = query(house, TOLD)[0][0]
    clerk = Clerk(house.url, CLERK)
    run = begun_by(clerk)
    until(lambda: through(house, run) >= MANY // 5, what="the run is under way")
    os.kill(house.pid("database"), signal.SIGKILL)
    os.kill(died := house.pid("worker"), signal.SIGKILL)
    until(lambda: ready(house), what="the database is back")
    until(lambda: house.pid("worker") not in {0, died}, what="a new worker")
    seen_by_an_operator(house)
    part = seen_by(clerk, run)
    assert MANY // 5 <= part[0] < MANY
    assert part[1] == MANY
    until(lambda: through(house, run) > part[0], what="the run goes on")
    os.kill(house.pid("database"), signal.SIGINT)
    until(lambda: ready(house), what="the database is back once more")
    until(lambda: through(house, run) == MANY, what="every dossier of the run is through")
    assert f"cả {MANY} hồ sơ đều làm được" in clerk.open(f"{RUNS}{run}/")
    name = query(house, "SELECT by_name FROM dossiers_bulk WHERE id = %s", run)[0][0]
    once = [("accept", "new", "received", name, MANY, MANY)]
    assert query(house, STEPS, last) == once
    assert query(house, TOLD)[0][0] == told + MANY


def begun_by(clerk):
    """Choose all that is new, say yes, and return the number of the run."""
    clerk.open("/ban-lam-viec/?xem=new")
    clerk.send(RUNS, {"ds": "xem=new", "viec": "accept", "tat-ca": "1"})
    assert len([name for name, _ in clerk.hidden() if name == "hs"]) == MANY
    clerk.confirm(f"{RUNS}bat-dau/")
    return int(clerk.address.rstrip("/").rpartition("/")[2])


def through(house, run):
    """Return how many dossiers of a run are no longer waiting; none while nobody can be asked."""
    done = "SELECT count(*) FROM dossiers_bulkitem WHERE bulk_id = %s AND state <> 'waiting'"
    return query(house, done, run)[0][0] if ready(house) else -1


def seen_by(clerk, run):
    """Return how many of how many are through, as the page of the run says it."""
    done, total = THROUGH.search(clerk.open(f"{RUNS}{run}/")).groups()
    return int(done), int(total)


def seen_by_an_operator(house):
    """Hold the new worker for a moment: meanwhile the job is told of as one that stands still."""
    os.kill(worker := house.pid("worker"), signal.SIGSTOP)
    try:
        until(
            lambda: re.search(
                r"stalled +dossiers\.bulk", house.command("jobs", "--language", "en")
            ),
            what="the job stands in the operator's list",
        )
    finally:
        os.kill(worker, signal.SIGCONT)
