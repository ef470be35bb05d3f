from django import forms

from casestudies.models import Abbreviation
from edsportal.nhsuk.forms import Button, Link, NhsukForm


class AbbreviationForm(NhsukForm):
    short = forms.RegexField(
        r"^\S+$",
        label="Abbreviation",
        help_text="As it is written, with its capitals: ICB, VCSE.",
        max_length=20,
        error_messages={
            "required": "Enter the abbreviation",
            "invalid": "Enter the abbreviation without a space, like ICB",
        },
    )
    meaning = forms.CharField(
        label="What it stands for",
        max_length=200,
        error_messages={"required": "Enter what it stands for"},
    )
    nhsuk = {"short": {"width": 10}}

    def __init__(self, *args, back: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save"), Link("Cancel", back)] if back else [Button("Add")]

    @staticmethod
    def initial_of(row: Abbreviation) -> dict:
        return {"short": row.short, "meaning": row.meaning}
