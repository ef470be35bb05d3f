"""A report, or one case study, that somebody uploaded and has not confirmed yet."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from casestudies.access import allowed
from casestudies.organisations.models import Organisation
from casestudies.writing.models import CaseStudy
from edsportal.audit.declaration import Audit
from edsportal.model_constraints import has_text

LASTS = timedelta(hours=24)


class ReportUploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own reports, for a day, while they lead the organisation."""
        rows = self.waiting().filter(user=user.pk, case_study=None)
        return rows.filter(allowed("import_report", user, organisation="organisation"))

    def of_case_study(self, case_study: CaseStudy, user):
        """A person's own files of this case study, for a day, while they may write it."""
        rows = self.waiting().filter(user=user.pk, case_study=case_study)
        return rows.filter(allowed("write", user, case_study="case_study"))

    def waiting(self):
        return self.filter(uploaded_at__gt=timezone.now() - LASTS)

    def expired(self):
        return self.filter(uploaded_at__lte=timezone.now() - LASTS)


class ReportUpload(models.Model):
    """The file, kept in the database alone, and what the person corrected so far."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    case_study = models.ForeignKey(
        CaseStudy, on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )  # where the file is not a whole report
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    year = models.CharField(max_length=7, blank=True)
    title = models.CharField(max_length=200, blank=True)
    reading = models.TextField(blank=True)  # what was understood of it (scoring/importing/stored.py)
    corrections = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportUploadQuerySet.as_manager()

    audit = Audit(
        not_logged="a file that one person looks through before it is stored; it goes within a day or so"
    )

    class Meta:
        app_label = "scoring"  # where its table has been since the first migration
        ordering = ["-uploaded_at"]
        constraints = [has_text(model="report_upload", field="name")]

    def __str__(self) -> str:
        return self.name


class TableMeanings(models.Model):
    """What an organisation's own words in tables mean: columns, ratings and outcome areas, by the words.

    The lead says it once, and the next file of the organisation is read by it.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="table_meanings")
    columns = models.JSONField(default=dict)
    ratings = models.JSONField(default=dict)
    outcomes = models.JSONField(default=dict)

    audit = Audit(area="organisations")

    class Meta:
        app_label = "scoring"

    def __str__(self) -> str:
        return f"Words in tables of {self.organisation}"
