"""A dossier filed at a hub while things fail: nothing is lost, nothing is there twice."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from motcua.config.federation import federate, houses_under
from motcua.config.federation_places import HUE, once
from motcua.config.federation_walk import (
    ANSWERS,
    CITIZEN,
    PAPER,
    PDF,
    PROCEDURE,
    walk,
)
from tests.faults.waiting import query, until
from tests.portals import free_ports

BORN = (localdate() - timedelta(days=9)).isoformat()
ADMINISTRATOR = "quan-tri.van-phong@motcua.example"


@pytest.fixture(scope="module")
def houses(folder):
    hub, hanoi, hue = houses_under(folder, 8000)
    for house, port in zip((hub, hanoi, hue), free_ports(3), strict=True):
        house.port = port
    try:
        federate(hub, hue)
        yield hub, hue
    finally:
        hub.stop()
        hue.stop()


class Base:
    """A portal's database, to be looked into."""

    def __init__(self, house):
        self.house = house

    def database_url(self):
        from motcua.backbone.postgres import embedded

        return embedded(self.house.var).url()


def rows(house, statement, *values):
    return query(Base(house), statement, *values)


def filed_at(hub):
    """File at the hub; return the code."""
    with hub.as_program(CITIZEN) as api:
        sent = api.post("/files", files={"file": ("giay.pdf", PDF, "application/pdf")})
        filing = {
            "procedure": PROCEDURE,
            "answers": ANSWERS | {"child_birth_date": BORN},
            "papers": {PAPER: [sent.raise_for_status().json()["id"]]},
        }
        return api.post("/dossiers", json=filing, headers=once()).raise_for_status().json()["code"]


def shown(house, who, path):
    """Return the words of a page that somebody opens."""
    with closing(house.as_person(who)) as visitor:
        return visitor.page(path)


def there(hue, code):
    """Return the dossiers that the province opened for a code of the hub."""
    statement = "SELECT code FROM dossiers_dossier WHERE reference = %s"
    return [row[0] for row in rows(hue, statement, code)]


def is_taken(hub, code):
    statement = "SELECT handing FROM forwarding_handed WHERE code = %s"
    return rows(hub, statement, code) == [("taken",)]


def test_a_dossier_walks_through_two_portals_and_its_result_comes_back(houses):
    hub, hue = houses
    journey = walk(hub, hue, born=BORN)
    assert there(hue, journey.code) == [journey.there]
    entries = "SELECT count(*) > 0 FROM exchange_logentry WHERE service = 'forwarding.v1'"
    assert rows(hub, entries) == rows(hue, entries) == [(True,)]
    told = "SELECT count(*) FROM sync_status WHERE code = %s AND status = 10"
    until(lambda: rows(hub, told, journey.there) == [(1,)], what="the last status was pushed")


def test_while_the_province_is_down_the_citizen_files_and_it_goes_once_it_is_up(houses):
    hub, hue = houses
    hue.stop()
    code = filed_at(hub)
    page = shown(hub, CITIZEN, f"/ho-so/chuyen/{code}/")
    assert "Đã nộp, chờ chuyển đến Ủy ban nhân dân thành phố Huế" in page
    trouble = "SELECT trouble FROM forwarding_handed WHERE code = %s"
    until(lambda: rows(hub, trouble, code) == [("exchange.member-down",)], what="a try failed")
    assert code in shown(hub, ADMINISTRATOR, "/quan-tri/chuyen-ho-so/")
    assert "forwarding.hand-on" in hub.command("jobs", "list", "--about", code)

    hub.stop()
    hub.start()
    hue.start()
    hub.wait()
    hue.wait()
    until(lambda: is_taken(hub, code), what="it was handed on")
    assert len(there(hue, code)) == 1
    assert code not in shown(hub, ADMINISTRATOR, "/quan-tri/chuyen-ho-so/")


def test_an_answer_lost_after_acceptance_makes_no_second_dossier(houses):
    hub, hue = houses
    rows(
        hub,
        "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.handing = 'taken' AND NEW.tries < 2 THEN RAISE 'the hub dies here'; END IF; "
        "RETURN NEW; END $$",
    )
    rows(
        hub,
        "CREATE TRIGGER lose BEFORE UPDATE ON forwarding_handed "
        "FOR EACH ROW EXECUTE FUNCTION lose()",
    )
    code = filed_at(hub)
    until(lambda: is_taken(hub, code), what="it was handed on at the second try")
    assert rows(hub, "SELECT tries FROM forwarding_handed WHERE code = %s", code)[0][0] >= 2
    assert len(there(hue, code)) == 1
    rows(hub, "DROP TRIGGER lose ON forwarding_handed")


def test_the_provinces_key_is_renewed_by_one_command_and_dossiers_go_on(houses):
    hub, hue = houses
    said = hue.command("exchange", "key", "rotate")
    assert said.startswith("✓")
    kid = said.split()[1]
    assert rows(hub, "SELECT member_id FROM exchange_certificate WHERE kid = %s", kid) == [(HUE,)]
    code = filed_at(hub)
    until(lambda: is_taken(hub, code), what="it was handed on with the new key")
    assert len(there(hue, code)) == 1
