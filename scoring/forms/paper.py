"""The form that chooses whose scoring sheet is entered, and for which case study."""

from django import forms

from casestudies.models import CaseStudy, PanelMember
from edsportal.nhsuk.forms import Button, NhsukForm


class ChooseSheetForm(NhsukForm):
    buttons = [Button("Enter this sheet")]

    member = forms.ChoiceField(
        label="Whose sheet is it?", error_messages={"required": "Choose whose sheet it is"}
    )
    case_study = forms.ChoiceField(
        label="Which case study is it for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the case study"},
    )

    def __init__(self, *args, members: list[PanelMember], case_studies: list[CaseStudy], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [
            ("", "Choose a person"),
            *((str(row.pk), row.name) for row in members),
        ]
        self.fields["case_study"].choices = [(str(row.number), str(row)) for row in case_studies]
