import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casestudies', '0031_brands'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('takes_objectives', models.BooleanField(default=False, verbose_name='equality objectives follow')),
                ('takes_actions', models.BooleanField(default=False, verbose_name='open actions follow')),
                ('takes_panel', models.BooleanField(default=False, verbose_name='the panel can be carried over')),
                ('compares_years', models.BooleanField(default=False, verbose_name='results by year show both sides')),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('carried_in', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casestudies.review')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='casestudies.organisation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='casestudies.organisation')),
            ],
            options={
                'ordering': ['-starts_on', 'predecessor__name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='role',
            name='succession',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='casestudies.succession'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('successor', models.F('predecessor')), _negated=True), name='succession_of_another_organisation'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('successor', 'predecessor'), name='succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(condition=models.Q(('takes_objectives', True)), fields=('predecessor',), name='succession_takes_objectives_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(condition=models.Q(('takes_actions', True)), fields=('predecessor',), name='succession_takes_actions_once'),
        ),
    ]
