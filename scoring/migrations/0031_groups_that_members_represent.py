from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0030_withdrawals"), ("casestudies", "0030_lists_of_administrators")]

    operations = [
        migrations.AlterField(
            "panelmember",
            "interest",
            models.CharField("the group they represent", blank=True, max_length=30),
        ),
    ]
