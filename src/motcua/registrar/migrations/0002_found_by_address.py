from itertools import islice

import django.contrib.postgres.indexes
from django.db import migrations, models

from motcua.kernel.folding import fold

AT_ONCE = 2000


def find_what_is_kept_already(apps, schema_editor):
    for name in ("Parcel", "Enterprise"):
        table = apps.get_model("registrar", name)
        kept = table.objects.only("facts").iterator(AT_ONCE)
        while rows := list(islice(kept, AT_ONCE)):
            for row in rows:
                said = row.facts["address"]
                row.address = fold(said if isinstance(said, str) else said["detail"])[:300]
            table.objects.bulk_update(rows, ["address"])


class Migration(migrations.Migration):
    dependencies = [("registrar", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="enterprise",
            name="address",
            field=models.CharField(blank=True, max_length=300, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="parcel",
            name="address",
            field=models.CharField(blank=True, max_length=300, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(find_what_is_kept_already, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="enterprise",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("address", name="gin_trgm_ops"),
                name="enterprise_address",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("address", name="gin_trgm_ops"),
                name="parcel_address",
            ),
        ),
    ]
