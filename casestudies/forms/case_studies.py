"""A case study's title, domain and authors, and its sections."""

from django import forms

from casestudies.models import CaseStudy, Domain, OutcomeArea, Review, Role, Section
from edsportal.accounts.models import User
from edsportal.forms import Button, Link, NhsukForm


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
    authors = forms.ModelMultipleChoiceField(
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


class SectionForm(NhsukForm):
    """One section. `seen` is the mark of what the page showed, so that nobody overwrites another's text."""

    heading = forms.CharField(max_length=200, error_messages={"required": "Enter a heading"})
    outcome_area = forms.ModelChoiceField(
        label="Which outcome area does it speak to?",
        queryset=OutcomeArea.objects.none(),
        widget=forms.RadioSelect,
        required=False,
        blank=True,
        empty_label="None of them",
    )
    body = forms.CharField(
        label="Text",
        help_text="Leave an empty line between paragraphs. Begin a line with “- ” for a list, “## ” for a "
        "subheading. Name no patient.",
        widget=forms.Textarea(attrs={"rows": 15}),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    nhsuk = {"outcome_area": {"small": True}}

    def __init__(self, *args, case_study: CaseStudy, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome_area"].queryset = case_study.domain.outcome_areas.order_by("position")
        self.buttons = [Button("Save"), Link("Cancel", back)]

    @staticmethod
    def initial_of(row: Section, seen: str) -> dict:
        return {
            "heading": row.heading,
            "outcome_area": row.outcome_area,
            "body": row.body,
            "seen": seen,
        }

    def values(self) -> dict:
        """Heading, outcome area and body; only for a valid form."""
        return {name: self.cleaned_data[name] for name in ("heading", "outcome_area", "body")}
