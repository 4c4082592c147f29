"""Two portals, each with a database of its own, become one exchange with one command each."""

import json

import pytest

from tests.faults.waiting import query, until
from tests.portals import portal

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
READ = f"from motcua.exchange.jobs import read_directory_of as read; read('{HUB}')"


@pytest.fixture(scope="module")
def portals(folder):
    with (
        portal(folder / "hub", demo=False, EXCHANGE_MEMBER=HUB, WEB_PROCESSES="1") as hub,
        portal(folder / "hue", demo=False, EXCHANGE_MEMBER=PROVINCE, WEB_PROCESSES="1") as province,
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
