"""Inviting somebody into an organisation, and the roles that they hold in it."""

from django import forms

from casestudies.models import Role
from edsportal.nhsuk.forms import Button, Link, NhsukForm

HINTS = {
    Role.Kind.EQUALITY_LEAD: "Runs the reviews: case studies, panel, stages, report. Looks after people.",
    Role.Kind.AUTHOR: "Writes the case studies they are named for.",
    Role.Kind.READER: "Reads case studies, and reports once scores are agreed.",
}


class RolesForm(NhsukForm):
    kinds = forms.MultipleChoiceField(
        label="Which roles do they hold?",
        choices=Role.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nhsuk = {"kinds": {"item_hints": {str(kind): hint for kind, hint in HINTS.items()}}}

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save"), Link("Cancel", back)]


class InviteForm(RolesForm):
    name = forms.CharField(max_length=200, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label="E-mail address",
        help_text="The invitation goes there.",
        error_messages={"required": "Enter their e-mail address"},
    )
    field_order = ["name", "email", "kinds"]

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, back=back, **kwargs)
        self.fields["kinds"].required = True
        self.fields["kinds"].error_messages["required"] = "Choose at least one role"
        self.buttons[0] = Button("Send the invitation")


class AdministratorForm(NhsukForm):
    email = forms.EmailField(
        label="E-mail address of somebody who has an account",
        error_messages={"required": "Enter their e-mail address"},
    )
    buttons = [Button("Make them an administrator")]
