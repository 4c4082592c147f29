"""What a register may be called for: each call for its own purposes only."""

import pytest

from motcua.exchange.operations.serving import PurposeNotServed
from motcua.registrar.api.openapi import description
from motcua.registrar.rules.registers import BOOKS
from motcua.registrar.tests.test_services import call
from motcua.registrar.tests.world import HUONG, refused
from motcua.registries.queries.answers import Register


@pytest.mark.parametrize(
    ("path", "purpose"),
    [
        ("person", "notify-change"),
        ("family", "correct-data"),
        ("person.xml", "synchronise"),
        ("changes", "prefill-form"),
        ("subscriptions", "settle-dossier"),
        ("corrections", "notify-change"),
    ],
)
def test_who_may_learn_only_that_something_changed_is_told_no_record(town, path, purpose):
    with refused(PurposeNotServed):
        call("population", path, {"id": HUONG}, purpose=purpose)


def test_the_description_tells_for_what_a_register_may_be_called(town):
    paths = description(BOOKS[Register.POPULATION])["paths"]
    assert paths["/changes"]["post"]["x-purposes"] == ["notify-change"]
    assert "prefill-form" in paths["/person.xml"]["post"]["x-purposes"]
