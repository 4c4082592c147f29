from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations

from motcua.dossiers.models.searching import DigitsOf, WordsOf


class Migration(migrations.Migration):
    """Keep short what waits to be put in its place in the indexes of words and digits."""

    dependencies = [("dossiers", "0025_left_out")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER INDEX {name} SET (gin_pending_list_limit = 128)",
                    f"ALTER INDEX {name} RESET (gin_pending_list_limit)",
                )
                for name in ("dossier_words", "dossier_digits")
            ],
            state_operations=[
                migrations.RemoveIndex("dossier", "dossier_words"),
                migrations.RemoveIndex("dossier", "dossier_digits"),
                migrations.AddIndex(
                    "dossier",
                    GinIndex(WordsOf(), name="dossier_words", gin_pending_list_limit=128),
                ),
                migrations.AddIndex(
                    "dossier",
                    GinIndex(
                        OpClass(DigitsOf(), "gin_trgm_ops"),
                        name="dossier_digits",
                        gin_pending_list_limit=128,
                    ),
                ),
            ],
        )
    ]
