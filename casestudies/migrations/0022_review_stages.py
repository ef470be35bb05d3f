from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casestudies', '0021_stages_of_case_studies'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='review',
            name='scoring_closes_on',
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ('open', 'approval', 'published'))), name='review_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='stagemove',
            constraint=models.CheckConstraint(condition=models.Q(('from_stage__in', ['open', 'approval', 'published', 'setup', 'evidence', 'scoring', 'moderation']), ('to_stage__in', ['open', 'approval', 'published', 'setup', 'evidence', 'scoring', 'moderation'])), name='stage_move_stages_known'),
        ),
    ]
