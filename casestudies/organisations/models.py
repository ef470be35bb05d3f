"""NHS bodies and the people who hold roles in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casestudies.access import Paths, allowed, held_by
from eds.policy.rule import LEAD
from edsportal.audit.declaration import Audit
from edsportal.model_constraints import has_text
from edsportal.web.addresses import url_of


class IntegratedCareSystem(models.Model):
    name = models.CharField(max_length=200, unique=True)

    audit = Audit(area="organisations", label="name", is_named=True)

    class Meta:
        ordering = ["name"]
        constraints = [has_text(model="ics", field="name")]

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for an administrator; for others those in which they hold a role."""
        return self.filter(allowed("see_organisation", user, organisation=""))

    def named(self, words: str):
        """Those of this ODS code, and those whose name holds each of the words."""
        by_name = Q()
        for word in words.split():
            by_name &= Q(name__icontains=word)
        return self.filter(by_name | Q(ods_code__iexact=words.strip())) if words.split() else self.none()

    def led_by(self, user):
        """Organisations whose reviews this person runs as equality lead."""
        return self.filter(held_by(user, [LEAD], Paths(organisation="")))

    def starting(self):
        """Those that start new reviews: all that are not archived."""
        return self.filter(archived_at=None)


class Organisation(models.Model):
    """An integrated care board, a trust or another body that publishes an EDS report."""

    class Kind(models.TextChoices):
        ICB = "icb", "Integrated care board"
        TRUST = "trust", "NHS trust"
        OTHER = "other", "Other organisation"

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    ods_code = models.CharField("ODS code", max_length=10, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    ics = models.ForeignKey(
        IntegratedCareSystem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="integrated care system",
    )

    archived_at = models.DateTimeField(
        null=True, blank=True, editable=False
    )  # since then it starts no review

    objects = OrganisationQuerySet.as_manager()

    audit = Audit(area="organisations", label="name", is_named=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            has_text(model="organisation", field="name"),
            has_text(model="organisation", field="slug"),
            models.UniqueConstraint(
                fields=["ods_code"], condition=~Q(ods_code=""), name="organisation_ods_code_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url_of(self, "organisation_years")

    @property
    def url_args(self) -> tuple:
        return (self.slug,)


class FormerAddress(models.Model):
    """A slug that an organisation had: its old addresses lead to the new ones for ever, and no other may take it."""

    slug = models.SlugField(max_length=200, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_addresses")

    audit = Audit(area="organisations", label="slug")

    class Meta:
        ordering = ["slug"]
        constraints = [has_text(model="former_address", field="slug")]

    def __str__(self) -> str:
        return self.slug


class Role(models.Model):
    """A role that a person holds in one organisation. Administrators are superusers, everywhere."""

    class Kind(models.TextChoices):
        EQUALITY_LEAD = "equality_lead", "Equality lead"
        AUTHOR = "author", "Author"
        READER = "reader", "Reader"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    succession = models.ForeignKey(
        "casestudies.Succession",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="roles",
    )  # that gave it: it goes when that is undone

    audit = Audit(area="people")

    class Meta:
        ordering = ["organisation__name", "kind", "user__name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "kind"], name="role_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organisation}"


class Brand(models.Model):
    """What an organisation's reports look like: the picture on their covers, and the colour of cover and headings.

    `logo` is a PNG that we drew ourselves (reports/reading/logo.py), `logo_sha256` its hash, for the audit log. Reports
    that are published keep what they were published with.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="brand")
    colour = models.CharField(max_length=7, blank=True)
    logo = models.BinaryField(blank=True, default=b"")
    logo_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    audit = Audit(area="organisations")

    class Meta:
        ordering = ["organisation"]

    def __str__(self) -> str:
        return f"Logo and colour of {self.organisation}"


class Abbreviation(models.Model):
    """What a short word such as "ICB" stands for in one organisation's case studies."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="abbreviations")
    short = models.CharField("abbreviation", max_length=20)
    meaning = models.CharField("what it means", max_length=200)

    audit = Audit(area="case studies")

    class Meta:
        ordering = ["organisation", "short"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "short"], name="abbreviation_once_per_organisation"
            ),
            has_text(model="abbreviation", field="short"),
            has_text(model="abbreviation", field="meaning"),
        ]

    def __str__(self) -> str:
        return f"{self.short}: {self.meaning}"
