
import datetime
import django.db.models.deletion
from django.db import migrations, models


FILLED = [
    "UPDATE dossiers_dossier SET filer = applicant, filer_name = applicant_name",
    """
    UPDATE dossiers_transition t
    SET agency = d.agency, procedure = d.procedure, channel = d.channel,
        filed_at = d.filed_at, due_at = d.due_at
    FROM dossiers_dossier d WHERE d.id = t.dossier_id
    """,
]
"""Until now everybody filed for themselves, and a dossier stayed where it was filed."""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_unit_by_code'),
        ('dossiers', '0007_linked'),
    ]

    operations = [
        migrations.AddField(
            model_name='dossier',
            name='agent',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='dossier',
            name='answer_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='appointed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='archive_action',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='dossier',
            name='archive_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='asked_times',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='dossier',
            name='authority',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='claim',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='dossier',
            name='counted_late',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='dossier',
            name='filer',
            field=models.CharField(default='', max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dossier',
            name='filer_name',
            field=models.CharField(default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='dossier',
            name='office',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.office'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='reappointments',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='dossier',
            name='return_by',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='dossier',
            name='return_to',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='stage_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='stage_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='wait_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='transition',
            name='agency',
            field=models.CharField(default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='transition',
            name='channel',
            field=models.PositiveSmallIntegerField(default=2),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='transition',
            name='counted_late',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='transition',
            name='due_at',
            field=models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='transition',
            name='filed_at',
            field=models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='transition',
            name='procedure',
            field=models.CharField(default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='transition',
            name='step',
            field=models.CharField(choices=[('file', 'file'), ('accept', 'accept'), ('refuse', 'refuse'), ('forward', 'forward'), ('propose', 'propose'), ('send_back', 'send_back'), ('ask_supplement', 'ask_supplement'), ('supply', 'supply'), ('ask_payment', 'ask_payment'), ('pay', 'pay'), ('approve', 'approve'), ('stop', 'stop'), ('withdraw', 'withdraw'), ('return', 'return'), ('reappoint', 'reappoint'), ('transfer', 'transfer'), ('consult', 'consult'), ('consulted', 'consulted'), ('expire', 'expire'), ('reopen', 'reopen')], max_length=16),
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('agent', ''), _negated=True), fields=['agent', '-id'], name='dossier_of_agent'),
        ),
        migrations.AddIndex(
            model_name='transition',
            index=models.Index(condition=models.Q(('step__in', ['approve', 'expire', 'file', 'refuse', 'reopen', 'stop', 'transfer', 'withdraw'])), fields=['agency', 'at'], include=('dossier', 'step', 'procedure', 'channel', 'filed_at', 'due_at', 'counted_late'), name='transition_milestone'),
        ),
    ]
