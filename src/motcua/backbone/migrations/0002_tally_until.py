from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("backbone", "0001_initial")]

    operations = [
        migrations.RunSQL("DELETE FROM backbone_tally", migrations.RunSQL.noop),
        migrations.AddField("tally", "until", models.DateTimeField(db_index=True), preserve_default=False),
    ]
