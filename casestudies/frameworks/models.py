"""Editions of the EDS as rows: a framework has domains, a domain outcome areas, an outcome area its descriptors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone

from casestudies.access import allowed
from eds import edition
from eds.text import easy_words
from edsportal.audit.declaration import RECORD, Audit
from edsportal.model_constraints import has_text
from edsportal.web.addresses import url_of


class FrameworkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every edition but drafts, which only administrators see."""
        return self.filter(allowed("see_framework", user, status="status"))

    def of_line(self, framework: "Framework"):
        """The edition that this one was first copied from, and all that were copied from it."""
        first = framework.origin_id or framework.pk
        return self.filter(Q(pk=first) | Q(origin=first))

    def whole(self):
        """With everything that `as_edition` reads, in a fixed number of queries."""
        return self.prefetch_related("grades", "bands", "domains__outcome_areas__descriptors")

    def with_outcomes(self):
        """As `whole`, but `as_edition` gives no descriptors: for adding up."""
        none = Prefetch("domains__outcome_areas__descriptors", RatingDescriptor.objects.none())
        return self.prefetch_related("grades", "bands", "domains__outcome_areas", none)


class Framework(models.Model):
    """An edition of the EDS, for example "EDS 2022". Its wording is frozen once a review uses it."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_USE = "in_use", "In use"
        RETIRED = "retired", "No longer used for new reviews"

    name = models.CharField(max_length=100, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    source = models.TextField(blank=True, help_text="Where the outcomes and the rules come from.")
    help_source = models.TextField(
        blank=True, help_text="Where the rating descriptors and guidance come from."
    )
    has_points = models.BooleanField("grades count as points", default=True)
    allows_not_applicable = models.BooleanField("an outcome may be not applicable", default=False)
    origin = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )  # the edition at the head of its line of copies; none for that edition itself

    objects = FrameworkQuerySet.as_manager()

    audit = Audit(area="frameworks", label="name", is_named=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "framework"
        constraints = [has_text(model="framework", field="name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url_of(self, "framework")

    @property
    def url_args(self) -> tuple:
        return (self.pk,)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    def grade_words(self) -> dict[int, str]:
        """Each grade as people choose it, by its score: "2 Achieving", or "Achieving" in an edition without points."""
        return {
            grade.score: f"{grade.score} {grade.name}" if self.has_points else grade.name
            for grade in self.grades.all()
        }

    def as_edition(self) -> edition.Edition:
        """The same as a plain value; fetch the framework with `whole()` first to keep queries few."""
        return edition.Edition(
            name=self.name,
            source=self.source,
            help_source=self.help_source,
            grades=tuple(grade.as_value() for grade in self.grades.all()),
            domains=tuple(domain.as_value() for domain in self.domains.all()),
            bands=tuple(band.as_value() for band in self.bands.all()),
            has_points=self.has_points,
            allows_not_applicable=self.allows_not_applicable,
        )


class FrameworkChange(models.Model):
    """What an administrator did to a framework, kept even when a draft is deleted. Never changed."""

    framework = models.ForeignKey(
        Framework, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="changes"
    )  # the number stays when a draft is deleted
    name = models.CharField(max_length=100)
    what = models.TextField()
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    audit = Audit(area="frameworks", label="what", frozen=RECORD)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [has_text(model="framework_change", field="what")]

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


class Grade(models.Model):
    """One step of a framework's scale: 0 to 3 in EDS 2022."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="grades")
    score = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=50)
    activity = models.CharField(max_length=100, blank=True)

    audit = Audit(area="frameworks", label="name")

    class Meta:
        ordering = ["score"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "score"], name="grade_once_per_score"),
            models.CheckConstraint(condition=Q(score__lte=3), name="grade_score_0_to_3"),
            has_text(model="grade", field="name"),
        ]

    def __str__(self) -> str:
        return f"{self.score} {self.name}"

    def as_value(self) -> edition.Grade:
        return edition.Grade(score=self.score, name=self.name, activity=self.activity)


