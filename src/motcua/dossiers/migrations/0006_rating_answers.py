from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_sought")]
    operations = [
        migrations.AddField("rating", "answers", models.JSONField(default=dict)),
    ]
