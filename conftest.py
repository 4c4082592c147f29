"""The database every test shares: the embedded server, in a data directory of the tests' own."""

import os
from datetime import UTC, datetime

import hypothesis
import psycopg
import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from tests.settings import VAR_OF_TESTS

from motcua.backbone.postgres import embedded

_patient = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("house", _patient, derandomize=True)
hypothesis.settings.register_profile("explore", _patient, max_examples=1000)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):  # noqa: ARG001
    if "DATABASE_URL" in os.environ:
        yield
        return
    server = embedded(VAR_OF_TESTS)
    with server.in_use():
        _hurry(server)
        yield


def _hurry(server):
    """Let no commit wait for the disk: a power cut may take what every run makes anew."""
    with psycopg.connect(host=str(server.sockets), user="postgres", autocommit=True) as line:
        line.execute("ALTER SYSTEM SET fsync = off")
        line.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001
    """End what a test's thread left open, lest the database cannot be taken down."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def work(db):  # noqa: ARG001
    """Do what a worker would: run every job deferred since, also those that these bring."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from motcua.backbone.jobs import jobs

    done = set(ProcrastinateJob.objects.values_list("id", flat=True))

    def run():
        waiting = ProcrastinateJob.objects.filter(status="todo").order_by("id")
        while rows := list(waiting.exclude(id__in=done)):
            for row in rows:
                done.add(row.id)
                jobs.tasks[row.task_name].func(**row.args)

    return run


@pytest.fixture(scope="session")
def _checked_packs():
    return []


@pytest.fixture
def publish_shipped(db, _checked_packs):  # noqa: ARG001
    """
    Have every shipped pack published.

    Only the first call checks them, which draws their papers and tries their examples; the next
    put the same versions there.
    """
    from motcua.packs.models.versions import PackVersion
    from motcua.packs.operations.publishing import publish_folders
    from motcua.packs.queries.packs import forget_newest

    def publish(*, by, at):
        if not _checked_packs:
            list(publish_folders(by=by, at=at))
            _checked_packs.extend(PackVersion.objects.values())
            return
        said = {"published_at": at, "published_by": by.name}
        PackVersion.objects.bulk_create(PackVersion(**row | said) for row in _checked_packs)
        forget_newest()

    return publish


@pytest.fixture(scope="session")
def put_units(django_db_setup, django_db_blocker):  # noqa: ARG001
    """Read all units once for all tests, into a table beside the real one, which stays empty."""
    from motcua.agencies.operations.reference import load_units
    from motcua.kernel.actors import Actor

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        load_units(by=Actor.system("tests"), at=datetime(2026, 11, 2, tzinfo=UTC))
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
        cursor.execute("CREATE TABLE kept.unit AS SELECT * FROM agencies_unit")
        _empty(None)

    def put(condition="true"):
        """Have the units of every period that a condition in SQL keeps; all take two seconds."""
        columns = "level, code, parent, kind, name, valid_from, valid_to"
        rows = f"SELECT {columns} FROM kept.unit WHERE {condition}"
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO agencies_unit ({columns}) {rows}")

    return put


@pytest.fixture
def hanoi(put_units, db):  # noqa: ARG001
    """Have Hà Nội and what lies in it."""
    put_units("'01' IN (code, parent)")


@pytest.fixture
def provinces(hanoi, put_units):  # noqa: ARG001
    """Have also every other province, and what lies in Huế."""
    put_units("(level = 'province' AND code <> '01') OR parent = '46'")


@pytest.fixture(scope="module")
def held(django_db_setup, django_db_blocker):  # noqa: ARG001
    """
    Build something in the database once for a file of tests, each of which finds it as it was.

    Each undoes what it did itself, the file's end all. For tests without real transactions.
    """
    kept = transaction.atomic()

    def build(made):
        with django_db_blocker.unblock():
            return made()

    with django_db_blocker.unblock():
        kept.__enter__()
    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        kept.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    from motcua.backbone.remembered import forget_all

    forget_all()


KEPT = ("django_migrations", "django_content_type", "auth_permission")
"""Tables that only a migration fills."""
FILLED = """
SELECT quote_ident(relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""


@pytest.fixture(scope="session", autouse=True)
def _emptied_at_once():
    """
    After a test with real transactions, empty the tables it filled, the jobs' too.

    Django would empty all of its own, which takes longer than the test, and leave the jobs.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _empty)
        yield


def _empty(_case):
    with connection.cursor() as cursor:
        cursor.execute(FILLED)
        filled = [name for (name,) in cursor.fetchall() if name not in KEPT]
        if filled:
            cursor.execute(f"TRUNCATE {', '.join(filled)} CASCADE")
