"""
Jobs are looked for, not announced.

Whoever commits a NOTIFY holds a lock of the whole database until its log is on disk, so that all
filings, steps and messages were made durable one after another instead of together.
"""

from django.db import migrations

TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"
AWAY = f"DROP TRIGGER IF EXISTS {TRIGGER} ON procrastinate_jobs"
BACK = f"""
CREATE TRIGGER {TRIGGER} AFTER INSERT ON procrastinate_jobs
FOR EACH ROW WHEN (new.status = 'todo'::procrastinate_job_status)
EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("backbone", "0004_carried"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [migrations.RunSQL(AWAY, BACK)]
