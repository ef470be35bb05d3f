"""What comes before a publication: the approval, and the making of its files."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from casestudies.models import Review, StageMove
from eds import stages
from edsportal.model_constraints import has_text


class ApprovalQuerySet(models.QuerySet):
    def holding(self):
        """Those that hold: since they were recorded, the review went nowhere but to be published."""
        moves = StageMove.objects.filter(review=OuterRef("review"), moved_at__gt=OuterRef("recorded_at"))
        return self.filter(~Exists(moves.exclude(to_stage=stages.PUBLISHED)))


class Approval(models.Model):
    """Who approved a report for publication, at which meeting, on which day. Never changed.

    `sha256` is that of what was approved, see `scoring.actions.approval`. One that came in with an imported report has
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

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "format"], name="run_file_once_per_format"),
        ]

    def __str__(self) -> str:
        return self.name
