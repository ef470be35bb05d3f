from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0026_parts_left_out_of_reports")]

    operations = [
        migrations.AddField(
            "review",
            "easy_read",
            models.JSONField("sentences of the easy-read report", blank=True, default=dict),
        ),
    ]
