"""Inviting somebody into an organisation, and the roles that they hold in it."""

from django import forms

from casestudies.administration.csv_import import ODS_CODE
from casestudies.models import Abbreviation, Group, IntegratedCareSystem, Organisation, Role
from edsportal.nhsuk.forms import Button, Link, NhsukForm, NhsukModelForm

HINTS = {
    Role.Kind.EQUALITY_LEAD: "Runs the reviews: case studies, panel, stages and report. Manages people.",
    Role.Kind.AUTHOR: "Writes the case studies they are an author of.",
    Role.Kind.READER: "Reads case studies, and reports once scores are agreed.",
}


class RolesForm(NhsukForm):
    kinds = forms.MultipleChoiceField(
        label="Which roles do they have?",
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
        help_text="We will send the invitation there.",
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
        label="E-mail address of someone who has an account",
        error_messages={"required": "Enter their e-mail address"},
    )
    buttons = [Button("Make them an administrator")]


class AccountSearch(NhsukForm):
    """Every account, or those that hold each of the words."""

    q = forms.CharField(label="Name, e-mail address or organisation", max_length=200, required=False)
    method = "get"
    buttons = [Button("Search")]


# An organisation: name, ODS code, kind, integrated care system.


class OrganisationForm(NhsukModelForm):
    """The integrated care system is one of the list that administrators keep."""

    system = forms.ChoiceField(
        label="Integrated care system (optional)",
        help_text="You can add one on the page of care systems.",
        required=False,
    )

    class Meta:
        model = Organisation
        fields = ["name", "ods_code", "kind"]
        widgets = {"kind": forms.RadioSelect}
        error_messages = {"name": {"unique": "There is already an organisation with this name"}}
        labels = {"ods_code": "ODS code (optional)", "kind": "What kind of organisation is it?"}

    nhsuk = {"ods_code": {"width": 10}, "kind": {"small": True}}

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [*Organisation.Kind.choices, ("", "Not said")]
        names = IntegratedCareSystem.objects.values_list("name", flat=True)
        self.fields["system"].choices = [("", "None"), *((name, name) for name in names)]
        if self.instance.ics:
            self.initial["system"] = self.instance.ics.name
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def clean_ods_code(self) -> str:
        code = self.cleaned_data["ods_code"].strip().upper()
        if code and not ODS_CODE.fullmatch(code):
            raise forms.ValidationError("Use 3 to 10 letters and digits, like QOC")
        other = Organisation.objects.exclude(pk=self.instance.pk).filter(ods_code=code).first()
        if code and other:
            raise forms.ValidationError(f"{other.name} already has this code")
        return code


# A group that evidence may speak of: its name, and where it is named.


class GroupForm(NhsukModelForm):
    source = forms.CharField(
        label="Where is this group named?",
        help_text="For example “Joint strategic needs assessment 2025, page 14”.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter where this group is named"},
    )

    class Meta:
        model = Group
        fields = ["name", "source"]
        labels = {"name": "What is the group called?"}
        help_texts = {
            "name": "Use the name that people in the group use, for example “Farm workers from abroad”."
        }
        error_messages = {"name": {"required": "Enter a name"}}

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = Group.objects.of(self.instance.organisation).exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(f"There is already a group called “{name}”")
        return name


class AbbreviationForm(NhsukForm):
    short = forms.RegexField(
        r"^\S+$",
        label="Abbreviation",
        help_text="Use capital letters as in the text, for example ICB or VCSE.",
        max_length=20,
        error_messages={
            "required": "Enter the abbreviation",
            "invalid": "Enter the abbreviation without a space, like ICB",
        },
    )
    meaning = forms.CharField(
        label="What it means",
        max_length=200,
        error_messages={"required": "Enter what it means"},
    )
    nhsuk = {"short": {"width": 10}}

    def __init__(self, *args, back: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save"), Link("Cancel", back)] if back else [Button("Add")]

    @staticmethod
    def initial_of(row: Abbreviation) -> dict:
        return {"short": row.short, "meaning": row.meaning}
