"""Waiting for what must come, with a limit that only a broken portal reaches."""

import time
from urllib.request import urlopen

import psycopg
import pytest

PATIENCE = 120.0
"""Seconds a machine under load may take to bring a part back; never measured, only a limit."""


def until(answer, *, what):
    """Wait until ``answer()`` is true."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if answer():
            return
        time.sleep(0.1)
    pytest.fail(f"not within {PATIENCE:.0f} s: {what}")


def ready(house):
    try:
        with urlopen(house.url + "/readyz", timeout=3) as answer:
            return answer.status == 200
    except OSError:
        return False


def query(house, statement, *values):
    with psycopg.connect(house.database_url(), autocommit=True) as database:
        cursor = database.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
