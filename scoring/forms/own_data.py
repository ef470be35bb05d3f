from django import forms

from edsportal.nhsuk.forms import Button, NhsukForm


class EraseForm(NhsukForm):
    """Asks whether somebody is sure."""

    sure = forms.BooleanField(
        label="Yes, erase my account",
        error_messages={"required": "Tick the box to erase your account"},
    )
    buttons = [Button("Erase my account", variant="warning")]
