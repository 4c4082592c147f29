import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0009_due_moves'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('answer_by', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('answered_name', models.CharField(blank=True, max_length=200)),
                ('post', models.CharField(blank=True, max_length=200)),
                ('answered_agency', models.CharField(blank=True, max_length=40)),
                ('answered_at', models.DateTimeField(null=True)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='dossiers.dossier')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['id'], include=('dossier',), name='question_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True), models.Q(('answered_by', ''), _negated=True)), _connector='OR'), name='an_answer_is_signed')],
            },
        ),
    ]
