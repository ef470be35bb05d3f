"""Forms for what an organisation's reports look like: its logo, and their colour."""

from django import forms

from casestudies.organisations.models import Organisation
from eds.colours import COLOUR, LEAST_CONTRAST, can_be_read, contrast_with_white, nearest_darker
from edsportal.nhsuk.forms import Button, Link, NhsukForm
from reports.reading.logo import TOO_LARGE, RefusedLogo, drawn_anew


class LogoForm(NhsukForm):
    """`is_too_long` says that the server dropped the file, so that it seems as if none was chosen."""

    file = forms.FileField(
        label="Choose a picture",
        help_text="A PNG or JPEG picture of at most 2 MB. We print it on white, at most 60 mm wide.",
        allow_empty_file=True,
        error_messages={"required": "Choose a picture"},
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )

    def __init__(self, *args, back: str, is_too_long: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_too_long:
            self.fields["file"].error_messages["required"] = TOO_LARGE
        self.buttons = [Button("Save the logo"), Link("Cancel", back)]

    def clean_file(self) -> bytes:
        """The picture, drawn anew."""
        try:
            return drawn_anew(self.cleaned_data["file"].read())
        except RefusedLogo as refused:
            raise forms.ValidationError(str(refused)) from None


class ColourForm(NhsukForm):
    colour = forms.CharField(
        label="Which colour?",
        help_text="Six letters and digits, like #005eb8. Your communications team has them. Leave this empty for NHS "
        "Blue.",
        required=False,
        max_length=20,
    )
    nhsuk = {"colour": {"width": 10}}

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [
            Button("Save the colour"),
            Button("Preview", name="preview", value="yes", variant="secondary"),
            Link("Cancel", back),
        ]

    def clean_colour(self) -> str:
        text = self.cleaned_data["colour"].strip().lower()
        colour = f"#{text.removeprefix('#')}" if text else ""
        if colour and not COLOUR.fullmatch(colour):
            raise forms.ValidationError("Enter a colour as six letters and digits, like #005eb8")
        if colour and not can_be_read(colour):
            raise forms.ValidationError(
                f"White text on {colour} is hard to read: its contrast is {contrast_with_white(colour):.1f} to 1, and "
                f"it must be at least {LEAST_CONTRAST} to 1. Enter a darker colour. The nearest is "
                f"{nearest_darker(colour)}"
            )
        return colour

    @staticmethod
    def initial_of(organisation: Organisation) -> dict:
        brand = getattr(organisation, "brand", None)
        return {"colour": brand.colour if brand else ""}
