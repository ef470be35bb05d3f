"""Recommendations for action, by theme, and what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casestudies.access import allowed
from casestudies.models import CaseStudy, Objective, OutcomeArea, Review
from eds import policy
from eds.equality_duty import is_overdue
from eds.policy.rule import OWNER
from eds.text import labels
from edsportal.audit.declaration import UPDATE, Audit
from edsportal.model_constraints import DayOrMonthField, has_text
from edsportal.web.addresses import url_of


class Theme(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    audit = Audit(area="recommendations", label="title", is_named=True)

    class Meta:
        ordering = ["review", "position"]
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="theme_once_per_position"),
            has_text(model="theme", field="title"),
        ]

    def __str__(self) -> str:
        return self.title


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The equality lead: always. The panel: from moderation. Authors and readers: from approval."""
        return self.filter(allowed("see_recommendations", user, review="theme__review"))

    def owned_by(self, email: str):
        """Those that the person at this address owns and may know of: once the scores of their review are agreed."""
        agreed = self.filter(theme__review__stage__in=policy.RULES["note_progress_as_owner"].may[OWNER])
        return agreed.filter(owner_email=email.lower()) if email else self.none()


class Recommendation(models.Model):
    """One action under a theme: what is to be done, for which outcome areas and case studies, by whom, by when."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        ON_TRACK = "on_track", "On track"
        DELAYED = "delayed", "Delayed"
        COMPLETE = "complete", "Complete"
        DROPPED = "dropped", "Dropped"

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField()
    action = models.TextField()
    equality_objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    objective = models.TextField("equality objective in words", blank=True)  # of one that is not in the list
    outcome_areas = models.ManyToManyField(OutcomeArea, blank=True, related_name="recommendations")
    case_studies = models.ManyToManyField(CaseStudy, blank=True, related_name="recommendations")
    owner = models.CharField(max_length=200, blank=True)
    owner_email = models.EmailField("the owner’s e-mail address", blank=True)  # in lower case
    owner_since = models.DateTimeField(
        null=True, blank=True, editable=False
    )  # a link to another owner is over
    due = DayOrMonthField()
    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)

    objects = RecommendationQuerySet.as_manager()

    audit = Audit(area="recommendations", label="action", hidden=("owner_email",), is_named=True)

    class Meta:
        ordering = ["theme__position", "position"]
        indexes = [
            models.Index(fields=["owner_email"], name="recommendation_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["theme", "position"], name="recommendation_once_per_position"),
            models.CheckConstraint(
                condition=Q(status__in=["not_started", "on_track", "delayed", "complete", "dropped"]),
                name="recommendation_status_known",
            ),
            has_text(model="recommendation", field="action"),
            models.CheckConstraint(
                condition=Q(equality_objective=None) | Q(objective=""), name="recommendation_one_objective"
            ),
        ]

    def __str__(self) -> str:
        return self.action[:80]

    def get_absolute_url(self) -> str:
        return url_of(self, "recommendation")

    @property
    def url_args(self) -> tuple:
        return *self.theme.review.url_args, self.pk

    @property
    def objective_words(self) -> str:
        """The equality objective that it answers, from the organisation's list or as it was typed; "" for none."""
        return self.equality_objective.title if self.equality_objective else self.objective

    @property
    def due_words(self) -> str:
        """For example "28 February 2027" or "February 2027"."""
        return labels.day(self.due)

    @property
    def why_dropped(self) -> str:
        """The reason that was noted when it was dropped; "" for any other. Prefetch `progress_notes` for a list."""
        if self.status != self.Status.DROPPED:
            return ""
        said = [note.text for note in self.progress_notes.all() if note.status == self.Status.DROPPED]
        return said[-1] if said else ""

    @property
    def is_open(self) -> bool:
        """Is there still something to do?"""
        return self.status not in (self.Status.COMPLETE, self.Status.DROPPED)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.due, self.status, timezone.localdate())


class ProgressNote(models.Model):
    """What was noted about a recommendation on a day, and the status it was given then. Never changed.

    An owner without an account notes by their link: then `noted_as` names them.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="progress_notes"
    )
    status = models.CharField(max_length=20, choices=Recommendation.Status)
    text = models.TextField()
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    noted_as = models.CharField(max_length=500, blank=True)

    audit = Audit(area="recommendations", frozen=UPDATE)

    class Meta:
        ordering = ["noted_at", "pk"]
        constraints = [
            has_text(model="progress_note", field="text"),
            models.CheckConstraint(
                condition=Q(noted_by__isnull=False, noted_as="") | (Q(noted_by=None) & ~Q(noted_as="")),
                name="progress_note_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.text[:60]}"

    @property
    def by(self) -> str:
        return self.noted_as or str(self.noted_by)


class OwnerMessage(models.Model):
    """An e-mail to a recommendation’s owner, or about it to the board sponsor. Without `sent_at` it was not sent."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", "Reminder"  # it is overdue
        REQUEST = "request", "Request"  # the equality lead asks how it stands
        NAMED = "named", "Named as the owner"
        ESCALATION = "escalation", "Overdue, to the board sponsor"

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="owner_messages"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    address = models.EmailField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody: the portal's own daily reminders
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    audit = Audit(area="recommendations", hidden=("address",))

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["reminder", "request", "named", "escalation"]),
                name="owner_message_kind_known",
            ),
            has_text(model="owner_message", field="address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} about {self.recommendation}"


class PreviousAction(models.Model):
    """An action of the year before, as this year's report tells it.

    Where that year's recommendation is in the portal, its status is read there, so that it is told as it stands.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="previous_actions")
    position = models.PositiveSmallIntegerField()
    action = models.TextField()
    objective = models.TextField("related equality objective", blank=True)
    status = models.CharField(max_length=20, choices=Recommendation.Status, blank=True)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    audit = Audit(area="recommendations", label="action")

    class Meta:
        ordering = ["review", "position"]
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="previous_action_once_per_position"),
            has_text(model="previous_action", field="action"),
        ]

    def __str__(self) -> str:
        return self.action[:80]

    @property
    def status_now(self) -> str:
        """The status today; "" where none is known. Join `recommendation` for a list."""
        return self.recommendation.status if self.recommendation else self.status

    @property
    def status_words(self) -> str:
        return dict(Recommendation.Status.choices).get(self.status_now, "Not recorded")
