"""Statements whose text is built once do what querysets do, and survive what connections do."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.timezone import now

from motcua.backbone.models import Entry, GivenAnswer
from motcua.backbone.statements import Insert, Select, Statement, Update

pytestmark = pytest.mark.django_db

FACTS = {"đường": "24 Lê Lợi", "copies": 2, "none": None, "list": [1, "hai"]}


def an_entry(**changed):
    given = {"name": "test.x", "subject": "s", "facts": FACTS, "by": "lan", "at": now()}
    return Entry(**given | changed)


def test_a_row_written_and_read_is_the_same_as_by_a_queryset():
    written = Insert(Entry)(an_entry())
    assert Entry.objects.get(pk=written.pk).facts == FACTS
    read = Select(Entry, "WHERE subject = %s ORDER BY id LIMIT 1").first("s")
    assert (read, read.facts, read.at) == (written, FACTS, written.at)
    assert not read._state.adding


def test_an_update_writes_the_fields_it_names_and_no_others():
    entry = Insert(Entry)(an_entry())
    entry.subject, entry.facts, entry.by = "other", {}, "not written"
    Update(Entry, ["subject", "facts"])(entry)
    entry.refresh_from_db()
    assert (entry.subject, entry.facts, entry.by) == ("other", {}, "lan")


def test_nothing_found_is_none_or_empty():
    found = Select(Entry, "WHERE subject = %s")
    assert found.first("nowhere") is None
    assert found.all("nowhere") == []


def test_a_broken_rule_of_the_database_is_django_s_own_error():
    given = {"actor": "a", "key": "k", "digest": b"1" * 32, "status": 200, "body": b"", "at": now()}
    write = Insert(GivenAnswer)
    write(GivenAnswer(**given))
    with pytest.raises(IntegrityError), transaction.atomic():
        write(GivenAnswer(**given))


def test_statements_are_counted_like_all_others(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Statement("SELECT %s::int + 1").all(1) == [(2,)]


def test_the_server_keeps_what_was_prepared():
    for n in range(3):
        Statement("SELECT %s::int * 7 AS kept").all(n)
    seen = Statement("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s")
    assert seen.first("%* 7 AS kept%") == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_found_out_without_a_statement():
    connection.ensure_connection()
    assert connection.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()
    assert Entry.objects.count() == 0


MOMENTS = (
    "2026-11-23 06:00:00+00",
    "2026-11-23 06:00:00.1+00",
    "0001-01-01 00:00:00+00",
    "9999-12-31 23:59:59.999999+00",
    "2026-11-23 06:00:00.123456+07",
)


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_read_to_the_microsecond_and_in_utc(text):
    (read,) = Statement("SELECT %s::text::timestamptz").first(text)
    assert read == datetime.fromisoformat(text)
    assert read.tzinfo is UTC


def test_a_moment_beyond_what_python_knows_is_an_error():
    with pytest.raises(DataError):
        Statement("SELECT %s::text::timestamptz").first("infinity")
