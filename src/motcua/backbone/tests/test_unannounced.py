"""Jobs are found without being announced: commits do not wait for one another."""

import pytest
from django.db import connection

NOTIFIES = """
SELECT count(*) FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = 'procrastinate_jobs'::regclass AND (tgtype & 4) > 0
AND position('pg_notify' in prosrc) > 0
"""
"""Triggers that announce an insert (bit 4 of ``tgtype``)."""


@pytest.mark.django_db
def test_no_trigger_announces_a_job_that_is_put_down():
    with connection.cursor() as cursor:
        cursor.execute(NOTIFIES)
        assert cursor.fetchone() == (0,)
