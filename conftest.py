"""The database every test shares: the embedded server, in a data directory of the tests' own."""

import os
from pathlib import Path

import pytest
from tests.settings import VAR_OF_TESTS
from tools.build_messages import compile_messages

from motcua.backbone.postgres import embedded


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):  # noqa: ARG001
    if "DATABASE_URL" in os.environ:
        yield
        return
    with embedded(VAR_OF_TESTS).in_use():
        yield


@pytest.fixture(scope="session", autouse=True)
def _messages():
    compile_messages(Path(__file__).parent / "src")
