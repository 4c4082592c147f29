"""One world for all attacks on what is not one's own."""

import pytest

from motcua.dossiers.tests.conftest import definition, ward
from motcua.dossiers.tests.counter import Counter
from tests.access.world import Browser, World

__all__ = ["definition", "ward"]


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def world(definition, settings):
    bank = {**settings.SANDBOX_BANK, "url": "http://127.0.0.1:9"}
    settings.PAYMENT_PROVIDERS = {"sandbox": bank}  # nobody answers for it
    return World.of(Counter(definition).open())
