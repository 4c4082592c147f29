from django.db import migrations, models

ENTERED = """
UPDATE dossiers_dossier d SET entered_at = t.at
FROM dossiers_transition t
WHERE t.dossier_id = d.id AND t.step = 'file' AND d.channel = 3 AND t.at <> d.filed_at
"""
COUNTED = """
UPDATE dossiers_transition t SET filed_at = d.entered_at
FROM dossiers_dossier d WHERE d.id = t.dossier_id AND d.entered_at IS NOT NULL
"""
"""Letters entered late so far, and their steps."""


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0018_opinion_awaited'),
    ]

    operations = [
        migrations.AddField(
            model_name='dossier',
            name='entered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(ENTERED, migrations.RunSQL.noop),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
    ]
