from django.db import migrations, models


class Migration(migrations.Migration):
    """Systems that are called already were given by hand: their networks stay as chosen."""

    dependencies = [("exchange", "0004_federation")]

    operations = [
        migrations.AddField(
            "upstream", "most", models.BigIntegerField(default=16 * 2**20)
        ),
        migrations.AddField("upstream", "inside", models.BooleanField(default=True)),
        migrations.AlterField("upstream", "inside", models.BooleanField(default=False)),
    ]
