from django.db import migrations, models


class Migration(migrations.Migration):
    """The versions of packs come from the room `catalogue`, with all they hold."""

    initial = True

    dependencies = [
        ("catalogue", "0004_packs_have_a_room"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='PackVersion',
                    fields=[
                        ('id', models.CharField(max_length=60, primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=40)),
                        ('number', models.PositiveIntegerField()),
                        ('digest', models.CharField(max_length=64)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(null=True)),
                        ('definition', models.JSONField()),
                        ('loaded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('code', 'number'), include=('id', 'valid_from', 'valid_to'), name='one_pack_version_per_number'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='pack_version_valid_forwards')],
                    },
                ),
            ],
        ),
    ]
