from django import forms

from edsportal.nhsuk.forms import Button, NhsukForm


class AcceptForm(NhsukForm):
    reason = forms.CharField(
        label="Why does it stay as it is?",
        help_text="Your reason is kept with the report.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it stays as it is"},
    )
    buttons = [Button("Accept this warning")]
