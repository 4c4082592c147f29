"""A stream is pushed, signed, over HTTP from one process to another, while what takes it dies."""

import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from motcua.config.parts import motcua
from tests.faults.waiting import PATIENCE, query, ready, until
from tests.portals import environment, portal

HUB, HUE = "000.00.00.G01", "000.00.00.H57"
ROWS = 100_000
AGREE = f"""
from datetime import timedelta
from django.utils.timezone import now
from motcua.exchange.operations.agreements import Asked, Step, ask_for_agreement, take_step
from motcua.kernel.actors import Actor, Role
at = now()
by = Actor("a", "Quản trị Huế", "{HUE}", frozenset({{Role.ADMINISTRATOR}}))
terms = ("{HUE}", "{HUB}", "dossiers.v1", ("synchronise",), at, at + timedelta(days=9))
asked = ask_for_agreement(Asked(*terms, "Cần", "Luật"), by=by, at=at)
for name in ("b", "c"):
    take_step(asked, Step.GRANT, by=Actor(name, name, "{HUB}", frozenset({{Role.LEADER}})), at=at)
"""
MOVE = f"""
from django.utils.timezone import now
from motcua.exchange.models import Agreement
from motcua.exchange.operations.agreements import Step, take_step
from motcua.kernel.actors import Actor, Role
by = Actor("b", "b", "{HUB}", frozenset({{Role.LEADER}}))
take_step(Agreement.objects.get().id, Step("%s"), reason="Kiểm tra", by=by, at=now())
"""


@pytest.fixture(scope="module")
def hub(folder):
    """Have one portal that speaks for two members: who takes rows, and who pushes them."""
    members = f"{HUB} {HUE}"
    with portal(folder / "var", demo=False, EXCHANGE_MEMBER=members, WEB_PROCESSES="1") as house:
        house.command("exchange", "ca", "new")
        for member, name in ((HUB, "Bộ Công an"), (HUE, "Ủy ban nhân dân thành phố Huế")):
            house.command("exchange", "member", "invite", member, name, "--address", house.url)
            house.command("exchange", "key", "new", member)
        house.command("exchange", "service", "open", "dossiers.v1", "--provider", HUB)
        house.command("shell", "-c", AGREE)
        yield house


@pytest.fixture(autouse=True)
def _calm(hub):
    until(lambda: ready(hub), what="the portal is ready before the test")


def rows_of(day, place):
    """Write statuses of dossiers of a day, each at its own moment; return the file."""
    start = datetime(2026, 9, 1, tzinfo=UTC)
    with place.open("w") as file:
        for number in range(ROWS):
            at = (start + timedelta(seconds=number)).isoformat()
            code = f"000.00.16.H57-2609{day}-{number:06}"
            file.write(f'{{"k":"s","code":"{code}","at":"{at}","status":{number % 9 + 1}}}\n')
    return place


def pushing(hub, place):
    command = motcua("sync", "push", str(place), "--to", HUB, "--as", HUE)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=environment(hub.place), **pipes)


def finished(hub, place, first):
    """Let a push end; one that gave up is begun again, as whoever looks after it would."""
    limit, push = time.monotonic() + PATIENCE, first
    while time.monotonic() < limit:
        said, trouble = push.communicate(timeout=PATIENCE)
        if push.returncode == 0:
            return said
        assert "Traceback" not in trouble or "OperationalError" in trouble, trouble
        time.sleep(1)
        push = pushing(hub, place)
    pytest.fail("the push never ended")


def taken(hub, day):
    counting = (
        "SELECT count(*), count(DISTINCT (code, at, status)) FROM sync_status WHERE code LIKE %s"
    )
    return query(hub, counting, f"000.00.16.H57-2609{day}-%")[0]


def cursor(hub, stream):
    found = query(hub, "SELECT cursor FROM sync_stream WHERE stream = %s", stream)
    return found[0][0] if found else 0


def test_a_web_server_killed_in_mid_merge_loses_no_row_and_takes_none_twice(hub, tmp_path):
    """Who pushed dies with it; pushed again, it goes on from the cursor."""
    place = rows_of("01", tmp_path / "killed.ndjson")
    push = pushing(hub, place)
    until(lambda: 0 < cursor(hub, "killed") < ROWS, what="the merge is under way")
    old = psutil.Process(hub.pid("web"))
    for each in [*old.children(recursive=True), old]:
        each.kill()
    push.kill()
    push.communicate()
    assert cursor(hub, "killed") < ROWS
    until(lambda: hub.pid("web") not in {0, old.pid} and ready(hub), what="a new web server")
    assert f"{ROWS:,} rows are with them" in finished(hub, place, pushing(hub, place))
    assert hub.pid("web") != old.pid
    assert taken(hub, "01") == (ROWS, ROWS)
    assert cursor(hub, "killed") == ROWS


def test_a_database_killed_in_mid_merge_loses_no_row_and_takes_none_twice(hub, tmp_path):
    """Both sides lose it: who takes the rows and who writes down that they were sent."""
    place = rows_of("02", tmp_path / "restarted.ndjson")
    push = pushing(hub, place)
    until(lambda: 0 < cursor(hub, "restarted") < ROWS, what="the merge is under way")
    old = hub.pid("database")
    os.kill(old, signal.SIGKILL)
    until(lambda: hub.pid("database") not in {0, old} and ready(hub), what="a new database")
    push.kill()
    push.communicate()
    assert f"{ROWS:,} rows are with them" in finished(hub, place, pushing(hub, place))
    assert taken(hub, "02") == (ROWS, ROWS)
    assert cursor(hub, "restarted") == ROWS


def test_an_agreement_suspended_between_two_messages_is_told_and_nothing_is_lost(hub, tmp_path):
    place = rows_of("03", tmp_path / "suspended.ndjson")
    hub.command("shell", "-c", MOVE % "suspend")
    time.sleep(6)
    push = pushing(hub, place)
    _said, trouble = push.communicate(timeout=PATIENCE)
    assert push.returncode != 0
    assert "suspended" in trouble or "tạm" in trouble
    assert taken(hub, "03") == (0, 0)
    hub.command("shell", "-c", MOVE % "resume")
    time.sleep(6)
    finished(hub, place, pushing(hub, place))
    assert taken(hub, "03") == (ROWS, ROWS)


def test_after_all_that_the_log_is_whole_and_says_what_was_not_answered(hub):
    assert "The log is whole" in hub.command("exchange", "verify", "--member", HUB)
    assert "The log is whole" in hub.command("exchange", "verify", "--member", HUE)
    never = "SELECT count(*) FROM exchange_logentry WHERE log = %s AND coalesce(status, 0) = 0"
    assert query(hub, never, HUB)[0][0] > 0
