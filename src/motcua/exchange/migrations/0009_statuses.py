from django.db import migrations, models


class Migration(migrations.Migration):
    """Keys that are here already count as asked about from now on, until the hour's job has asked."""

    dependencies = [("exchange", "0008_sealed_bodies")]

    operations = [
        migrations.CreateModel(
            name="KeyStatus",
            fields=[
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="exchange.certificate",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("since", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO exchange_keystatus (certificate_id, place, since, trouble) "
            "SELECT kid, '', now(), '' FROM exchange_certificate WHERE revoked_at IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
