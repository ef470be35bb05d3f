"""Forms of administrators: a file of organisations, an organisation's address, a care system."""

from django import forms

from casestudies.administration.csv_import import LEAVE_OUT, MEANINGS, NotReadable, decoded, read_rows
from casestudies.models import IntegratedCareSystem, Organisation
from edsportal.nhsuk.forms import Button, Link, NhsukForm, NhsukModelForm


class FileForm(NhsukForm):
    file = forms.FileField(
        label="CSV file of organisations",
        help_text="Up to 500 kB. You will see what it would add before anything is saved.",
        error_messages={"required": "Choose a CSV file", "empty": "The file is empty. Choose another one"},
    )
    buttons = [Button("Continue")]

    def clean_file(self) -> str:
        """The text of the file."""
        try:
            text = decoded(self.cleaned_data["file"].read())
            read_rows(text)
        except NotReadable as refused:
            raise forms.ValidationError(str(refused)) from None
        return text


class ColumnsForm(NhsukForm):
    """What each column means. Hidden is the text of the file, which is stored nowhere."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    has_headings = forms.BooleanField(label="The first row holds headings", required=False)

    def __init__(self, *args, rows: list[list[str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = [f"column_{place}" for place in range(len(rows[0]))]
        for place, name in enumerate(self.columns):
            example = next((row[place] for row in rows[1:] if row[place]), rows[0][place])
            self.fields[name] = forms.ChoiceField(
                label=f"Column {place + 1}",
                help_text=f"For example “{example[:60]}”" if example else "It is empty",
                choices=list(MEANINGS.items()),
                required=False,
            )
        self.buttons = [
            Button("Add these organisations", "do", "add"),
            Button("Update the preview", "do", "preview", variant="secondary"),
        ]

    def clean(self) -> dict:
        data = super().clean()
        chosen = [data.get(name, LEAVE_OUT) for name in self.columns]
        if "name" not in chosen:
            self.add_error(self.columns[0], "Say which column holds the name")
        for place, meaning in enumerate(chosen):
            if meaning and meaning in chosen[:place]:
                self.add_error(self.columns[place], f"Two columns can’t both be “{MEANINGS[meaning]}”")
        return data

    def meanings(self) -> list[str]:
        """What was chosen for each column; only for a valid form."""
        return [self.cleaned_data[name] for name in self.columns]


class AddressForm(NhsukForm):
    slug = forms.SlugField(
        label="Address",
        help_text="Small letters, digits and hyphens, such as nhs-fenbridge. Old addresses keep working.",
        max_length=190,
        error_messages={
            "required": "Enter an address, such as nhs-fenbridge",
            "invalid": "Use small letters, digits and hyphens, such as nhs-fenbridge",
        },
    )
    nhsuk = {"slug": {"width": 30}}

    def __init__(self, *args, organisation: Organisation, back: str, **kwargs):
        super().__init__(*args, initial={"slug": organisation.slug}, **kwargs)
        self.buttons = [Button("Change the address"), Link("Cancel", back)]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug != slug.lower():
            raise forms.ValidationError(self.fields["slug"].error_messages["invalid"])
        return slug


class CareSystemForm(NhsukModelForm):
    class Meta:
        model = IntegratedCareSystem
        fields = ["name"]
        error_messages = {
            "name": {"required": "Enter the name", "unique": "There is already a care system with this name"}
        }

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save the care system"), Link("Cancel", back)]
