"""Which messages about a review the equality lead switched off."""

from django.db import models

from casestudies.reviews.models import Review
from eds.messages import MESSAGES
from edsportal.audit.declaration import Audit


class SwitchedOffMessage(models.Model):
    """While the row is there, nobody gets this message about the review. See eds/messages/__init__.py for the kinds."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="switched_off_messages")
    kind = models.CharField(max_length=30)

    audit = Audit(area="reviews", label="kind", noun="message switched off")

    class Meta:
        ordering = ["review", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["review", "kind"], name="message_switched_off_once"),
        ]

    def __str__(self) -> str:
        return MESSAGES[self.kind].title if self.kind in MESSAGES else self.kind
