from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0028_archived_organisations_and_former_addresses")]

    operations = [
        migrations.AddField(
            "evidencefile",
            "withdrawn_at",
            models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "evidencefile",
            "withdrawn_because",
            models.TextField(blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddConstraint(
            "evidencefile",
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, stored="") & ~Q(withdrawn_because=""),
                name="evidence_file_withdrawn_whole",
            ),
        ),
    ]
