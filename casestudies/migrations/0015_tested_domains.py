from django.db import migrations, models


def mark(apps, schema_editor):
    """Of EDS 2022 and of every copy of it the third domain, inclusive leadership, is tested by third parties."""
    frameworks = apps.get_model("casestudies", "Framework").objects
    first = frameworks.filter(name="EDS 2022").first()
    if first is not None:
        line = frameworks.filter(models.Q(pk=first.pk) | models.Q(origin=first))
        domains = apps.get_model("casestudies", "Domain").objects
        domains.filter(framework__in=line, number=3).update(tested_by_third_parties=True)


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0014_evidence_files")]
    operations = [
        migrations.AddField(
            model_name="domain",
            name="tested_by_third_parties",
            field=models.BooleanField(
                default=False,
                verbose_name="tested by a trade union representative and an independent evaluator or peer reviewer",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
