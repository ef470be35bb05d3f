"""The form of one entry of a list that administrators keep."""

from django import forms

from casestudies.lists.models import ListEntry
from edsportal.nhsuk.forms import Button, Link, NhsukModelForm


class EntryForm(NhsukModelForm):
    """The name, and for a group that panel members represent whether it is outside the NHS."""

    outside_nhs = forms.BooleanField(
        label="This group is outside the NHS",
        help_text="The checks ask for someone from outside the NHS on the panel.",
        required=False,
    )

    class Meta:
        model = ListEntry
        fields = ["name", "outside_nhs"]
        labels = {"name": "What is it called?"}
        error_messages = {"name": {"required": "Enter a name"}}

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kind != ListEntry.Kind.REPRESENTED_GROUP:
            del self.fields["outside_nhs"]
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def _get_validation_exclusions(self) -> set[str]:
        """That no two have one name is for the action to say, with capital letters or without."""
        return super()._get_validation_exclusions() | {"kind"}
