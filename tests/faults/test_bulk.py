"""A run over many dossiers while worker and database die: each is done, and none twice."""

import os
import signal

from tests.faults.waiting import query, ready, until

WARD = "000.00.61.H26"
MANY = 150
NEW = """
UPDATE dossiers_dossier SET agency = %s, state = 'new', stage = 0, stage_role = 'clerk',
    holder = '', holder_name = '', waiting_from = '', waiting_since = NULL, fee = 0,
    done_at = NULL, received_at = NULL
"""
BEGIN = """
from uuid import uuid4
from django.utils.timezone import now
from motcua.agencies.queries.posts import holders
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.bulk import Asked, begin_bulk
from motcua.dossiers.rules.bulk import What
from motcua.kernel.actors import Actor, Role
post = holders("000.00.61.H26", Role.CLERK, at=now())[0]
by = Actor(post.holder, post.holder_name, post.agency, frozenset({Role.CLERK}))
codes = list(Dossier.objects.filter(state="new").values_list("code", flat=True))
print("run", begin_bulk(Asked(What.ACCEPT, codes), uuid4(), by=by, at=now()))
"""
LEFT = "SELECT count(*) FROM dossiers_bulkitem WHERE bulk_id = %s AND state = 'waiting'"


def test_a_run_goes_on_where_it_was_and_does_nothing_twice(house):
    until(lambda: ready(house), what="the portal is ready")
    house.command("demo", "--dossiers", str(MANY))
    query(house, NEW, WARD)
    before = query(house, "SELECT count(*) FROM dossiers_dossier WHERE state = 'new'")[0][0]
    steps = "SELECT count(*) FROM dossiers_transition"
    had = query(house, steps)[0][0]
    run = int(house.command("shell", "-c", BEGIN).split()[-1])
    until(lambda: query(house, LEFT, run)[0][0] < before, what="the run is under way")
    os.kill(house.pid("worker"), signal.SIGKILL)
    until(lambda: house.pid("worker") != 0, what="a new worker")
    os.kill(house.pid("database"), signal.SIGINT)
    until(lambda: ready(house), what="the database is back")
    until(lambda: query(house, LEFT, run) == [(0,)], what="every dossier of the run is through")
    done = "SELECT count(*) FROM dossiers_bulkitem WHERE bulk_id = %s AND state = 'done'"
    assert query(house, done, run) == [(before,)]
    assert query(house, steps) == [(had + before,)]
