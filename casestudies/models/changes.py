"""What somebody changed in an organisation, its people or its reviews."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from casestudies.organisations.models import Organisation
from casestudies.reviews.models import Review
from edsportal.model_constraints import has_text


class Change(models.Model):
    """One change in words: who, when, what. Never changed.

    What is said of a person begins with them: they are `about`, so that `what` keeps no name that outlives an account.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="changes")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.TextField()
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [has_text(model="change", field="what")]

    def __str__(self) -> str:
        return f"{self.about} {self.what}" if self.about else self.what
