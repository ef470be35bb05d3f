"""Which organisation follows which, from a day: mergers, splits and new names."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casestudies.organisations.models import Organisation
from eds import succession
from edsportal.audit.declaration import Audit

FIELDS = {
    succession.OBJECTIVES: "takes_objectives",
    succession.ACTIONS: "takes_actions",
    succession.PANEL: "takes_panel",
    succession.YEARS: "compares_years",
}


class SuccessionQuerySet(models.QuerySet):
    """Everybody may read which organisation followed which; only administrators see who recorded it."""

    def started(self, today: date):
        """Those whose day has come."""
        return self.filter(starts_on__lte=today)

    def with_names(self):
        return self.select_related("successor", "predecessor")

    def above(self, organisation: Organisation) -> list["Succession"]:
        """To all that it follows, directly or through others, the nearest first; a query for each generation."""
        found, ids = {}, {organisation.pk}
        while ids:
            rows = self.with_names().filter(successor__in=ids).exclude(pk__in=found)
            new = list(rows.order_by("-starts_on", "predecessor__name", "pk"))
            found |= {row.pk: row for row in new}
            ids = {row.predecessor_id for row in new}
        return list(found.values())


class Succession(models.Model):
    """One organisation follows another. In a merger the successor has several, in a split the predecessor has.

    `carried_in` is the review with which the successor took over what follows; since then it can't be undone.
    """

    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="predecessors")
    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successors")
    starts_on = models.DateField()
    takes_objectives = models.BooleanField("equality objectives follow", default=False)
    takes_actions = models.BooleanField("open actions follow", default=False)
    takes_panel = models.BooleanField("the panel can be carried over", default=False)
    compares_years = models.BooleanField("results by year show both sides", default=False)
    carried_in = models.ForeignKey(
        "casestudies.Review",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # when the successor's equality leads got to the predecessor's open reviews
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SuccessionQuerySet.as_manager()

    audit = Audit(area="organisations")

    class Meta:
        ordering = ["-starts_on", "predecessor__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(successor=F("predecessor")), name="succession_of_another_organisation"
            ),
            models.UniqueConstraint(fields=["successor", "predecessor"], name="succession_once"),
            *(
                models.UniqueConstraint(
                    fields=["predecessor"],
                    condition=Q(**{FIELDS[code]: True}),
                    name=f"succession_{FIELDS[code]}_once",
                )
                for code in succession.ONLY_ONCE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.successor} follows {self.predecessor} from {succession.day_words(self.starts_on)}"

    @property
    def takes(self) -> frozenset[str]:
        """Codes of `eds.succession.CHOICES`."""
        return frozenset(code for code, name in FIELDS.items() if getattr(self, name))

    @property
    def choices_words(self) -> list[str]:
        return [words for code, words in succession.CHOICES.items() if code in self.takes]

    @property
    def url_args(self) -> tuple:
        return self.successor.slug, self.pk

    def as_link(self) -> succession.Link:
        return succession.Link(
            successor=self.successor.name,
            predecessor=self.predecessor.name,
            starts_on=self.starts_on,
            takes=self.takes,
        )
