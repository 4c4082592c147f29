import pytest

from motcua.registrar.tests.world import OWNERS, fill


@pytest.fixture
def registers(db, settings):
    """Let this portal keep all five registers."""
    settings.REGISTERS = OWNERS


@pytest.fixture
def town(registers):
    """Fill them with some hundred people."""
    return fill()
