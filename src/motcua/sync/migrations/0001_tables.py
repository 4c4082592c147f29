"""The tables of synchronisation; the two large ones are partitioned by the year in the code."""

from django.db import migrations, models

FIRST, LAST = 2016, 2030
"""The years that have a partition from the start; a job makes those that follow."""

DOSSIER = """
CREATE TABLE sync_dossier (
    as_of timestamptz NOT NULL,
    since timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    hash bigint NOT NULL,
    filed_at timestamptz,
    received_at timestamptz,
    due_at timestamptz,
    done_at timestamptz,
    returned_at timestamptz,
    person uuid,
    year smallint NOT NULL,
    kind smallint NOT NULL,
    channel smallint NOT NULL,
    flags smallint NOT NULL,
    member text NOT NULL,
    code text NOT NULL,
    procedure text NOT NULL,
    title text NOT NULL,
    agency text NOT NULL,
    applicant text NOT NULL,
    PRIMARY KEY (year, member, code)
) PARTITION BY LIST (year);
CREATE INDEX sync_dossier_of_person ON sync_dossier (person, since DESC, code DESC)
    WHERE person IS NOT NULL;
"""

STATUS = """
CREATE TABLE sync_status (
    at timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    detail bigint NOT NULL,
    year smallint NOT NULL,
    status smallint NOT NULL,
    member text NOT NULL,
    code text NOT NULL,
    words text NOT NULL,
    who text NOT NULL,
    PRIMARY KEY (year, member, code, at, status, detail)
) PARTITION BY LIST (year);
"""


def partitions(table: str) -> str:
    """Return what makes the partitions of a table: one a year, and one for everything else."""
    years = "".join(
        f"CREATE TABLE {table}_{year} PARTITION OF {table} FOR VALUES IN ({year});"
        for year in range(FIRST, LAST + 1)
    )
    return f"{years} CREATE TABLE {table}_rest PARTITION OF {table} DEFAULT;"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Block',
            fields=[
                ('pk', models.CompositePrimaryKey('member', 'hash', blank=True, editable=False, primary_key=True, serialize=False)),
                ('member', models.TextField()),
                ('hash', models.BinaryField()),
                ('dossiers', models.IntegerField()),
                ('statuses', models.IntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    STATUS + partitions("sync_status"), "DROP TABLE sync_status"
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Status',
                    fields=[
                        ('pk', models.CompositePrimaryKey('year', 'member', 'code', 'at', 'status', 'detail', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('told_at', models.DateTimeField()),
                        ('detail', models.BigIntegerField()),
                        ('year', models.SmallIntegerField()),
                        ('status', models.SmallIntegerField()),
                        ('member', models.TextField()),
                        ('code', models.TextField()),
                        ('words', models.TextField()),
                        ('who', models.TextField()),
                    ],
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    DOSSIER + partitions("sync_dossier"), "DROP TABLE sync_dossier"
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Dossier',
                    fields=[
                        ('pk', models.CompositePrimaryKey('year', 'member', 'code', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('as_of', models.DateTimeField()),
                        ('since', models.DateTimeField()),
                        ('told_at', models.DateTimeField()),
                        ('hash', models.BigIntegerField()),
                        ('filed_at', models.DateTimeField(null=True)),
                        ('received_at', models.DateTimeField(null=True)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('returned_at', models.DateTimeField(null=True)),
                        ('person', models.UUIDField(null=True)),
                        ('year', models.SmallIntegerField()),
                        ('kind', models.SmallIntegerField()),
                        ('channel', models.SmallIntegerField()),
                        ('flags', models.SmallIntegerField()),
                        ('member', models.TextField()),
                        ('code', models.TextField()),
                        ('procedure', models.TextField()),
                        ('title', models.TextField()),
                        ('agency', models.TextField()),
                        ('applicant', models.TextField()),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('person__isnull', False)), fields=['person', '-since', '-code'], name='sync_dossier_of_person')],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.TextField()),
                ('stream', models.TextField()),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('reason', models.TextField()),
                ('example', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'stream', 'first'], name='refusal_by_place'), models.Index(fields=['member', '-id'], name='refusal_latest')],
            },
        ),
        migrations.CreateModel(
            name='Stream',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.TextField()),
                ('stream', models.TextField()),
                ('cursor', models.BigIntegerField(default=0)),
                ('begun_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'stream'), name='one_cursor_per_stream')],
            },
        ),
    ]
