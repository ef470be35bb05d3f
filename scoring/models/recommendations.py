"""Recommendations for action, by theme, and what became of last year's."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casestudies import stages
from casestudies.models import CaseStudy, Objective, OutcomeArea, Review
from edsportal.rows import DayOrMonthField, has_text
from scoring.report import words


class Theme(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

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
        if not user.is_authenticated:
            return self.none()
        stage = "theme__review__stage__in"
        lead = Q(theme__review__in=Review.objects.led_by(user))
        panel = Review.objects.filter(panel_members__user=user, panel_members__declined_at=None)
        opened = Q(**{stage: (stages.MODERATION, stages.APPROVAL, stages.PUBLISHED)}, theme__review__in=panel)
        approved = Q(
            **{stage: (stages.APPROVAL, stages.PUBLISHED)},
            theme__review__in=Review.objects.visible_to(user),
        )
        return self.filter(lead | opened | approved)


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
    due = DayOrMonthField()
    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["theme__position", "position"]
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

    @property
    def objective_words(self) -> str:
        """The equality objective that it answers, from the organisation's list or as it was typed; "" for none."""
        return self.equality_objective.title if self.equality_objective else self.objective

    @property
    def due_words(self) -> str:
        """For example "28 February 2027" or "February 2027"."""
        return words.day(self.due)


class ProgressNote(models.Model):
    """What was noted about a recommendation on a day, and the status it was given then. Never changed."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="progress_notes"
    )
    status = models.CharField(max_length=20, choices=Recommendation.Status)
    text = models.TextField()
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["noted_at", "pk"]
        constraints = [has_text(model="progress_note", field="text")]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.text[:60]}"


class PreviousAction(models.Model):
    """An action of the year before, as this year's report tells it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="previous_actions")
    position = models.PositiveSmallIntegerField()
    action = models.TextField()
    objective = models.TextField("related equality objective", blank=True)
    status = models.CharField(max_length=20, choices=Recommendation.Status, blank=True)

    class Meta:
        ordering = ["review", "position"]
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="previous_action_once_per_position"),
            has_text(model="previous_action", field="action"),
        ]

    def __str__(self) -> str:
        return self.action[:80]
