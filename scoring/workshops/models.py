"""Workshops, and the people and tables who joined a panel in one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casestudies.models import CaseStudy, Review
from casestudies.reviews.panel_models import PanelMember
from edsportal.audit.declaration import Audit
from edsportal.model_constraints import both_or_neither
from scoring.workshops.join_code import in_two


class WorkshopQuerySet(models.QuerySet):
    def running(self):
        """Those whose hours are not over: who has joined can score."""
        return self.filter(ends_at__gt=timezone.now())

    def open_to_join(self):
        return self.running().filter(code_closed_at=None)


class Workshop(models.Model):
    """A meeting in which people score on their phones. The code lets people in until it is closed or time is up."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="workshops")
    code = models.CharField(max_length=8, unique=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField()
    code_closed_at = models.DateTimeField(null=True, blank=True)
    code_closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    now_scoring = models.ForeignKey(
        CaseStudy, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = WorkshopQuerySet.as_manager()

    audit = Audit(area="panel")

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("opened_at")), name="workshop_ends_after_it_opens"
            ),
            both_or_neither(model="workshop", first="code_closed_at", second="code_closed_by"),
        ]

    def __str__(self) -> str:
        return f"Workshop for {self.review}"

    @property
    def spoken_code(self) -> str:
        return in_two(self.code)

    @property
    def is_running(self) -> bool:
        return self.ends_at > timezone.now()

    @property
    def can_be_joined(self) -> bool:
        return self.is_running and self.code_closed_at is None


class JoiningQuerySet(models.QuerySet):
    def present(self):
        """Those who neither left the panel nor were removed from it."""
        return self.filter(member__declined_at=None)


class Joining(models.Model):
    """How a person, or a table that scores as one, came to the panel in a workshop.

    Until the equality lead confirms it, the seat's scores count nowhere and its person sees nobody else's.
    """

    member = models.OneToOneField(PanelMember, on_delete=models.CASCADE, related_name="joining")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="joinings")
    page = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # sent twice, it makes one seat
    is_table = models.BooleanField("scores as a table", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = JoiningQuerySet.as_manager()

    audit = Audit(area="panel", fixed=("member", "workshop"))

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            both_or_neither(model="joining", first="confirmed_at", second="confirmed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.workshop}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class PaperSheet(models.Model):
    """What one person typed in from a member's paper sheet. It counts once a second person typed in the same.

    `answers` holds for each outcome code a score, or null for an abstention; `reason` what the member wrote. Nobody is
    ever shown them; both are empty once the sheet was checked and its scores are there.
    """

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="paper_sheets")
    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="paper_sheets")
    answers = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    audit = Audit(area="scores", hidden=("answers", "reason"), fixed=("member", "case_study"))

    class Meta:
        ordering = ["member__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "case_study"], name="paper_sheet_once_per_case_study"),
            both_or_neither(model="paper_sheet", first="checked_at", second="checked_by"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.case_study}"
