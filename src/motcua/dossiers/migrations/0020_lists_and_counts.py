from django.db import migrations, models


TABLES = ("dossiers_dossier", "dossiers_transition")
SOON = {
    "autovacuum_vacuum_scale_factor": 0.05,
    "autovacuum_vacuum_insert_scale_factor": 0.05,
    "autovacuum_analyze_scale_factor": 0.02,
}
"""Shares of a table after which it is tidied: counts are read from its indexes alone, then."""


def set_options(*, on: bool) -> list[str]:
    given = ", ".join(f"{name} = {share}" if on else name for name, share in SOON.items())
    return [f"ALTER TABLE {table} {'SET' if on else 'RESET'} ({given})" for table in TABLES]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_absence'),
        ('dossiers', '0019_entered_at'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='dossier',
            name='dossier_open_by_due',
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('state__in', ['payment', 'supplement']), models.Q(('fee__gt', 0), ('paid_at__isnull', True), ('state', 'new')), _connector='OR'), fields=['applicant', '-id'], name='dossier_asks_applicant'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('state__in', ['done', 'in_process', 'new', 'payment', 'received', 'supplement'])), fields=['agency', 'due_at', 'id'], include=('state', 'stage_role', 'stage_due_at', 'sent_back', 'holder', 'office', 'answer_until', 'answered_at'), name='dossier_open_by_due'),
        ),
        migrations.RunSQL(set_options(on=True), set_options(on=False)),
    ]
