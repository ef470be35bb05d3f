import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_from_sheets(apps, schema_editor):
    """Until now every save of a sheet saved all its drafts."""
    Draft, ScoreSheet = apps.get_model('scoring', 'Draft'), apps.get_model('scoring', 'ScoreSheet')
    sheet = ScoreSheet.objects.filter(pk=OuterRef('sheet'))
    Draft.objects.update(
        revision=Subquery(sheet.values('revision')[:1]), page=Subquery(sheet.values('page')[:1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0017_table_meanings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='page',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='draft',
            name='revision',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(copy_from_sheets, migrations.RunPython.noop),
        migrations.CreateModel(
            name='ScoringPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one_page', models.BooleanField(default=False, verbose_name='all questions on one page')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
