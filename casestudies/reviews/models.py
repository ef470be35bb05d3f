"""A review: one organisation's EDS for one year under one framework, and the stage it is in."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casestudies.access import Paths, allowed, held_by
from casestudies.frameworks.models import Domain, Framework
from casestudies.organisations.models import Organisation
from eds import stages
from eds.policy.rule import LEAD
from eds.scores.answers import AS_LIKED, REASONS
from edsportal.audit.declaration import RECORD, Audit
from edsportal.model_constraints import DayOrMonthField, has_text
from edsportal.web.addresses import url_of

YEAR = r"^[0-9]{4}(-[0-9]{2})?$"
STAGE_CHOICES = [(stage, stages.NAMES[stage]) for stage in stages.REVIEW]
# Moves from before each case study had a stage of its own keep the names that they had.
EARLIER_STAGES = {
    "setup": "Setting up",
    "evidence": "Gathering evidence",
    "scoring": "Scoring",
    "moderation": "Agreeing scores",
}
MOVE_CHOICES = [*STAGE_CHOICES, *EARLIER_STAGES.items()]
MOVED = [stage for stage, _ in MOVE_CHOICES]


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reviews that this person may know of: own organisation by role, or a panel they sit on."""
        return self.filter(allowed("see_review", user, review=""))

    def led_by(self, user):
        """Reviews of the organisations where this person is equality lead."""
        return self.filter(held_by(user, [LEAD], Paths(review="")))


class Review(models.Model):
    class Level(models.TextChoices):
        INDIVIDUAL = "individual", "Individual organisation"
        PARTNERSHIP = "partnership", "Partnership of organisations"
        ICS = "ics", "The whole integrated care system"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reviews")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="reviews")
    year = models.CharField(
        max_length=7, validators=[RegexValidator(YEAR, "Enter a year like 2024, or 2024-25.")]
    )
    title = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=10, choices=STAGE_CHOICES, default=stages.OPEN, editable=False)
    shows_self_assessment = models.BooleanField(
        "the panel sees the self-assessment before it scores", default=False
    )
    reasons = models.CharField(
        "reasons that members give for scores", max_length=20, choices=list(REASONS.items()), default=AS_LIKED
    )

    prints_groups_only = models.BooleanField("the report names no panel member", default=False)

    # The header of NHS England's reporting template
    board_sponsor = models.CharField(max_length=200, blank=True)
    board_sponsor_email = models.EmailField(
        "the board sponsor’s e-mail address", blank=True
    )  # never published
    eds_lead = models.CharField("EDS lead", max_length=200, blank=True)
    level = models.CharField(max_length=20, choices=Level, blank=True)
    partners = models.JSONField(default=list, blank=True)
    engagement_dates = models.JSONField(default=list, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    published_in = DayOrMonthField("month and year published")
    authorised_on = models.DateField(null=True, blank=True)
    revision_date = models.DateField(null=True, blank=True)
    trade_union_reps = models.JSONField(default=list, blank=True)
    independent_evaluators = models.JSONField(default=list, blank=True)

    # What the lead writes in the report, with placeholders for figures: see eds/text/figures_in_text.py
    summary = models.TextField(blank=True)
    panel_work = models.TextField("how the panel worked", blank=True)
    easy_read = models.JSONField("sentences of the easy-read report", default=dict, blank=True)
    omitted_parts = models.JSONField("parts that the report leaves out", default=list, blank=True)
    contact = models.CharField("contact for other formats of the report", max_length=200, blank=True)

    # What an imported report says of its panel's scores and of the year before (eds-report/1)
    imported_results = models.JSONField(default=dict, blank=True, editable=False)

    # What a source document claims about its totals: compared, never used
    stated = models.JSONField(default=dict, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    audit = Audit(
        area="reviews",
        label="title",
        hidden=("board_sponsor_email",),
        is_named=True,
        named_with=("organisation",),
    )

    class Meta:
        ordering = ["-year", "organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="review_once_per_year"),
            models.CheckConstraint(condition=Q(year__regex=YEAR), name="review_year_like_2024"),
            models.CheckConstraint(condition=Q(stage__in=stages.REVIEW), name="review_stage_known"),
            models.CheckConstraint(condition=Q(reasons__in=list(REASONS)), name="review_reasons_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"

    def get_absolute_url(self) -> str:
        return url_of(self, "review")

    @property
    def url_args(self) -> tuple:
        return self.organisation.slug, self.year

    @property
    def following_year(self) -> str:
        """The year after this one, written the same way: 2027, or 2027-28."""
        first = int(self.year[:4]) + 1
        return str(first) if len(self.year) == 4 else f"{first}-{(first + 1) % 100:02}"

    @property
    def stage_name(self) -> str:
        return stages.NAMES[self.stage]

    def all_stages(self) -> frozenset[str]:
        """Its own stage and those of its case studies, read now."""
        return frozenset(
            (self.stage, *self.case_studies.order_by().values_list("stage", flat=True).distinct())
        )


class StageMove(models.Model):
    """One move of a review from a stage to another: who, when and a note. Never changed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="stage_moves")
    from_stage = models.CharField(max_length=10, choices=MOVE_CHOICES)
    to_stage = models.CharField(max_length=10, choices=MOVE_CHOICES)
    note = models.TextField(blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    audit = Audit(area="reviews", frozen=RECORD)

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_stage__in=MOVED, to_stage__in=MOVED),
                name="stage_move_stages_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_stage_display()} to {self.get_to_stage_display()}"


class LeftOutDomain(models.Model):
    """A domain that a review does not assess this year, and why: its case studies need no agreed scores."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="left_out_domains")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    left_out_at = models.DateTimeField(default=timezone.now, editable=False)
    left_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody where it came in with an imported report

    audit = Audit(area="reviews")

    class Meta:
        ordering = ["domain__number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "domain"], name="left_out_domain_once"),
            has_text(model="left_out_domain", field="reason"),
        ]

    def __str__(self) -> str:
        return f"{self.domain} of {self.review}"


# What somebody changed in an organisation, its people or its reviews.


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

    audit = Audit(area="reviews", label="what", frozen=RECORD, noun="note")

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [has_text(model="change", field="what")]

    def __str__(self) -> str:
        return f"{self.about} {self.what}" if self.about else self.what
