from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0031_groups_that_members_represent")]

    operations = [
        migrations.AddField(
            "publicationrun",
            "audit_head",
            models.TextField(blank=True, default="", editable=False),
        ),
    ]
