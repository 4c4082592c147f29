from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

KNOWN = """
UPDATE dossiers_dossier
SET sought = ' ' || catalogue_fold(code) || ' ' || catalogue_fold(applicant_name)
"""
"""Dossiers filed before are found by code and name, and by their answers once these change."""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_draft_carried_over"), ("catalogue", "0001_initial")]
    operations = [
        TrigramExtension(),
        migrations.AddField("dossier", "sought", models.TextField(default="")),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AddIndex(
            "dossier",
            GinIndex(fields=["sought"], opclasses=["gin_trgm_ops"], name="dossier_sought"),
        ),
    ]
