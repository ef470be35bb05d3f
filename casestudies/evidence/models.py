"""Evidence for a case study, and the groups that it speaks of."""

from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import Case, Q, When
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from casestudies.access import allowed
from casestudies.frameworks.models import OutcomeArea
from casestudies.organisations.models import Organisation
from casestudies.writing.models import CaseStudy, Version
from eds.fields import SHORT
from eds.lists.national_groups import IMPORTED_SOURCE, name_of
from edsportal.audit.declaration import Audit
from edsportal.model_constraints import DayOrMonthField, has_text
from edsportal.web.addresses import url_of


class GroupQuerySet(models.QuerySet):
    def of(self, organisation: Organisation):
        """The national groups and the organisation's own, in the order in which they are shown."""
        order = Case(
            *(When(kind=kind, then=place) for place, kind in enumerate(Group.Kind.values)),
            output_field=models.IntegerField(),
        )
        rows = self.filter(Q(organisation=None) | Q(organisation=organisation))
        return rows.order_by(order, "position", "name")


class Group(models.Model):
    """A protected characteristic, inclusion health group or group of Core20PLUS5, or an organisation's local group."""

    class Kind(models.TextChoices):
        PROTECTED = "protected", "Protected characteristic"
        INCLUSION = "inclusion", "Inclusion health group"
        CORE20PLUS5 = "core20plus5", "Core20PLUS5 group"
        LOCAL = "local", "Local group"

    code = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField(default=0)
    source = models.TextField(blank=True, help_text="Where this group is named.")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="groups"
    )

    objects = GroupQuerySet.as_manager()

    audit = Audit(area="organisations", label="name", is_named=True)

    class Meta:
        ordering = ["-kind", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["code", "organisation"], name="group_once_per_organisation"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(organisation=None), name="group_once_for_everybody"
            ),
            models.CheckConstraint(
                condition=Q(kind="local", organisation__isnull=False)
                | Q(kind__in=["protected", "inclusion", "core20plus5"], organisation__isnull=True),
                name="group_local_has_organisation",
            ),
            has_text(model="group", field="code"),
            has_text(model="group", field="name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_bare(self) -> bool:
        """Does it say no more than the code that an imported report named?"""
        return self.source == IMPORTED_SOURCE and self.name == name_of(self.code)


def evidence_storage() -> Storage:
    return storages["evidence"]


def stored_name(file: "EvidenceFile", name: str) -> str:
    """Random, and nothing of the person's own name."""
    return uuid4().hex


class EvidenceFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files that this person may fetch; the door to every file.

        Everybody: those of published reports. The equality lead and its authors: all of a case study. Others who may
        read the case study, in another body too: those of a version that was accepted.
        """
        ready = Q(ready_at__isnull=False)
        own = allowed("read_file", user, case_study="case_study", ready=ready)
        return self.filter(Q(published_at__isnull=False) | own)

    def held(self):
        """Those whose bytes are here: an imported report only describes its files."""
        return self.exclude(stored="")

    def named_in(self, content: dict):
        """The files that the content of a version names."""
        return self.filter(pk__in=[item["file"]["id"] for item in content["evidence"] if item.get("file")])


class EvidenceFile(models.Model):
    """One file: what it is, by its content; its SHA-256; and who may fetch it (see `visible_to`).

    `ready_at` is when a version that names it was accepted, `published_at` when a report was published with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="files")
    stored = models.FileField(storage=evidence_storage, upload_to=stored_name, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, blank=True)  # a code of file_kinds.KINDS
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why its bytes are gone, where it was published and must not be public.
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_because = models.TextField(blank=True, default="", db_default="", editable=False)

    objects = EvidenceFileQuerySet.as_manager()

    audit = Audit(area="case studies", label="name")

    class Meta:
        ordering = ["added_at"]
        constraints = [
            has_text(model="evidence_file", field="name"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, stored="") & ~Q(withdrawn_because=""),
                name="evidence_file_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def let_go(self, *, for_good: bool = False) -> bool:
        """Delete it once no evidence has it, unless somebody may still read what names it. Was it deleted?

        `for_good` deletes it even then.
        """
        waiting = self.case_study.handovers.filter(state="waiting")
        named = any(str(self.pk) in str(each.content) for each in waiting)
        if not for_good and (self.ready_at or self.published_at or named):
            return False
        self.delete()
        return True

    @classmethod
    def storage(cls) -> Storage:
        """Where the bytes of all files are."""
        return cls._meta.get_field("stored").storage


@receiver(post_delete, sender=EvidenceFile)
def delete_bytes(sender, instance: EvidenceFile, **kwargs) -> None:
    """The bytes go when the row is gone for good, however it went. What a storage can't delete now,
    `clean_evidence` deletes later."""
    if name := instance.stored.name:
        transaction.on_commit(lambda: sender.storage().delete(name), robust=True)


@receiver(models.signals.post_save, sender=Version)
def let_readers_fetch(sender, instance: Version, created: bool, raw: bool = False, **kwargs) -> None:
    """Who may read a version may fetch the files that it names, whoever marked it ready on whatever page."""
    if created and not raw:
        EvidenceFile.objects.named_in(instance.content).filter(ready_at=None).update(ready_at=timezone.now())


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Evidence as it is being gathered: for the equality lead, and for the authors of its case study.

        Everybody else reads it as it was accepted, in a version, or in a published report.
        """
        return self.filter(allowed("read_draft", user, case_study="case_study"))


class EvidenceManager(models.Manager.from_queryset(EvidenceQuerySet)):
    def get_queryset(self):
        return super().get_queryset().select_related("file")


class Evidence(models.Model):
    """A file, a link or a quote with its source and date, for outcome areas and groups."""

    class Kind(models.TextChoices):
        FILE = "file", "File"
        LINK = "link", "Link"
        QUOTE = "quote", "Quote"

    class Strength(models.TextChoices):
        """What kind of proof it is, the strongest first."""

        FIGURES = "figures", "Figures"
        FEEDBACK = "feedback", "Feedback"
        NARRATIVE = "narrative", "Narrative"

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    url = models.URLField("link", max_length=500, blank=True)
    file = models.OneToOneField(
        EvidenceFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    # The name of an entry in the administrators' list, as it was when it was chosen.
    source_kind = models.CharField("kind of source", max_length=SHORT, blank=True, default="", db_default="")
    source = models.CharField(max_length=200, blank=True)
    date = DayOrMonthField()
    strength = models.CharField(max_length=10, choices=Strength, blank=True)
    outcome_areas = models.ManyToManyField(OutcomeArea, blank=True, related_name="evidence")
    groups = models.ManyToManyField(Group, blank=True, related_name="evidence")

    objects = EvidenceManager()

    audit = Audit(area="case studies", label="title", is_named=True)

    class Meta:
        ordering = ["case_study", "position"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["case_study", "position"], name="evidence_once_per_position"),
            models.CheckConstraint(
                condition=Q(kind__in=["file", "link", "quote"]), name="evidence_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(strength__in=["figures", "feedback", "narrative", ""]),
                name="evidence_strength_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60] or self.url or (self.file.name if self.file else "")

    def get_absolute_url(self) -> str:
        return url_of(self, "evidence_item")

    @property
    def url_args(self) -> tuple:
        return *self.case_study.url_args, self.pk


# Files that evidence is made of. Their bytes are in the storage "evidence" under a name that nobody chose.
