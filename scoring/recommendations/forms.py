"""The forms on which the equality lead writes a recommendation and notes progress on it."""

from django import forms
from django.db.models import Q

from casestudies.models import CaseStudy, OutcomeArea, Review
from edsportal.nhsuk.forms import Button, NhsukForm, RowsField
from edsportal.nhsuk.text_fields import DayOrMonthField
from scoring.models import Recommendation
from scoring.recommendations.actions import Wording

NEW, IN_WORDS = "new", "words"
NAME_THEM = "Name the owner of this address"


def owner_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text="A person, a job title or a team.", max_length=200, required=False
    )


def owner_email_field() -> forms.EmailField:
    return forms.EmailField(
        label="The owner’s e-mail address (optional)",
        help_text="If the action is overdue, we e-mail the owner once a week with a link to update its status. "
        "The address is never published.",
        required=False,
    )


class RecommendationForm(NhsukForm):
    """Takes the review; `wording()` gives what was typed. A theme is one of the review's, or a new one."""

    theme = forms.ChoiceField(label="Theme", widget=forms.RadioSelect)
    new_theme = forms.CharField(label="Name of the new theme", max_length=200, required=False)
    action = forms.CharField(
        label="What is to be done",
        help_text="Start with a verb, for example “Offer interpreters at every clinic”.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcome_areas = RowsField(
        label="Which outcome areas is it for?",
        queryset=OutcomeArea.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    case_studies = RowsField(
        label="Which case studies is it for?",
        queryset=CaseStudy.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    equality_objective = forms.ChoiceField(
        label="Which equality objective does it support?", widget=forms.RadioSelect, required=False
    )
    objective = forms.CharField(
        label="Equality objective (optional)", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    owner = owner_field("Owner (optional)")
    owner_email = owner_email_field()
    due = DayOrMonthField(
        label="Due (optional)",
        help_text="For example, March 2027 or 31 March 2027.",
        required=False,
    )
    nhsuk = {
        "theme": {"reveals": {NEW: ["new_theme"]}},
        "equality_objective": {"reveals": {IN_WORDS: ["objective"]}},
        "due": {"width": 20},
        "owner": {"width": 20},
        "owner_email": {"width": 20},
    }
    buttons = [Button("Save recommendation")]

    def __init__(self, *args, review: Review, **kwargs):
        super().__init__(*args, **kwargs)
        titles = review.themes.values_list("title", flat=True)
        self.fields["theme"].choices = [*((title, title) for title in titles), (NEW, "A new theme")]
        case_studies = CaseStudy.objects.standing_in(review)
        areas = OutcomeArea.objects.filter(domain__in=case_studies.values("domain"))
        self.fields["outcome_areas"].queryset = areas.select_related("domain")
        self.fields["case_studies"].queryset = case_studies
        self._offer_objectives(review)

    def _offer_objectives(self, review: Review) -> None:
        """The organisation's current ones, and the one chosen before though it ended; words for any other."""
        chosen = self.initial.get("equality_objective") or None
        rows = review.organisation.objectives.filter(
            Q(ended_on=None) | Q(pk=chosen if str(chosen).isdecimal() else None)
        )
        self.objectives = {str(row.pk): row for row in rows}
        if not self.objectives:
            del self.fields["equality_objective"]
            return
        self.fields["objective"].label = "The objective in your own words"
        listed = [(pk, row.title) for pk, row in self.objectives.items()]
        self.fields["equality_objective"].choices = [*listed, (IN_WORDS, "Another one"), ("", "None")]

    @staticmethod
    def initial_of(row: Recommendation) -> dict:
        names = ("action", "objective", "owner", "owner_email", "due")
        values = {name: getattr(row, name) for name in names}
        listed = row.equality_objective_id or (IN_WORDS if row.objective else "")
        return values | {
            "equality_objective": listed,
            "theme": row.theme.title,
            "outcome_areas": row.outcome_areas.all(),
            "case_studies": row.case_studies.all(),
        }

    def clean(self) -> dict:
        data = super().clean()
        if data.get("theme") == NEW and not data.get("new_theme"):
            self.add_error("new_theme", "Give the new theme a name")
        if data.get("equality_objective") == IN_WORDS:
            self.need("objective", "Write the objective in your own words")
        if data.get("owner_email"):
            self.need("owner", NAME_THEM)
        return data

    def wording(self) -> Wording:
        """What was typed; only for a valid form."""
        data = dict(self.cleaned_data)
        new, chosen = data.pop("new_theme"), data.pop("equality_objective", IN_WORDS)
        return Wording(
            **data
            | {
                "theme": new if data["theme"] == NEW else data["theme"],
                "equality_objective": self.objectives.get(chosen),
                "objective": data["objective"] if chosen == IN_WORDS else "",
            }
        )


class OwnerForm(NhsukForm):
    owner = owner_field("Who owns it now?")
    owner_email = owner_email_field()
    nhsuk = {"owner": {"width": 20}, "owner_email": {"width": 20}}
    buttons = [Button("Save the owner")]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("owner_email"):
            self.need("owner", NAME_THEM)
        return data


class ProgressForm(NhsukForm):
    status = forms.ChoiceField(
        label="How is it going?", choices=Recommendation.Status.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="What has been done",
        help_text="If it is dropped, explain why.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what has been done, or why it is dropped"},
    )
    buttons = [Button("Note progress")]
