"""The forms on which the equality lead writes a recommendation and notes progress on it."""

from django import forms

from casestudies.models import CaseStudy, OutcomeArea, Review
from edsportal.forms import Button, NhsukForm
from edsportal.rows import validate_day_or_month
from scoring.actions.recommendations import Wording
from scoring.models import Recommendation

NEW = "new"


class RecommendationForm(NhsukForm):
    """Takes the review; `wording()` gives what was typed. A theme is one of the review's, or a new one."""

    theme = forms.ChoiceField(label="Theme", widget=forms.RadioSelect)
    new_theme = forms.CharField(label="Name of the new theme", max_length=200, required=False)
    action = forms.CharField(
        label="What is to be done",
        help_text="Begin with a verb, for example “Offer interpreters at every clinic”.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcome_areas = forms.ModelMultipleChoiceField(
        label="Which outcome areas does it answer?",
        queryset=OutcomeArea.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    case_studies = forms.ModelMultipleChoiceField(
        label="Which case studies does it answer?",
        queryset=CaseStudy.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    objective = forms.CharField(
        label="Equality objective (optional)", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    owner = forms.CharField(
        label="Owner (optional)", help_text="A team or a post.", max_length=200, required=False
    )
    due = forms.CharField(
        label="Due (optional)",
        help_text="A month like 2027-03, or a day like 2027-03-31.",
        validators=[validate_day_or_month],
        required=False,
    )
    nhsuk = {"theme": {"reveals": {NEW: ["new_theme"]}}, "due": {"width": 10}, "owner": {"width": 20}}
    buttons = [Button("Save recommendation")]

    def __init__(self, *args, review: Review, **kwargs):
        super().__init__(*args, **kwargs)
        titles = review.themes.values_list("title", flat=True)
        self.fields["theme"].choices = [*((title, title) for title in titles), (NEW, "A new theme")]
        case_studies = review.case_studies.select_related("domain").order_by("number")
        areas = OutcomeArea.objects.filter(domain__in=case_studies.values("domain"))
        self.fields["outcome_areas"].queryset = areas.select_related("domain")
        self.fields["case_studies"].queryset = case_studies

    @staticmethod
    def initial_of(row: Recommendation) -> dict:
        names = ("action", "objective", "owner", "due")
        values = {name: getattr(row, name) for name in names}
        return values | {
            "theme": row.theme.title,
            "outcome_areas": row.outcome_areas.all(),
            "case_studies": row.case_studies.all(),
        }

    def clean(self) -> dict:
        data = super().clean()
        if data.get("theme") == NEW and not data.get("new_theme"):
            self.add_error("new_theme", "Give the new theme a name")
        return data

    def wording(self) -> Wording:
        """What was typed; only for a valid form."""
        data = dict(self.cleaned_data)
        new = data.pop("new_theme")
        return Wording(**data | {"theme": new if data["theme"] == NEW else data["theme"]})


class ProgressForm(NhsukForm):
    status = forms.ChoiceField(
        label="How does it stand?", choices=Recommendation.Status.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="What has been done",
        help_text="If it is dropped, say why.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what has been done, or why it is dropped"},
    )
    buttons = [Button("Note progress")]
