"""The studio belongs to administrators: nobody else sees or changes a pack in the making."""

import pytest

from tests.access.addresses import addresses
from tests.access.world import OFFICIALS

STUDIO = [address for address in addresses() if address.route.startswith("quan-tri/goi/")]
OTHERS = [who for who in OFFICIALS if who != "administrator"]


@pytest.mark.parametrize("who", ["lan", *OTHERS, "stranger-leader"])
def test_only_administrators_enter_the_studio(world, who):
    assert len(STUDIO) > 15
    browser, before = world.client(who), world.everything()
    for address in STUDIO:
        path = address.of(world.things)
        answers = [browser.get(path), browser.post(path, {"seen": "0", "act": "confirm"})]
        assert {each.status_code for each in answers} <= {403, 405}, path
        assert 403 in {each.status_code for each in answers}, path
    assert world.everything() == before


def test_an_administrator_sees_every_page_of_it(world):
    browser = world.client("stranger-administrator")
    for address in STUDIO:
        answer = browser.get(address.of(world.things))
        assert answer.status_code in {200, 405, 409}, address.route
