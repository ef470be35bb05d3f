from django.db import migrations, models
from django.db.models import Q

CATEGORIES = ("works_for", "uses", "family_or_friend", "financial", "other")
LABELS = ("Works for the service", "Uses the service", "Family or friend", "Financial", "Other")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0028_search_that_forgives")]

    operations = [
        migrations.AddField(
            "declaredinterest",
            "category",
            models.CharField(
                choices=list(zip(CATEGORIES, LABELS, strict=True)), db_default="other", default="other", max_length=20
            ),
        ),
        migrations.AddConstraint(
            "declaredinterest",
            models.CheckConstraint(
                condition=Q(category__in=list(CATEGORIES)), name="declared_interest_category_known"
            ),
        ),
    ]
