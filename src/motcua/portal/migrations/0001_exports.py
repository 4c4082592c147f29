
import django.db.models.deletion
import motcua.backbone.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(db_default=motcua.backbone.keys.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('person', models.CharField(max_length=80)),
                ('asked_at', models.DateTimeField()),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('ready_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('size', models.BigIntegerField(default=0)),
                ('left_out', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('until__isnull', False)), fields=['until'], name='export_past')],
                'constraints': [models.UniqueConstraint(fields=('person',), name='one_export_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='portal.export')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('export', 'number'), name='one_piece_a_number')],
            },
        ),
    ]
