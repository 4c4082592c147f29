from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models

from motcua.dossiers.models.searching import DIGITS, WORDS, DigitsOf, WordsOf


class Migration(migrations.Migration):
    """Look for words within an agency; and let go of an index that Django makes for LIKE."""

    dependencies = [("dossiers", "0013_opinion")]
    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION dossiers_words(text, text)"),
        migrations.RunSQL(DIGITS, "DROP FUNCTION dossiers_digits(text)"),
        migrations.RemoveIndex("dossier", "dossier_sought"),
        migrations.AddIndex("dossier", GinIndex(WordsOf(), name="dossier_words")),
        migrations.AddIndex(
            "dossier",
            GinIndex(OpClass(DigitsOf(), "gin_trgm_ops"), name="dossier_digits"),
        ),
        migrations.AlterField("dossier", "code", models.CharField(max_length=60)),
        migrations.AddConstraint(
            "dossier", models.UniqueConstraint(fields=["code"], name="one_dossier_per_code")
        ),
    ]
