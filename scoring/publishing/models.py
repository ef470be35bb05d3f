"""Published editions of a report: what was said, kept as it was."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from casestudies.access import allowed
from casestudies.models import CaseStudy, EvidenceFile, Organisation, Review, StageMove
from eds import stages
from eds.content import ReportContent
from eds.editions import edition_from_dict
from edsportal.audit.declaration import RECORD, UPDATE, Audit
from edsportal.model_constraints import has_text
from edsportal.web.addresses import url_of
from reports.formats import FORMATS
from reports.writing.data.json_report import from_json

WITHDRAWN = "withdrawn"  # stands for the content of a publication whose content is gone
IS_WITHDRAWN = "EXISTS (SELECT 1 FROM scoring_withdrawal w WHERE w.publication_id"


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody reads what is published, older editions too."""
        return self.filter(allowed("see_publication", user, review="review"))

    def newest(self):
        """The newest publication of each review, also where it was withdrawn."""
        newer = Publication.objects.filter(review=OuterRef("review"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def current(self):
        """The newest publication of each review, unless it was withdrawn: no older one takes its place."""
        return self.newest().filter(withdrawal=None)

    def listed(self):
        """Every published report as it stands now, newest year first, with its organisation."""
        rows = self.current().select_related("review__organisation")
        return rows.order_by("-review__year", "review__organisation__name")

    def of(self, *, body: str = "", year: str = ""):
        """Those of organisations whose name or ODS code holds these words, and of that year; "" leaves either out."""
        rows = self
        if body:
            rows = rows.filter(review__organisation__in=Organisation.objects.named(body))
        return rows.filter(review__year=year) if year else rows


class Publication(models.Model):
    """An immutable edition of a report: its content (eds-report/2 JSON) and the framework's words as they were."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    edition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)  # what a correction changed
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audit_head = models.TextField(blank=True, default="", editable=False)  # the audit log's, as it was then

    objects = PublicationQuerySet.as_manager()

    audit = Audit(
        area="reports",
        skipped=("content", "edition"),
        frozen=RECORD,
        chained=(
            *("review", "number", "content", "edition", "sha256", "note", "published_at", "published_by"),
            "audit_head",
        ),
        emptied={"content": f"NEW.\"content\" = '{WITHDRAWN}'"},
        emptied_when=f'{IS_WITHDRAWN} = OLD."id")',
    )

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="publication_once_per_number"),
            has_text(model="publication", field="content"),
            has_text(model="publication", field="sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.review}, publication {self.number}"

    def get_absolute_url(self) -> str:
        return url_of(self, "report_edition")

    @property
    def url_args(self) -> tuple:
        return *self.review.url_args, self.number

    def as_content(self) -> ReportContent:
        """What was published, as a value, in the words of its edition at that time."""
        edition = edition_from_dict(self.edition)
        return from_json(self.content, {edition.name: edition})

    @property
    def is_withdrawn(self) -> bool:
        return self.content == WITHDRAWN

    def hash_of_emptied(self, name: str) -> str | None:
        """The hash of the content that a withdrawal took away; None while it is there."""
        row = Withdrawal.objects.filter(publication=self).first() if self.content == WITHDRAWN else None
        return row.hashes[name] if row else None

    def evidence_files(self) -> list[EvidenceFile]:
        """The files of evidence that this edition names and everybody may fetch."""
        told = CaseStudy.objects.standing_in(self.review).values("pk")
        files = EvidenceFile.objects.held().filter(case_study__in=told)
        return [file for file in files.exclude(published_at=None) if file.sha256 in self.content]


class PublicationFile(models.Model):
    """One form of a publication, such as its PDF: made once, when it was published."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=20)
    name = models.CharField(max_length=250)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    audit = Audit(
        area="reports",
        label="name",
        frozen=RECORD,
        chained=("publication", "format", "name", "content_type", "data", "sha256"),
        emptied={"data": 'LENGTH(NEW."data") = 0'},
        emptied_when=f'{IS_WITHDRAWN} = OLD."publication_id")',
    )

    class Meta:
        ordering = ["publication", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "format"], name="publication_file_once_per_format"
            ),
            has_text(model="publication_file", field="sha256"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """What a link to it says; its name, where the portal no longer makes this format."""
        return FORMATS[self.format].name if self.format in FORMATS else self.name

    def hash_of_emptied(self, name: str) -> str | None:
        """The hash of the bytes that a withdrawal took away; None while they are there."""
        rows = Withdrawal.objects.filter(publication=self.publication_id)
        row = rows.first() if not self.data else None
        return row.hashes["files"].get(self.format) if row else None


class WithdrawalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody reads what was withdrawn, and why."""
        return self.filter(allowed("see_publication", user, review="publication__review"))


class Withdrawal(models.Model):
    """What is left of a publication that must not be public: why its content and its files are gone, and their hashes.

    `hashes` has "content" and, by format, "files": the chain over the audit log knows them by these. Never changed.
    """

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    hashes = models.JSONField()
    withdrawn_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody: done again after a backup was restored in which they have no account

    objects = WithdrawalQuerySet.as_manager()

    audit = Audit(
        area="reports",
        frozen=RECORD,
        chained=("publication", "reason", "hashes", "withdrawn_at", "withdrawn_by"),
    )

    class Meta:
        ordering = ["withdrawn_at"]
        constraints = [has_text(model="withdrawal", field="reason")]

    def __str__(self) -> str:
        return f"{self.publication}, withdrawn"


class AcceptedWarning(models.Model):
    """A warning of the checks that somebody accepted, and why. `key` tells the finding (see findings.py)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="accepted_warnings")
    key = models.CharField(max_length=64)
    message = models.TextField()
    reason = models.TextField()
    accepted_at = models.DateTimeField(default=timezone.now, editable=False)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    audit = Audit(area="reports")

    class Meta:
        ordering = ["accepted_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="warning_accepted_once"),
            has_text(model="accepted_warning", field="message"),
            has_text(model="accepted_warning", field="reason"),
        ]

    def __str__(self) -> str:
        return self.message


# What comes before a publication: the approval, and the making of its files.


class ApprovalQuerySet(models.QuerySet):
    def holding(self):
        """Those that hold: since they were recorded, the review went nowhere but to be published."""
        moves = StageMove.objects.filter(review=OuterRef("review"), moved_at__gt=OuterRef("recorded_at"))
        return self.filter(~Exists(moves.exclude(to_stage=stages.PUBLISHED)))


class Approval(models.Model):
    """Who approved a report for publication, at which meeting, on which day. Never changed.

    `sha256` is that of what was approved, see actions.py. One that came in with an imported report has
    nobody who recorded it.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="approvals")
    approved_by = models.CharField(max_length=200)
    committee = models.CharField(max_length=200)
    approved_on = models.DateField()
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ApprovalQuerySet.as_manager()

    audit = Audit(area="reports", frozen=UPDATE)

    class Meta:
        ordering = ["pk"]
        constraints = [
            has_text(model="approval", field="approved_by"),
            has_text(model="approval", field="committee"),
        ]

    def __str__(self) -> str:
        return f"{self.review}, approved by {self.committee}"


class PublicationRun(models.Model):
    """A publication in the making: what is to be published. It goes away once it is.

    `failure` says why it came to an end without a publication.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="publication_run")
    content = models.TextField()
    edition = models.JSONField()
    note = models.TextField(blank=True)
    failure = models.TextField(blank=True)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audit_head = models.TextField(blank=True, default="", editable=False)  # what its files print

    audit = Audit(
        not_logged="a report that is being published: it goes once it is, and the publication stays"
    )

    class Meta:
        constraints = [has_text(model="publication_run", field="content")]

    def __str__(self) -> str:
        return f"{self.review}, being published"


class RunFile(models.Model):
    """A file that is made already."""

    run = models.ForeignKey(PublicationRun, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=20)
    name = models.CharField(max_length=250)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField()

    audit = Audit(not_logged="its files that are made already")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "format"], name="run_file_once_per_format"),
        ]

    def __str__(self) -> str:
        return self.name


class SentReport(models.Model):
    """A publication was sent to NHS England: when, where to, which file, and who recorded it. Never changed."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="sent_reports")
    file = models.ForeignKey(PublicationFile, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    sent_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    audit = Audit(area="reports", frozen=RECORD)

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [has_text(model="sent_report", field="address")]

    def __str__(self) -> str:
        return f"{self.publication}, sent on {self.sent_on}"
