"""Case studies, their sections, and the immutable versions that a panel scores."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from casestudies.access import allowed
from casestudies.frameworks.models import Domain, OutcomeArea
from casestudies.reviews.models import Review
from eds import stages
from edsportal.audit.declaration import RECORD, UPDATE, Audit
from edsportal.model_constraints import both_or_neither, has_text
from edsportal.web.addresses import url_of
from edsportal.web.refusals import mark_of

STAGE_CHOICES = [(stage, stages.NAMES[stage]) for stage in stages.CASE_STUDY]


class CaseStudyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Case studies that this person may read.

        The equality lead and readers: all of their organisation's. An author: those they write. A panel member:
        those of the domains they score, once ready.
        """
        ready = Q(Exists(Version.objects.filter(case_study=OuterRef("pk"))))
        return self.filter(allowed("read_case_study", user, case_study="", ready=ready))

    def ready(self):
        """Those accepted at least once, so that a panel may read them."""
        return self.filter(versions__isnull=False).distinct()

    def standing_in(self, review: Review):
        """Those that the review's report tells, in order: its own, and those that other bodies share with it.

        Each has `place`, its number in that report.
        """
        shared = apps.get_model("casestudies", "SharedCaseStudy").objects.filter(review=review).order_by()
        own = CaseStudy.objects.filter(review=review).order_by()
        # Of two keys, each by its index: an "or" of both conditions would read the case studies of all organisations.
        rows = self.filter(pk__in=own.values("pk").union(shared.values("case_study")))
        here = shared.filter(case_study=OuterRef("pk"))
        place = Case(When(review=review, then=F("number")), default=Subquery(here.values("number")[:1]))
        return rows.annotate(place=place).select_related("review__organisation").order_by("place")


class CaseStudy(models.Model):
    """A service (Domain 1), or the workforce or leadership statement (Domains 2 and 3).

    `scored_by` names another organisation whose panel scored it, in a report that came in from a file. Where the case
    study itself came in from one, `imported_from` is the file's name and `imported_on` the day.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="case_studies")
    number = models.PositiveSmallIntegerField()
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="case_studies")
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=10, choices=STAGE_CHOICES, default=stages.WRITING, editable=False)
    scoring_closes_on = models.DateField("panel scores by", null=True, blank=True)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="case_studies")
    scored_by = models.CharField(max_length=200, blank=True, editable=False)
    imported_from = models.CharField(max_length=200, blank=True, editable=False)
    imported_on = models.DateField(null=True, blank=True, editable=False)
    stated_total = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True, editable=False)

    objects = CaseStudyQuerySet.as_manager()

    audit = Audit(area="case studies", label="title", is_named=True)

    class Meta:
        ordering = ["review", "number"]
        verbose_name_plural = "case studies"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="case_study_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="case_study_number_from_1"),
            models.CheckConstraint(condition=Q(stage__in=stages.CASE_STUDY), name="case_study_stage_known"),
            has_text(model="case_study", field="title"),
        ]

    def __str__(self) -> str:
        """By its number in the review for which it was read; see `standing_in`."""
        return f"Case study {getattr(self, 'place', self.number)}: {self.title}"

    def get_absolute_url(self) -> str:
        return url_of(self, "case_study")

    @property
    def url_args(self) -> tuple:
        return *self.review.url_args, self.number

    @property
    def stage_name(self) -> str:
        return stages.NAMES[self.stage]


class CaseStudyMove(models.Model):
    """One move of a case study from a stage to another: who, when and a note. Never changed."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="stage_moves")
    from_stage = models.CharField(max_length=10, choices=STAGE_CHOICES)
    to_stage = models.CharField(max_length=10, choices=STAGE_CHOICES)
    note = models.TextField(blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    audit = Audit(area="case studies", frozen=RECORD, noun="move of a case study")

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_stage__in=stages.CASE_STUDY, to_stage__in=stages.CASE_STUDY),
                name="case_study_move_stages_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_stage_display()} to {self.get_to_stage_display().lower()}"


class Section(models.Model):
    """A part of a case study, in Markdown, tied to the outcome area it speaks to or to none.

    `page` names the page that saved it last, so that an older page is told from one whose answer was lost.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    outcome_area = models.ForeignKey(
        OutcomeArea, on_delete=models.PROTECT, null=True, blank=True, related_name="sections"
    )
    body = models.TextField(blank=True)
    page = models.CharField(max_length=32, blank=True, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    audit = Audit(area="case studies", label="heading", skipped=("page", "saved_at"))

    class Meta:
        ordering = ["case_study", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case_study", "position"], name="section_once_per_position"),
            has_text(model="section", field="heading"),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return url_of(self, "section_change")

    @property
    def url_args(self) -> tuple:
        return *self.case_study.url_args, self.pk

    @property
    def mark(self) -> str:
        """Tells one text of it from another."""
        return mark_of(self.heading, self.outcome_area_id, self.body)


class OutcomeOwner(models.Model):
    """Who (department or lead) answers for one outcome area of a case study."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="owners")
    outcome_area = models.ForeignKey(OutcomeArea, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=200)

    audit = Audit(area="case studies")

    class Meta:
        ordering = ["outcome_area__position"]
        constraints = [
            models.UniqueConstraint(fields=["case_study", "outcome_area"], name="owner_once_per_outcome"),
            has_text(model="outcome_owner", field="owner"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_area.code}: {self.owner}"


class Version(models.Model):
    """What a case study said when it was accepted: its sections and evidence as they stood. Never changed."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    correction = models.TextField("what was corrected after scoring opened", blank=True)

    audit = Audit(area="case studies", skipped=("content",), frozen=UPDATE)

    class Meta:
        ordering = ["case_study", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case_study", "number"], name="version_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.case_study}"


# How a case study comes to be read: handed over by its authors, accepted or returned by the equality lead.


class HandoverQuerySet(models.QuerySet):
    def lasting(self):
        """Those that count: neither replaced by a newer text nor withdrawn by an author."""
        return self.exclude(state__in=[Handover.State.REPLACED, Handover.State.WITHDRAWN])


class Handover(models.Model):
    """One time that a case study was sent for review: what it said then, and what became of it.

    It waits for the equality lead, who accepts it, which makes a version, or returns it with comments. Sending it
    again replaces one that still waits; an author may withdraw it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the equality lead"
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned with comments"
        REPLACED = "replaced", "Replaced by a newer version"
        WITHDRAWN = "withdrawn", "Withdrawn by an author"

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

    objects = HandoverQuerySet.as_manager()

    audit = Audit(area="case studies", skipped=("content",))

    class Meta:
        ordering = ["case_study", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_study"], condition=Q(state="waiting"), name="handover_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", version__isnull=False)
                | Q(state__in=["waiting", "returned", "replaced", "withdrawn"], version__isnull=True),
                name="handover_accepted_has_version",
            ),
            both_or_neither(model="handover", first="decided_at", second="decided_by"),
        ]

    def __str__(self) -> str:
        return f"{self.case_study}, sent for review {self.marked_at:%Y-%m-%d}"


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

    audit = Audit(area="case studies", label="heading")

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

    audit = Audit(area="case studies", frozen=UPDATE)

    class Meta:
        ordering = ["case_study", "pk"]
        constraints = [has_text(model="explanation", field="reason")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown}"
