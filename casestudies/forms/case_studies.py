"""A case study's title, domain and authors."""

from django import forms

from casestudies.models import CaseStudy, Domain, Review, Role
from edsportal.accounts.models import User
from edsportal.nhsuk.forms import Button, Link, NhsukForm, RowsField


class CaseStudyForm(NhsukForm):
    title = forms.CharField(
        max_length=200,
        help_text="The name of the service, or for example “Our workforce”.",
        error_messages={"required": "Enter a title"},
    )
    domain = forms.ModelChoiceField(
        queryset=Domain.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the domain"},
    )
    authors = RowsField(
        label="Who writes it?",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nhsuk = {"domain": {"small": True}, "authors": {"small": True}}

    def __init__(self, *args, review: Review, back: str, is_new: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["domain"].queryset = review.framework.domains.order_by("number")
        if not is_new:
            del self.fields["domain"]
        people = User.objects.filter(roles__organisation=review.organisation, roles__kind=Role.Kind.AUTHOR)
        self.fields["authors"].queryset = people.order_by("name")
        if people.exists():
            self.fields["authors"].help_text = "Authors of your organisation. You can write it too."
        else:
            del self.fields["authors"]
        self.buttons = [Button("Save"), Link("Cancel", back)]

    @staticmethod
    def initial_of(row: CaseStudy) -> dict:
        return {"title": row.title, "authors": row.authors.all()}
