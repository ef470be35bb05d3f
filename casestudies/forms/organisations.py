"""An organisation: name, ODS code, kind, integrated care system."""

from django import forms

from casestudies.models import Organisation
from edsportal.nhsuk.forms import Button, Link, NhsukModelForm


class OrganisationForm(NhsukModelForm):
    """The integrated care system is typed: a new one is made where the portal has none of that name."""

    system = forms.CharField(
        label="Integrated care system (optional)",
        help_text="The same name for all its bodies, so that they are shown side by side.",
        max_length=200,
        required=False,
    )

    class Meta:
        model = Organisation
        fields = ["name", "ods_code", "kind"]
        widgets = {"kind": forms.RadioSelect}
        error_messages = {"name": {"unique": "There is an organisation of this name already"}}
        labels = {"ods_code": "ODS code (optional)", "kind": "What kind of body is it?"}

    nhsuk = {"ods_code": {"width": 10}, "kind": {"small": True}}

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [*Organisation.Kind.choices, ("", "Not said")]
        if self.instance.ics:
            self.initial["system"] = self.instance.ics.name
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def clean_ods_code(self) -> str:
        code = self.cleaned_data["ods_code"].strip().upper()
        other = Organisation.objects.exclude(pk=self.instance.pk).filter(ods_code=code).first()
        if code and other:
            raise forms.ValidationError(f"{other.name} has this code already")
        return code
