"""What the panel agreed: scores, commentary, and the case study that stands for a domain."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casestudies.access import allowed
from casestudies.models import CaseStudy, Domain, OutcomeArea, Review
from edsportal.audit.declaration import RECORD, UPDATE, Audit
from edsportal.model_constraints import both_or_neither, has_text

WHOLE_POINTS = [0, 1, 2, 3]


class AgreedScoreQuerySet(models.QuerySet):
    def visible_to(self, user):
        """From moderation: the panel and the equality lead, but for a case study in which they declared an interest.
        From approval: authors and readers too, and the people of other bodies in whose reports it stands."""
        return self.filter(allowed("see_agreed_scores", user, case_study="case_study"))

    def current(self):
        """The newest agreed score of each outcome area of each case study: the key of sequences tells it."""
        newer = AgreedScore.objects.filter(
            case_study=OuterRef("case_study"),
            outcome_area=OuterRef("outcome_area"),
            sequence__gt=OuterRef("sequence"),
        )
        return self.filter(~Exists(newer))


class AgreedScore(models.Model):
    """The panel's score for one outcome area of a case study, in points 0 to 3. Append-only.

    One that came in with an imported report has nobody who recorded it, and may lack a rationale or hold a half
    point (seen in old published reports).
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="agreed_scores")
    outcome_area = models.ForeignKey(OutcomeArea, on_delete=models.PROTECT, related_name="agreed_scores")
    sequence = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    rationale = models.TextField(blank=True)
    imported = models.BooleanField(default=False, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AgreedScoreQuerySet.as_manager()

    audit = Audit(
        area="scores", hidden=("value", "not_applicable", "rationale"), frozen=RECORD, is_judgement=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_study", "outcome_area", "sequence"], name="agreed_score_once_per_sequence"
            ),
            models.CheckConstraint(
                condition=Q(value=None)
                | Q(value__in=WHOLE_POINTS)
                | Q(imported=True, value__gte=0, value__lte=3),
                name="agreed_score_0_to_3",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(value=None), name="agreed_score_not_applicable_no_value"
            ),
            models.CheckConstraint(
                condition=Q(imported=True) | Q(not_applicable=True) | Q(value__isnull=False),
                name="agreed_score_says_something",
            ),
            models.CheckConstraint(
                condition=Q(imported=True) | (Q(recorded_by__isnull=False) & ~Q(rationale="")),
                name="agreed_score_by_somebody_with_rationale",
            ),
        ]

    def __str__(self) -> str:
        return f"Agreed score for {self.outcome_area.code}"


class SelfAssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The equality lead and authors: always. The panel: once scoring has closed, or before where the lead said so.
        Readers: from approval."""
        return self.filter(allowed("see_self_assessment", user, case_study="case_study"))

    def shown(self):
        """With what a page shows of them, in the order of the outcome areas."""
        return self.select_related("outcome_area")


class SelfAssessment(models.Model):
    """What the body gave itself for an outcome area before the panel met; never part of a total."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="self_assessments")
    outcome_area = models.ForeignKey(OutcomeArea, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    rationale = models.TextField(blank=True)

    objects = SelfAssessmentQuerySet.as_manager()

    audit = Audit(area="case studies")

    class Meta:
        ordering = ["outcome_area__position"]
        constraints = [
            models.UniqueConstraint(fields=["case_study", "outcome_area"], name="self_assessed_once"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lte=3), name="self_assessment_0_to_3"
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(value=None),
                name="self_assessment_not_applicable_no_value",
            ),
        ]

    def __str__(self) -> str:
        return f"Self-assessment for {self.outcome_area.code}"


class CommentaryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As agreed scores are."""
        return self.filter(allowed("see_agreed_scores", user, case_study="case_study"))

    def current(self):
        """The newest of each case study, unless it says that the commentary was taken away."""
        newer = Commentary.objects.filter(
            case_study=OuterRef("case_study"), sequence__gt=OuterRef("sequence")
        )
        return self.filter(~Exists(newer)).exclude(text="")


class Commentary(models.Model):
    """The panel's additional commentary on a case study. Append-only: the newest row is what it says now.

    An empty text takes it away. One that came in with an imported report has nobody who recorded it.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="commentaries")
    sequence = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommentaryQuerySet.as_manager()

    audit = Audit(area="scores", frozen=UPDATE, is_judgement=True)

    class Meta:
        verbose_name_plural = "commentaries"
        ordering = ["case_study", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case_study", "sequence"], name="commentary_once_per_sequence"),
            models.CheckConstraint(
                condition=Q(sequence__gt=1) | ~Q(text=""), name="commentary_begins_with_text"
            ),
            both_or_neither(model="commentary", first="recorded_at", second="recorded_by"),
        ]

    def __str__(self) -> str:
        return f"Commentary on {self.case_study}"


class DomainChoiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who may read the report, which prints it."""
        return self.filter(allowed("see_report", user, review="review"))


class DomainChoice(models.Model):
    """The case study that a named person chose to stand for a domain that has no middle one, and why."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="domain_choices")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="+")
    chosen_by = models.CharField(max_length=200)
    reason = models.TextField()
    chosen_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody where it came in with an imported report

    objects = DomainChoiceQuerySet.as_manager()
    audit = Audit(area="scores", hidden=("chosen_by", "reason"), is_judgement=True)

    class Meta:
        ordering = ["domain__number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "domain"], name="domain_choice_once"),
            has_text(model="domain_choice", field="chosen_by"),
            has_text(model="domain_choice", field="reason"),
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.case_study}"
