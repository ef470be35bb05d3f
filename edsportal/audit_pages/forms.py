"""The search form of the audit log."""

from django import forms
from django.db.models import QuerySet

from edsportal.audit.models import Entry
from edsportal.audit_pages.presenting import AREAS, in_area
from edsportal.nhsuk.forms import Button, DateField, NhsukForm


class AuditSearch(NhsukForm):
    """Every field may stay empty."""

    who = forms.CharField(label="Who", help_text="All or part of a name", max_length=200, required=False)
    since = DateField(label="From", subject="The first day", required=False)
    until = DateField(label="To", subject="The last day", required=False)
    about = forms.ChoiceField(
        label="About",
        required=False,
        choices=[("", "Everything"), *AREAS.items()],
    )
    parts = forms.BooleanField(
        label="Show each part of a copied edition",
        help_text="Without this, a copy is one line. The CSV file has every line.",
        required=False,
    )
    method = "get"
    buttons = [Button("Show")]
    nhsuk = {"parts": {"small": True}, "who": {"width": 20}}

    def clean(self) -> dict:
        data = super().clean()
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "The last day must not be before the first day")
        return data

    def narrow(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit what was asked for."""
        asked = self.cleaned_data
        for word in asked["who"].split():
            rows = rows.filter(by__name__icontains=word)
        if asked["since"]:
            rows = rows.filter(at__date__gte=asked["since"])
        if asked["until"]:
            rows = rows.filter(at__date__lte=asked["until"])
        return in_area(rows, asked["about"]) if asked["about"] else rows
