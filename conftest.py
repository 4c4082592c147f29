"""The database every test shares: the embedded server, in a data directory of the tests' own."""

import os

import hypothesis
import pytest
from django.db import connection
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
    with embedded(VAR_OF_TESTS).in_use():
        yield


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


@pytest.fixture(autouse=True)
def _nothing_remembered():
    from motcua.backbone.remembered import forget_all

    forget_all()


@pytest.fixture(autouse=True)
def _no_job_left_behind(request):
    """Django empties only its own tables after a test with real transactions; not the jobs'."""
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" not in request.fixturenames and not (
        mark is not None and mark.kwargs.get("transaction")
    ):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
