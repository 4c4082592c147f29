"""One world for all attacks on what is not one's own."""

from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import override_settings

from motcua.dossiers.tests.conftest import definition, open_ward, small_procedure, ward
from motcua.dossiers.tests.counter import Counter
from tests.access.world import Browser, World

__all__ = ["definition", "ward"]

BANK = {**django_settings.SANDBOX_BANK, "url": "http://127.0.0.1:9"}
"""Nobody answers for it."""


@pytest.fixture
def client():
    return Browser()


@pytest.fixture(scope="module")
def new_world(put_units):
    """Return a way to build a world in an empty database."""

    def build():
        put_units("'01' IN (code, parent)")
        open_ward()
        with override_settings(PAYMENT_PROVIDERS={"sandbox": BANK}):
            return World.of(Counter(small_procedure()).open())

    return build


@pytest.fixture(scope="module")
def _world(held, new_world):
    return held(new_world)


@pytest.fixture
def world(_world, db, settings):
    """Find the world as it was built, and nothing of what a test before did to it."""
    cache.clear()
    settings.PAYMENT_PROVIDERS = {"sandbox": BANK}
    counter = replace(_world.counter, people=dict(_world.counter.people))
    return World(counter, dict(_world.things))
