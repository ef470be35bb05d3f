"""The form that chooses which two versions of a case study are compared."""

from collections.abc import Sequence

from django import forms
from django.utils import formats, timezone

from casestudies.models import Version
from edsportal.nhsuk.forms import Button, NhsukForm

NOW = "now"


class VersionsForm(NhsukForm):
    """`with_now` offers what the case study says now beside its versions."""

    method = "get"
    older = forms.ChoiceField(label="From", error_messages={"invalid_choice": "Choose one of the versions"})
    newer = forms.ChoiceField(label="To", error_messages={"invalid_choice": "Choose one of the versions"})
    buttons = [Button("Compare", variant="secondary")]

    def __init__(self, *args, versions: Sequence[Version], with_now: bool, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(row.number), f"Version {row.number}, {_day(row)}") for row in versions]
        if with_now:
            choices.append((NOW, "What it says now"))
        for name in ("older", "newer"):
            self.fields[name].choices = choices

    def in_order(self) -> tuple[str, str]:
        """The two choices, the older first; only for a valid form."""
        order = [value for value, _ in self.fields["older"].choices]
        return tuple(sorted((self.cleaned_data["older"], self.cleaned_data["newer"]), key=order.index))

    def words(self, choice: str) -> str:
        """ "version 2", or "what it says now"."""
        return "what it says now" if choice == NOW else f"version {choice}"


def _day(version: Version) -> str:
    return formats.date_format(timezone.localdate(version.made_at), "j F Y")
