"""Jobs that failed, to try what becomes of them."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import now

from motcua.backbone.models import Entry

CODE = "000.00.61.H26-261122-0001"
WHY = "Người nhận đã được gọi điện báo."


def run_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def refused(kind):
    with pytest.raises(kind), transaction.atomic():
        yield


def a_job(status="failed", *, task="backbone.deliver", args="{}", attempts=14, queue="events"):
    (number,) = run_sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
        "VALUES (%s, %s, %s) RETURNING id",
        queue,
        task,
        args,
    )
    run_sql(
        "UPDATE procrastinate_jobs SET status = %s, attempts = %s WHERE id = %s",
        status,
        attempts,
        number,
    )
    return number


def a_job_being_done():
    """Make a job in whose middle a worker is that gives signs of life."""
    (worker,) = run_sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id"
    )
    job = a_job("doing", attempts=0)
    run_sql("UPDATE procrastinate_jobs SET worker_id = %s WHERE id = %s", worker, job)
    return job


def a_delivery(status="failed", *, subject=CODE, attempts=14):
    entry = Entry.objects.create(name="dossiers.moved", subject=subject, facts={}, by="x", at=now())
    told = f'{{"entry_id": {entry.pk}, "listener": "motcua.dossiers.handlers.results.make"}}'
    return a_job(status, args=told, attempts=attempts)


def state(job):
    row = run_sql("SELECT status FROM procrastinate_jobs WHERE id = %s", job)
    return row and row[0]


class Browser(Client):
    """A browser whose every request is a transaction of its own, inside the test's."""

    def request(self, **request):
        mark = transaction.savepoint()
        answer = super().request(**request)
        if connection.needs_rollback:
            connection.needs_rollback = False
            transaction.savepoint_rollback(mark)
        return answer
