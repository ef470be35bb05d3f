"""The form on which an equality lead offers a case study to another body."""

from django import forms

from casestudies.models import CaseStudy, Organisation
from edsportal.nhsuk.forms import Button, Link, NhsukForm


class OfferForm(NhsukForm):
    organisation = forms.ModelChoiceField(
        label="With which body?",
        queryset=Organisation.objects.none(),
        empty_label="Choose a body",
        error_messages={"required": "Choose the body with which you share it"},
    )

    def __init__(self, *args, case_study: CaseStudy, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        own = case_study.review.organisation_id
        rows = Organisation.objects.exclude(pk=own).exclude(shared_case_studies__case_study=case_study)
        self.fields["organisation"].queryset = rows
        self.buttons = [Button("Offer this case study"), Link("Back to the case study", back)]
