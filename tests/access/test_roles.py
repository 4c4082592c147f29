"""The table of who may do what is that of the rules, and every page keeps to it."""

import pytest
from tools.roles import API, OURS, PAGES, PLACE, ROLE_OF, THEIRS, Who, cell, table

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.lifecycle import Step

PERSON = {
    Who.CITIZEN: "lan",
    Who.REPRESENTATIVE: "agent",
    Who.OTHER_AGENCY: "stranger-leader",
    Who.ANOTHER_CITIZEN: "nam",
    **{who: role.value for who, role in ROLE_OF.items()},
}


@pytest.fixture
def agent(world):
    """Somebody who may act for Lan in this dossier."""
    counter = world.counter
    account = counter._account("agent", "Lê Văn Đại")
    counter.people["agent"] = type(counter.actor("lan"))(account, "Lê Văn Đại")
    Dossier.objects.filter(code=world.things["code"]).update(agent=account)


def test_the_table_in_the_docs_is_that_of_the_rules():
    assert PLACE.read_text() == table()


def opened(world, who, path):
    """Return the status with which somebody is answered: by their browser, or their program."""
    if not path.startswith(API):
        return world.client(who).get(path).status_code
    headers = {} if who == "nobody" else {"Authorization": f"Bearer {world.token(who)}"}
    return world.client("nobody").get(path, headers=headers).status_code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_each_page_opens_to_those_of_the_table_and_nobody_else(world, agent, page):
    path = page.path.format(**world.things)
    for who, name in PERSON.items():
        status = opened(world, name, path)
        assert (status == 200) == (who in page.may), (who, status)
    at_the_door = 401 if path.startswith(API) else 302
    assert opened(world, "nobody", path) == (
        200 if Who.ANOTHER_CITIZEN in page.may else at_the_door
    )


def test_a_representative_whose_authority_ended_is_a_stranger(world, agent):
    Dossier.objects.filter(code=world.things["code"]).update(agent="")
    for page in PAGES:
        if page.may >= THEIRS and Who.ANOTHER_CITIZEN not in page.may:
            path = page.path.format(**world.things)
            assert opened(world, "agent", path) == 404, path


def test_every_step_is_somebody_s_and_nobody_outside_takes_one_of_the_agency_s():
    for step in set(Step) - {Step.FILE}:
        may = {who for who in Who if cell(step, who)}
        assert may, step
        assert Who.ANOTHER_CITIZEN not in may
        assert not may & {Who.AUDITOR, Who.ADMINISTRATOR}
        assert may <= OURS or may <= THEIRS or len(may) == 1, step
