"""One change of one row, as the database noted it; and the chain that shows whether any was rewritten."""

from django.conf import settings
from django.db import models

from edsportal.audit.declaration import RECORD, Audit


class Entry(models.Model):
    """Written by triggers alone (edsportal/audit/triggers/), in the transaction of the change. Never changed.

    `old` and `new` hold the columns that changed; of a row that was added or removed, all.
    """

    class Did(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        REMOVED = "removed", "Removed"

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=100, blank=True)  # "web", or the command and the machine's account
    request = models.CharField(max_length=64, blank=True)  # the request's id, as the log has it
    organisation = models.ForeignKey(
        settings.AUDIT_PLACES["organisation"],
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    review = models.ForeignKey(
        settings.AUDIT_PLACES["review"], on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case_study = models.CharField(max_length=200, blank=True)  # its title then
    of_case_study = models.ForeignKey(  # none in entries from before it was noted; it may be removed later
        settings.AUDIT_PLACES["case_study"],
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
    )
    did = models.CharField(max_length=10, choices=Did)
    kind = models.CharField(max_length=100)  # which table, as "casestudies.section"
    row = models.CharField(max_length=64)
    label = models.TextField(blank=True)
    old = models.JSONField(null=True, blank=True)
    new = models.JSONField(null=True, blank=True)
    # Which transaction of the portal wrote it (edsportal/audit/chain/keys.py): the chain takes no others.
    written_in = models.CharField(max_length=64, blank=True, default="", db_default="", db_index=True)

    audit = Audit(not_logged="it is the audit log", frozen=RECORD, noun="entry of the audit log")

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["organisation", "-id"], name="trail_of_organisation"),
            models.Index(fields=["by", "-id"], name="trail_of_person"),
            models.Index(fields=["kind", "row"], name="trail_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.get_did_display()}: {self.kind} {self.row}"


class Link(models.Model):
    """A link of the chain over the audit log: one for each entry and each publication, in the order of commits.

    `hash` covers the row and the hash of the link before. See edsportal/audit/chain/.
    """

    position = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=100)  # which table, as "trail.entry"
    row = models.BigIntegerField()
    commitment = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    audit = Audit(not_logged="it is the chain over the audit log", frozen=RECORD)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="link_once_per_row")]

    def __str__(self) -> str:
        return f"{self.position}: {self.kind} {self.row}"


class Head(models.Model):
    """The newest link, signed with a key that is not in the database. There is one row."""

    position = models.BigIntegerField()
    hash = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=64)

    audit = Audit(not_logged="it says where the chain over the audit log ends")

    def __str__(self) -> str:
        """As a publication and a backup print it."""
        return f"{self.position}:{self.hash}:{self.signature}"
