from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_done_index")]
    operations = [
        migrations.AddField("dossier", "promised_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            "UPDATE dossiers_dossier SET promised_at = due_at", migrations.RunSQL.noop
        ),
        migrations.AlterField("dossier", "promised_at", models.DateTimeField()),
    ]
