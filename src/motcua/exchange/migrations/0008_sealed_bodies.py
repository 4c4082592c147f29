from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("exchange", "0007_kept_bodies")]

    operations = [
        migrations.AddField(
            "keptbody", "key", models.CharField(max_length=16, blank=True, default=""), preserve_default=False
        ),
        migrations.AddField("keptbody", "size", models.PositiveIntegerField(default=0)),
        migrations.RunSQL(
            "UPDATE exchange_keptbody SET size = octet_length(body)", migrations.RunSQL.noop
        ),
    ]
