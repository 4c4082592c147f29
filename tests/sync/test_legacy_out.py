"""Our dossiers told to a portal by the old verbs, over real HTTP, and statuses downwards."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from motcua.dossiers.models import Dossier as Ours
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import definition, ward
from motcua.dossiers.tests.counter import WHY, Counter
from motcua.exchange.tests.conftest import PORTAL, _own_files
from motcua.exchange.tests.places import HANOI, HUE, SOON
from motcua.exchange.tests.wire import now
from motcua.sync.adapters.legacy import NotTheInterface, SystemAway
from motcua.sync.adapters.passwords import keep_password
from motcua.sync.models import Dossier, Parent, Status
from motcua.sync.operations.parents import (
    LegacyAccount,
    add_legacy_parent,
    change_password,
    tell_anew,
)
from motcua.sync.operations.systems import make_system, new_password, switch
from motcua.sync.operations.telling import tell_parent
from motcua.sync.queries.parents import parents, untaken
from motcua.sync.rules.accounts import NotAnAddress
from motcua.sync.tests.streams import tables
from tests.sync.legacy import DSTCODE

__all__ = ["_own_files", "definition", "ward"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _open(settings):
    settings.SYNC_LEGACY = True


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def account(live_server, made, **more):
    known = {"address": f"{live_server.url}/dich-vu-cong", "dstcode": DSTCODE}
    known |= {"username": made.username, "password": made.password}
    return LegacyAccount(inside=True, **known | more)


@pytest.fixture
def made(db):
    return make_system("ha-noi", HANOI, title="Hà Nội", by=PORTAL, at=now())


@pytest.fixture
def parent(live_server, counter, made):
    return add_legacy_parent(HANOI, "dvcqg", account(live_server, made), by=PORTAL, at=now())


def told(number, *, later=0):
    at = now() + timedelta(seconds=later)
    return tell_parent(number, clock=lambda: at, sleep=lambda _: None)


def standing():
    (one,) = parents(by=PORTAL, at=now())
    return one


def test_dossiers_and_steps_arrive_by_the_old_verbs(parent, counter):
    code = counter.file().code
    assert told(parent) == 2
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    told(parent)
    ours, held = Ours.objects.get(), Dossier.objects.get()
    assert (held.code, held.procedure, held.channel) == (code, ours.procedure, ours.channel)
    assert held.due_at == ours.due_at.replace(microsecond=0)
    assert {1, 2, 5} == set(Status.objects.values_list("status", flat=True))
    assert Status.objects.filter(words__endswith=WHY).exists()
    assert (standing().waiting, standing().error) == (0, "")
    before = tables()
    tell_anew(parent, by=PORTAL, at=now())
    told(parent)
    assert {row["code"] for row in tables()[0]} == {row["code"] for row in before[0]}
    assert len(tables()[1]) == len(before[1])


def test_switched_off_there_it_waits_here_and_goes_on_with_the_new_password(parent, counter, made):
    code = counter.file().code
    switch(made.id, on=False, by=PORTAL, at=now())
    assert told(parent) == 0
    one = standing()
    assert (one.waiting, one.failures) == (1, 1)
    assert "auth" in one.facts["verb"]
    switch(made.id, on=True, by=PORTAL, at=now())
    again = new_password(made.id, by=PORTAL, at=now())
    assert told(parent, later=60) == 0
    change_password(parent, again.password, by=PORTAL)
    assert told(parent) == 2
    assert Dossier.objects.get().code == code


def test_away_nothing_is_lost(live_server, counter, made):
    gone = account(live_server, made, address="http://127.0.0.1:9/dich-vu-cong")
    parent = add_legacy_parent(HANOI, "dvcqg", gone, by=PORTAL, at=now())
    counter.file()
    assert told(parent) == 0
    assert standing().waiting == 1
    assert standing().error == SystemAway.message
    Parent.objects.update(address=f"{live_server.url}/dich-vu-cong")
    assert told(parent, later=60) == 2
    keep_password(parent, "sai")
    counter.file()
    assert told(parent, later=60) == 0
    bad = account(live_server, made, address="ftp://x")
    with pytest.raises(NotAnAddress):
        add_legacy_parent(HANOI, "khac", bad, by=PORTAL, at=now())


def test_what_it_refuses_is_set_aside_and_the_others_arrive(parent, counter):
    bad, good = counter.file().code, counter.file().code
    # What is refused there: a dossier whose system may tell only of Hà Nội's.
    Parent.objects.update(about="H57")
    Ours.objects.filter(code=bad).update(code="000.00.16.H57-261102-0001")
    told(parent)
    rows = untaken(parent, by=PORTAL)
    assert {row.code for row in rows} == {"000.00.16.H57-261102-0001"}
    assert standing().waiting == 0
    Parent.objects.update(about="H26")
    tell_anew(parent, by=PORTAL, at=now())
    told(parent)
    assert [each.code for each in Dossier.objects.all()] == [good]


@pytest.fixture
def terse_portal():
    """A portal above that answers each call with what is last in a list."""
    says = []

    class Portal(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = says[-1] if "service" in asked else {"error_code": 0, "session": "s"}
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as server:
        worker = threading.Thread(target=server.serve_forever, args=(SOON,))
        worker.start()
        yield f"http://127.0.0.1:{server.server_port}/x", says
        server.shutdown()
        worker.join()


def test_an_answer_that_is_none_is_told_as_such_and_moves_no_place(
    terse_portal, counter, made, live_server
):
    address, says = terse_portal
    terse = account(live_server, made, address=address)
    parent = add_legacy_parent(HANOI, "dvcqg", terse, by=PORTAL, at=now())
    counter.file()
    for number, said in enumerate((b'{"x":' + b"[" * 5000, b"<html>", b"[]", b"\xff")):
        says.append(said)
        assert told(parent, later=number * 3600) == 0
        assert (standing().waiting, standing().failures) == (1, number + 1)
        assert standing().error == NotTheInterface.message


def test_a_refusal_that_names_nothing_moves_no_place(terse_portal, counter, made, live_server):
    address, says = terse_portal
    terse = account(live_server, made, address=address)
    parent = add_legacy_parent(HANOI, "dvcqg", terse, by=PORTAL, at=now())
    codes = {counter.file().code, counter.file().code}
    says.append({"error_code": "-5", "message": "Không có quyền", "result": [{}]})
    assert told(parent) == 0
    assert (standing().waiting, standing().failures) == (2, 1)
    says.append({"error_code": "1", "result": [{"stt": "1", "error_code": "shape"}]})
    told(parent, later=60)
    assert standing().waiting == 0
    aside = {(row.code, row.reason) for row in untaken(parent, by=PORTAL)}
    assert len(aside) == 1
    assert aside <= {(code, "shape") for code in codes}


def test_a_province_is_told_the_statuses_of_its_dossiers(live_server, counter, client):
    made = make_system("cong-tren", HUE, title="Cổng", above=True, by=PORTAL, at=now())
    below = add_legacy_parent(
        HANOI, "hue", account(live_server, made), below="H57", by=PORTAL, at=now()
    )
    theirs, ours = counter.file().code, counter.file().code
    Ours.objects.filter(code=theirs).update(code="000.00.16.H57-261102-0001")
    told(below)
    (row,) = Status.objects.all()
    assert (row.code, row.status, row.member) == ("000.00.16.H57-261102-0001", 1, "H57")
    assert not Status.objects.filter(code=ours).exists()
    assert not Dossier.objects.exists()


def test_accounts_and_parents_from_the_command_line(live_server, counter, capsys, monkeypatch):
    call_command("sync", "system", "add", "ha-noi", HANOI, "--name", "Hà Nội")
    password = capsys.readouterr().out.rpartition(": ")[2].strip()
    monkeypatch.setenv("SYNC_PASSWORD", password)
    where = f"{live_server.url}/dich-vu-cong"
    legacy = ("--inside", "--address", where, "--username", "ha-noi", "--dstcode", DSTCODE)
    call_command("sync", "parent", "add", "dvcqg", *legacy)
    counter.file()
    call_command("sync", "parent", "push-now", "dvcqg")
    assert "2 rows were sent" in capsys.readouterr().out
    for action in ("password", "off", "on"):
        call_command("sync", "system", action, "ha-noi")
    call_command("sync", "parent", "password", "dvcqg")
    call_command("sync", "system", "list")
    said = capsys.readouterr().out
    assert "ha-noi  000.00.00.H26  on" in said
