from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("exchange", "0006_revocations")]

    operations = [
        migrations.CreateModel(
            name="KeptBody",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry", "part", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("entry", models.UUIDField()),
                ("part", models.CharField(max_length=8)),
                ("log", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("subject", models.CharField(blank=True, max_length=40)),
                ("body", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["log", "at"], name="body_by_age")]},
        ),
    ]
