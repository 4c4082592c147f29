"""Real processes, to be killed: a portal of its own for each file of tests."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.portals import portal


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder for portals: pytest's own is closed to the database's user by any other pytest."""
    with TemporaryDirectory(prefix="mc-", ignore_cleanup_errors=True) as place:
        yield Path(place)


@pytest.fixture(scope="module")
def house(folder):
    with portal(folder / "var", WORKER_CONCURRENCY="2") as running:
        yield running