class Band(models.Model):
    """An overall rating and its points, both ends included (EDS 2022 rating and score card)."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="bands")
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=50)

    audit = Audit(area="frameworks", label="name")

    class Meta:
        ordering = ["lowest"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "lowest"], name="band_once_per_lowest"),
            models.CheckConstraint(condition=Q(lowest__lte=F("highest")), name="band_lowest_to_highest"),
            has_text(model="band", field="name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.lowest} to {self.highest}"

    def as_value(self) -> edition.Band:
        return edition.Band(lowest=self.lowest, highest=self.highest, name=self.name)


class Domain(models.Model):
    class Aggregation(models.TextChoices):
        SUM = edition.SUM, "The sum of its outcomes"
        MIDDLE = edition.MIDDLE_CASE_STUDY, "The total of the middle case study"
        NONE = edition.NO_AGGREGATION, "No total"

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="domains")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    aggregation = models.CharField(max_length=20, choices=Aggregation)
    noun = models.CharField("what it is called", max_length=20, default="Domain")
    tested_by_third_parties = models.BooleanField(
        "tested by a trade union representative and an independent evaluator or peer reviewer", default=False
    )

    practice_title = models.CharField("case study to practise on", max_length=200, blank=True)

    audit = Audit(area="frameworks", label="title", is_named=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="domain_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="domain_number_from_1"),
            has_text(model="domain", field="title"),
            has_text(model="domain", field="noun"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.title}"

    @property
    def name(self) -> str:
        """For example "Domain 1" or "Goal 1"."""
        return f"{self.noun} {self.number}"

    @property
    def aggregation_example(self) -> str:
        return edition.AGGREGATION_EXAMPLES[self.aggregation]

    def as_value(self) -> edition.Domain:
        return edition.Domain(
            number=self.number,
            title=self.title,
            aggregation=self.aggregation,
            noun=self.noun,
            tested_by_third_parties=self.tested_by_third_parties,
            practice_title=self.practice_title,
            outcomes=tuple(area.as_value() for area in self.outcome_areas.all()),
        )


class OutcomeArea(models.Model):
    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="outcome_areas")
    position = models.PositiveSmallIntegerField(help_text="Its place within the domain, from 1.")
    code = models.CharField(max_length=10)
    statement = models.TextField()
    guidance = models.TextField(blank=True, help_text="What a panel should look for.")
    picture = models.CharField(
        "picture beside the easy words", max_length=10, blank=True, choices=easy_words.PICTURES.items()
    )
    easy_statement = models.TextField("statement in easy words", blank=True)
    practice = models.TextField("what the practice case study says", blank=True)

    audit = Audit(area="frameworks", is_named=True)

    class Meta:
        ordering = ["domain__number", "position"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "code"], name="outcome_area_once_per_code"),
            models.UniqueConstraint(fields=["domain", "position"], name="outcome_area_once_per_position"),
            has_text(model="outcome_area", field="code"),
            has_text(model="outcome_area", field="statement"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.statement}"

    def get_absolute_url(self) -> str:
        return url_of(self, "outcome_area")

    @property
    def url_args(self) -> tuple:
        return self.domain.framework_id, self.code

    def as_value(self) -> edition.Outcome:
        rows = list(self.descriptors.all())
        return edition.Outcome(
            code=self.code,
            statement=self.statement,
            guidance=self.guidance,
            descriptors=tuple((row.score, row.text) for row in rows),
            picture=self.picture,
            easy_statement=self.easy_statement,
            easy_descriptors=tuple((row.score, row.easy_text) for row in rows if row.easy_text),
            practice=self.practice,
            practice_reasons=tuple((row.score, row.practice_reason) for row in rows if row.practice_reason),
        )


class RatingDescriptor(models.Model):
    """What one score means for one outcome area."""

    outcome_area = models.ForeignKey(OutcomeArea, on_delete=models.CASCADE, related_name="descriptors")
    score = models.PositiveSmallIntegerField()
    text = models.TextField()
    easy_text = models.TextField("the same in easy words", blank=True)
    practice_reason = models.TextField("why a made-up member gave this score in the practice", blank=True)

    audit = Audit(area="frameworks")

    class Meta:
        ordering = ["score"]
        constraints = [
            models.UniqueConstraint(fields=["outcome_area", "score"], name="descriptor_once_per_score"),
            models.CheckConstraint(condition=Q(score__lte=3), name="descriptor_score_0_to_3"),
            has_text(model="rating_descriptor", field="text"),
        ]

    def __str__(self) -> str:
        return f"{self.score}: {self.text}"
