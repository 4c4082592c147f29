"""Real processes, to be killed: a portal of its own for each file of tests."""

from pathlib import Path

import pytest

from tests.portals import portal


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with portal(tmp_path_factory.mktemp("faults") / "var", WORKER_CONCURRENCY="2") as running:
        yield running
