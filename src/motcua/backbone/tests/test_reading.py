"""A replica is asked only for what grants nothing, and only where a view said so."""

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.database.readers import position_of, reader, wrote
from motcua.backbone.database.reading import Router, database_for, reads_may_lag

RIGHTS = {"identity", "agencies", "backbone", "files", "payments", "exchange", "sessions", "axes"}


@pytest.fixture
def replica(settings, monkeypatch):
    settings.REPLICAS = ("replica1",)
    monkeypatch.setattr(
        "motcua.backbone.database.reading.recent_replica", lambda *, after: "replica1"
    )


def database_of(method="GET", **headers):
    """Return where a marked view reads dossiers."""
    view = reads_may_lag(lambda _request: HttpResponse(database_for("dossiers")))
    request = RequestFactory().generic(method, "/", headers=headers)
    with reader():
        return view(request).content.decode()


def test_a_marked_view_reads_a_replica_and_a_write_or_a_token_the_primary(replica, db):
    assert database_of() == "default", "inside a transaction"


def test_only_safe_requests_without_a_token_may_lag(replica, transactional_db):
    assert database_of() == "replica1"
    assert database_of("POST") == "default"
    assert database_of(Authorization="Bearer x") == "default"


def test_without_a_request_and_without_a_mark_the_primary_is_read(replica, transactional_db):
    assert database_for("dossiers") == "default"
    with reader():
        assert database_for("dossiers") == "default"


def test_once_something_was_written_the_rest_of_the_request_reads_the_primary(
    replica, transactional_db
):
    with reader() as now:
        now.may_lag = True
        assert database_for("dossiers") == "replica1"
        wrote()
        assert database_for("dossiers") == "default"


def test_no_row_that_grants_anything_is_read_from_a_replica(replica, settings):
    assert not RIGHTS & settings.READ_FROM_REPLICA
    with reader() as now:
        now.may_lag = True
        for model in apps.get_models():
            if model._meta.app_label not in settings.READ_FROM_REPLICA:
                assert Router().db_for_read(model) == "default", model


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_a_position_is_a_number_of_bytes(high, low):
    assert position_of(f"{high:X}/{low:X}") == (high << 32) + low


@given(st.text(max_size=30))
def test_whatever_a_cookie_says_is_a_position_or_nothing(text):
    with reader(text) as now:
        assert 0 <= now.after < 2**64
