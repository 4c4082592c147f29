from django.db import migrations, models

FAILED = """
CREATE INDEX IF NOT EXISTS motcua_failed_jobs ON procrastinate_jobs (id)
WHERE status IN ('failed', 'cancelled', 'aborted')
"""
RETRIED = """
CREATE INDEX IF NOT EXISTS motcua_retried_jobs ON procrastinate_jobs (id)
WHERE status = 'todo' AND attempts > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("backbone", "0002_tally_until"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.CreateModel(
            name="FailedTry",
            fields=[
                ("job", models.BigIntegerField(primary_key=True, serialize=False)),
                ("error", models.CharField(max_length=300)),
                ("details", models.TextField(blank=True)),
                ("deaths", models.PositiveSmallIntegerField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(FAILED, "DROP INDEX IF EXISTS motcua_failed_jobs"),
        migrations.RunSQL(RETRIED, "DROP INDEX IF EXISTS motcua_retried_jobs"),
    ]
