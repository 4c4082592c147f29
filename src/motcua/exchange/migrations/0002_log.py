"""The message log, partitioned by month, its tree, its heads; nonces and counts of the gateway."""

import django.db.models.deletion
import motcua.backbone.keys
from django.db import migrations, models


MONTHS = [(2026 + month // 12, month % 12 + 1) for month in range(10, 28)]
"""The months that have a partition from the start; a job makes those that follow."""

LOG = """
CREATE TABLE exchange_logentry (
    id uuid NOT NULL DEFAULT uuidv7(),
    at timestamptz NOT NULL,
    answered_at timestamptz,
    size bigint NOT NULL,
    leaf bigint,
    agreement uuid,
    status smallint,
    log varchar(20) NOT NULL,
    side varchar(8) NOT NULL,
    consumer varchar(20) NOT NULL,
    provider varchar(20) NOT NULL,
    service varchar(40) NOT NULL,
    purpose varchar(40) NOT NULL,
    asked_key varchar(40) NOT NULL,
    answered_key varchar(40) NOT NULL,
    asked_signature bytea NOT NULL,
    answered_signature bytea,
    person bytea,
    asked text NOT NULL,
    answered text NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE exchange_logentry_rest PARTITION OF exchange_logentry DEFAULT WITH (fillfactor = 70);
CREATE INDEX entry_by_leaf ON exchange_logentry (log, leaf);
CREATE INDEX entry_by_log ON exchange_logentry (log, id);
CREATE INDEX entry_by_consumer ON exchange_logentry (consumer, id);
CREATE INDEX entry_by_provider ON exchange_logentry (provider, id);
"""


def months() -> str:
    """Return what makes the partitions: one a month, with room to write the answer beside."""
    return "".join(
        f"CREATE TABLE exchange_logentry_{year}_{month:02} PARTITION OF exchange_logentry "
        f"FOR VALUES FROM ('{year}-{month:02}-01 00:00+00') "
        f"TO ('{year + month // 12}-{month % 12 + 1:02}-01 00:00+00') WITH (fillfactor = 70);"
        for year, month in MONTHS
    )


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'size', 'root', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.CharField(max_length=20)),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('key', models.CharField(max_length=40)),
                ('signature', models.BinaryField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.CharField(max_length=20)),
                ('level', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Upstream',
            fields=[
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='upstream', serialize=False, to='exchange.service')),
                ('url', models.CharField(max_length=300)),
                ('timeout', models.FloatField(default=10.0)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.CharField(max_length=80)),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(LOG + months(), "DROP TABLE exchange_logentry")
            ],
            state_operations=[
                migrations.CreateModel(
                    name='LogEntry',
                    fields=[
                        ('id', models.UUIDField(db_default=motcua.backbone.keys.UUIDv7(), primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('log', models.CharField(max_length=20)),
                        ('side', models.CharField(max_length=8)),
                        ('consumer', models.CharField(max_length=20)),
                        ('provider', models.CharField(max_length=20)),
                        ('service', models.CharField(max_length=40)),
                        ('agreement', models.UUIDField(null=True)),
                        ('purpose', models.CharField(max_length=40)),
                        ('size', models.BigIntegerField()),
                        ('asked', models.TextField()),
                        ('asked_signature', models.BinaryField()),
                        ('asked_key', models.CharField(max_length=40)),
                        ('person', models.BinaryField(null=True)),
                        ('status', models.SmallIntegerField(null=True)),
                        ('answered', models.TextField(blank=True)),
                        ('answered_signature', models.BinaryField(null=True)),
                        ('answered_key', models.CharField(blank=True, max_length=40)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('leaf', models.BigIntegerField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['log', 'leaf'], name='entry_by_leaf'), models.Index(fields=['log', 'id'], name='entry_by_log'), models.Index(fields=['consumer', 'id'], name='entry_by_consumer'), models.Index(fields=['provider', 'id'], name='entry_by_provider')],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name='Nonce',
            fields=[
                ('digest', models.BinaryField(primary_key=True, serialize=False)),
                ('until', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='nonce_by_end')],
            },
        ),
        migrations.CreateModel(
            name='Usage',
            fields=[
                ('pk', models.CompositePrimaryKey('agreement', 'period', 'starts', 'slot', blank=True, editable=False, primary_key=True, serialize=False)),
                ('agreement', models.UUIDField()),
                ('period', models.CharField(max_length=1)),
                ('starts', models.DateTimeField()),
                ('slot', models.SmallIntegerField()),
                ('calls', models.IntegerField()),
                ('most', models.IntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['period', 'starts'], name='usage_by_time')],
            },
        ),
    ]
