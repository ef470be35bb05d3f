"""Equality objectives of an organisation, the progress noted each quarter, and what was published when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casestudies.access import allowed
from casestudies.organisations.models import Organisation
from eds.equality_duty import Quarter, without_note
from edsportal.audit.declaration import UPDATE, Audit
from edsportal.model_constraints import has_text
from edsportal.web.addresses import url_of


class ObjectiveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Objectives of the organisations that this person may know of: by a role there, or as an administrator."""
        return self.filter(allowed("see_organisation", user, organisation="organisation"))

    def current(self):
        return self.filter(ended_on=None)


class Objective(models.Model):
    """What an organisation sets out to achieve for equality, in a cycle of up to four years."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="objectives")
    title = models.CharField("objective", max_length=300)
    measure = models.TextField("how you will know that it is met", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, editable=False)
    ended_why = models.TextField(blank=True, editable=False)

    objects = ObjectiveQuerySet.as_manager()

    audit = Audit(area="objectives", label="title")

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            has_text(model="objective", field="title"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="objective_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="") | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
                name="objective_ended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return url_of(self, "objective")

    @property
    def url_args(self) -> tuple:
        return self.organisation.slug, self.pk

    @property
    def last_day(self):
        """The day on which it ended, or will."""
        return self.ended_on or self.ends_on

    def quarters_without_note(self, today) -> tuple[list[Quarter], Quarter | None]:
        """As `duty.without_note`. Reads `notes`: prefetch them for a list."""
        noted = {note.quarter for note in self.notes.all()}
        return without_note(starts_on=self.starts_on, until=self.last_day, noted=noted, today=today)


class ObjectiveNote(models.Model):
    """What was done for an objective in a quarter, noted by whom and when. Never changed; the newest is shown last."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="notes")
    quarter = models.DateField()  # its first day
    text = models.TextField()
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    audit = Audit(area="objectives", frozen=UPDATE)

    class Meta:
        ordering = ["quarter", "noted_at", "pk"]
        constraints = [
            has_text(model="objective_note", field="text"),
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=[1, 4, 7, 10]),
                name="objective_note_quarter_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter_words}: {self.text[:60]}"

    @property
    def quarter_words(self) -> str:
        return str(Quarter(self.quarter))


class DutyPublication(models.Model):
    """When an organisation published what the duty asks for. Never changed: the row recorded last counts."""

    class Kind(models.TextChoices):
        INFORMATION = "information", "Equality information"
        OBJECTIVES = "objectives", "Equality objectives"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="duty_publications")
    kind = models.CharField(max_length=20, choices=Kind)
    published_on = models.DateField()
    address = models.URLField("web address", blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    audit = Audit(area="objectives", frozen=UPDATE)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["information", "objectives"]), name="duty_publication_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.published_on}"
