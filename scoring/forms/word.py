"""A case study that comes back from Word: the file, and which of its changes are taken."""

from collections.abc import Sequence

from django import forms

from edsportal.nhsuk.forms import Button, Link, NhsukForm
from scoring.importing.forms import UploadForm, say_how_large
from scoring.returned import Change


class WordForm(NhsukForm):
    file = forms.FileField(
        label="The Word document",
        allow_empty_file=True,
        error_messages={"required": "Choose a file"},
    )
    kinds = (".docx",)
    clean_file = UploadForm.clean_file

    def __init__(self, *args, back: str, is_too_long: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        say_how_large(self.fields["file"], self.kinds, is_too_long=is_too_long)
        self.buttons = [Button("Show what changed"), Link("Cancel", back)]


class ChangesForm(NhsukForm):
    """Which changes to take, all of them unless said otherwise. `seen` marks what the page showed."""

    take = forms.MultipleChoiceField(
        label="Which changes do you want to take?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what to take, or throw the file away"},
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    nhsuk = {"take": {"small": True}}

    def __init__(self, *args, changes: Sequence[Change], marks: Sequence[str], **kwargs):
        choices = [(str(place), f"{one.words}: {one.heading}") for place, one in enumerate(changes)]
        initial = {"take": [value for value, _ in choices], "seen": " ".join(marks)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["take"].choices = choices
        self.changes = changes
        self.buttons = [Button("Take these changes")]

    def taken(self) -> list[Change]:
        """What was chosen; only for a valid form."""
        return [self.changes[int(place)] for place in self.cleaned_data["take"]]
