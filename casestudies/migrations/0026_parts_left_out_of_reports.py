from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('casestudies', '0025_messages')]

    operations = [
        migrations.AddField(
            "review",
            "omitted_parts",
            models.JSONField("parts that the report leaves out", blank=True, default=list),
        ),
    ]
