"""The lists that administrators keep as data: groups that panel members represent, kinds of sources of evidence."""

from django.db import models

from eds.lists import evidence_sources, represented_groups
from edsportal.audit.declaration import Audit
from edsportal.model_constraints import has_text

SHIPPED = {"represented_group": represented_groups.NAMES, "evidence_source": evidence_sources.NAMES}


class ListEntryQuerySet(models.QuerySet):
    def groups(self):
        """The groups that members of a panel represent."""
        return self.filter(kind=ListEntry.Kind.REPRESENTED_GROUP)

    def sources(self):
        """The kinds of sources that evidence comes from."""
        return self.filter(kind=ListEntry.Kind.EVIDENCE_SOURCE)

    def offered(self, *chosen: str):
        """Those that can be chosen, and those that were `chosen` by code or name before they went out of use."""
        known = models.Q(code__in=chosen) | models.Q(name__in=chosen)
        return self.filter(models.Q(retired_at=None) | known)


class ListEntry(models.Model):
    """One entry of a list. Rows that use it keep what they say when it is renamed or taken out of use.

    A member of a panel holds the `code` of their group, evidence the `name` of the kind of its source.
    """

    class Kind(models.TextChoices):
        REPRESENTED_GROUP = "represented_group", "Group that panel members represent"
        EVIDENCE_SOURCE = "evidence_source", "Kind of source of evidence"

    kind = models.CharField(max_length=20, choices=Kind)
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    outside_nhs = models.BooleanField("it is outside the NHS", default=False)
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField("out of use since", null=True, blank=True)

    objects = ListEntryQuerySet.as_manager()

    audit = Audit(area="organisations", label="name", is_named=True, noun="list entry")

    class Meta:
        ordering = ["kind", "position", "name"]
        verbose_name_plural = "list entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="list_entry_code_once"),
            models.UniqueConstraint(fields=["kind", "name"], name="list_entry_name_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["represented_group", "evidence_source"]),
                name="list_entry_kind_known",
            ),
            has_text(model="list_entry", field="code"),
            has_text(model="list_entry", field="name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shipped(self) -> bool:
        """Did the portal come with it, be it by another name?"""
        return self.code in SHIPPED[self.kind]


def represented(code_field: str, value: str = "name") -> models.Subquery:
    """The name, or another value, of the group whose code the field of a query holds, such as "member__interest"."""
    rows = ListEntry.objects.groups().filter(code=models.OuterRef(code_field))
    return models.Subquery(rows.values(value)[:1])
