from django.db import models

from casestudies.organisations.models import Organisation
from edsportal.model_constraints import has_text


class Abbreviation(models.Model):
    """What a short word such as "ICB" stands for in one organisation's case studies."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="abbreviations")
    short = models.CharField("abbreviation", max_length=20)
    meaning = models.CharField("what it stands for", max_length=200)

    class Meta:
        ordering = ["organisation", "short"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "short"], name="abbreviation_once_per_organisation"
            ),
            has_text(model="abbreviation", field="short"),
            has_text(model="abbreviation", field="meaning"),
        ]

    def __str__(self) -> str:
        return f"{self.short}: {self.meaning}"
