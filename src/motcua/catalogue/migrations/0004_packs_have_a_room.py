from django.db import migrations


class Migration(migrations.Migration):
    """The versions of packs move to the room `packs`, with all they hold."""

    dependencies = [
        ("catalogue", "0003_search_indexes_at_once"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel("PackVersion")],
            database_operations=[
                migrations.AlterModelTable("PackVersion", "packs_packversion"),
            ],
        ),
    ]
