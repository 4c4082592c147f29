from django.db import migrations, models


SHARED = """
UPDATE dossiers_opinion o SET
    answers = (SELECT coalesce(jsonb_object_agg(f, d.answers -> f), '{}')
               FROM jsonb_array_elements_text(o.fields) AS f),
    shared = (SELECT coalesce(jsonb_object_agg(p, coalesce(d.papers -> p, '[]')), '{}')
              FROM jsonb_array_elements_text(o.papers) AS p)
FROM dossiers_dossier d WHERE d.id = o.dossier_id
"""
"""What was shared until now is taken from the dossier as it is."""


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0016_counter'),
    ]

    operations = [
        migrations.AddField(
            model_name='opinion',
            name='answers',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='opinion',
            name='shared',
            field=models.JSONField(default=dict),
        ),
        migrations.RunSQL(SHARED, migrations.RunSQL.noop),
    ]
