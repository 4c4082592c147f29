"""Two portals, each with a database of its own, become one exchange with one command each."""

import base64
import json
import os
import subprocess
from urllib.request import urlopen

import pytest

from motcua.config.parts import motcua
from tests.faults.systems import answering
from tests.faults.waiting import query, until
from tests.portals import environment, portal

HUB, PROVINCE = "000.00.00.G01", "000.00.00.H57"
ASK = f"""
from datetime import timedelta
from django.utils.timezone import now
from motcua.exchange.operations.agreements import Asked, ask_for_agreement
from motcua.kernel.actors import Actor, Role
at = now()
by = Actor("a", "Quản trị Huế", "{PROVINCE}", frozenset({{Role.ADMINISTRATOR}}))
terms = ("{PROVINCE}", "{HUB}", "people.v1", ("prefill-form",), at, at + timedelta(days=9))
print(ask_for_agreement(Asked(*terms, "Cần", "Luật"), by=by, at=at))
"""
GRANT = f"""
from django.utils.timezone import now
from motcua.exchange.models import Agreement
from motcua.exchange.operations.agreements import Step, take_step
from motcua.kernel.actors import Actor, Role
for name in ("b", "c"):
    by = Actor(name, name, "{HUB}", frozenset({{Role.LEADER}}))
    take_step(Agreement.objects.get().id, Step.GRANT, by=by, at=now())
"""
SENT, ANSWERED, PERSON = b'{"id": "001195000017"}', '{"name": "Hương"}'.encode(), "001195000017"
CALL = f"""
from django.utils.timezone import now
from motcua.exchange.operations.calling import call
about = {{"purpose": "prefill-form", "subject": "{PERSON}"}}
came = call("{HUB}", "people.v1", body={SENT!r}, at=now(), **about)
assert came.body == {ANSWERED!r}, came
print(came.headers["motcua-own-entry"], came.headers["motcua-entry"])
"""
KEPT = {"EXCHANGE_BODIES_DAYS": "1", "WEB_PROCESSES": "1"}
READ = f"from motcua.exchange.jobs import read_directory_of as read; read('{HUB}')"


@pytest.fixture(scope="module")
def portals(folder):
    with (
        portal(folder / "hub", demo=False, EXCHANGE_MEMBER=HUB, **KEPT) as hub,
        portal(folder / "hue", demo=False, EXCHANGE_MEMBER=PROVINCE, **KEPT) as province,
    ):
        yield hub, province


def standing(house):
    rows = query(house, "SELECT standing FROM exchange_agreement")
    return rows[0][0] if rows else ""


def set_up(hub, tmp_path):
    """Make an authority, the hub's own member with a key, and a service of it."""
    openapi = tmp_path / "openapi.json"
    document = {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}}
    openapi.write_text(json.dumps(document))
    hub.command("exchange", "ca", "new")
    hub.command("exchange", "member", "invite", HUB, "Bộ Công an", "--address", hub.url)
    hub.command("exchange", "key", "new")
    described = ("--title", "Dân cư", "--openapi", str(openapi))
    hub.command("exchange", "service", "open", "people.v1", *described)


def test_a_province_joins_asks_and_is_granted_what_it_asked_for(portals, tmp_path):
    hub, province = portals
    set_up(hub, tmp_path)
    invited = hub.command("federate", "invite", PROVINCE, "Ủy ban nhân dân thành phố Huế")
    assert HUB in province.command(*invited.split()[1:])
    known = province.command("exchange", "member", "list")
    assert f"{HUB}  active" in known
    assert f"{PROVINCE}  active" in known
    assert "people.v1" in province.command("exchange", "service", "list")

    province.command("shell", "-c", ASK)
    until(lambda: standing(hub) == "asked", what="the request is at the provider's portal")
    hub.command("shell", "-c", GRANT)
    until(lambda: standing(province) == "in-force", what="the grant is at the consumer's portal")
    names = query(province, "SELECT first_by, second_by FROM exchange_agreement")
    assert names == [(f"{HUB}:b", f"{HUB}:c")]


@pytest.fixture
def called(portals, tmp_path):
    """Have the province ask the hub once; return the entry in either portal's own log."""
    hub, province = portals
    with answering(ANSWERED) as system:
        hub.command("exchange", "service", "upstream", "people.v1", system, "--inside")
        ours, theirs = province.command("shell", "-c", CALL).split()[-2:]
    return {"province": ours, "hub": theirs}


def third_party(tmp_path, *given):
    """Verify with a machine's own folder alone: no portal, no database."""
    nowhere = {"MOTCUA_VAR": str(tmp_path / "other"), "DATABASE_URL": "postgresql://127.0.0.1:9/no"}
    done = subprocess.run(
        motcua("exchange", "verify", *map(str, given)),
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_both_portals_prove_to_a_third_party_what_was_asked_and_answered(portals, called, tmp_path):
    anchors = tmp_path / "anchors.pem"
    with urlopen(f"{portals[0].url}/trao-doi/.well-known/anchors/", timeout=10) as answer:
        anchors.write_bytes(answer.read())
    for house, (side, entry) in zip(portals, reversed(called.items()), strict=True):
        file = tmp_path / f"{side}.json"
        why = ("--purpose", "Khiếu nại số 7")
        house.command("exchange", "prove", entry, "--with-body", str(file), *why)
        made = json.loads(file.read_text())
        bodies = [base64.b64decode(made[part]) for part in ("request", "answer")]
        assert bodies == [SENT, ANSWERED]
        code, said = third_party(tmp_path, file, "--anchors", anchors)
        assert code == 0
        assert "The proof holds" in said
        assert "the body answered is the one that was signed" in said
        made["answer"] = base64.b64encode(b'{"name": "Hoa"}').decode()
        file.write_text(json.dumps(made))
        code, said = third_party(tmp_path, file, "--anchors", anchors)
        assert code == 1
        assert "this body is not what was answered" in said


def test_neither_database_tells_what_was_asked_and_one_that_was_changed_is_said_so(
    portals, called, tmp_path
):
    for house in portals:
        rows = query(house, "SELECT row_to_json(k)::text, body FROM exchange_keptbody k")
        assert len(rows) >= 2
        for text, body in rows:
            assert PERSON not in text
            assert SENT not in body
            assert ANSWERED not in body
    province, file = portals[1], tmp_path / "proof.json"
    changing = (
        "UPDATE exchange_keptbody SET body = body || 'x'::bytea WHERE entry = %s AND part = %s"
    )
    query(province, changing, called["province"], "answer")
    done = subprocess.run(
        motcua("exchange", "prove", called["province"], "--with-body", str(file), "--purpose", "x"),
        env=environment(province.place),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "(answer)" in done.stderr
    assert not file.exists()


def test_what_the_hub_revokes_the_province_no_longer_believes(portals):
    hub, province = portals
    kid = query(province, "SELECT kid FROM exchange_certificate WHERE member_id = %s", HUB)[0][0]
    hub.command("exchange", "key", "rotate")
    hub.command("exchange", "key", "revoke", kid, "--reason", "superseded")
    province.command(
        "shell", "-c", "from motcua.exchange.jobs import *; read_directory_of('" + HUB + "')"
    )
    keys = province.command("exchange", "key", "list", HUB)
    assert keys.count("holds") == 1
    assert keys.count("revoked") == 1
