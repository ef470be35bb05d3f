"""How a case study comes to be read: handed over by its authors, accepted or returned by the equality lead."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casestudies.writing.models import CaseStudy, Section, Version
from edsportal.model_constraints import both_or_neither, has_text


class Handover(models.Model):
    """One time that a case study was marked ready: what it said then, and what became of it.

    It waits for the equality lead, who accepts it, which makes a version, or returns it with comments. Marking it
    ready again replaces one that still waits.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the equality lead"
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned with comments"
        REPLACED = "replaced", "Replaced by a newer text"

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="handovers")
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    marked_at = models.DateTimeField(default=timezone.now, editable=False)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.OneToOneField(
        Version, on_delete=models.CASCADE, null=True, blank=True, related_name="handover"
    )

    class Meta:
        ordering = ["case_study", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_study"], condition=Q(state="waiting"), name="handover_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", version__isnull=False)
                | Q(state__in=["waiting", "returned", "replaced"], version__isnull=True),
                name="handover_accepted_has_version",
            ),
            both_or_neither(model="handover", first="decided_at", second="decided_by"),
        ]

    def __str__(self) -> str:
        return f"{self.case_study}, marked ready {self.marked_at:%Y-%m-%d}"


class Comment(models.Model):
    """What the equality lead asks of a section, or of the whole (no heading), and the author's answer."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="comments")
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["handover", "pk"]
        constraints = [
            has_text(model="comment", field="text"),
            both_or_neither(model="comment", first="answered_at", second="answered_by"),
        ]

    def __str__(self) -> str:
        return self.heading or "The whole case study"


class Explanation(models.Model):
    """Why words that look like personal data may stay in a case study: who said so, and when. Never changed.

    `digest` tells which words, without keeping them once they are taken out; `shown` is what little is repeated.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="explanations")
    kind = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=20)
    reason = models.TextField()
    explained_at = models.DateTimeField(default=timezone.now, editable=False)
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case_study", "pk"]
        constraints = [has_text(model="explanation", field="reason")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown}"
