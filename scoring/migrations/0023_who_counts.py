"""Whether the scores of each member of a revealed case study count: not those of whoever declared an interest."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef

from edsportal.audit import triggers


def count(apps, schema_editor):
    """Until now an interest kept scores from counting, whenever it was declared."""
    triggers.remove(schema_editor.connection)  # places are records, which nothing changes; they come back after
    declared = apps.get_model("scoring", "DeclaredInterest").objects.filter(
        member=OuterRef("member"), case_study=OuterRef("case_study")
    )
    apps.get_model("scoring", "FixedPlace").objects.filter(Exists(declared)).update(counts=False)


class Migration(migrations.Migration):

    dependencies = [
        ("scoring", "0022_audit_chain"),
    ]

    operations = [
        migrations.AddField(
            model_name="fixedplace",
            name="counts",
            field=models.BooleanField(default=True, editable=False, verbose_name="their scores count"),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
