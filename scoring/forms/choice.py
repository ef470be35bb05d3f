"""The form on which the equality lead records who chose a case study to stand for a domain, and why."""

from collections.abc import Sequence

from django import forms

from casestudies.models import CaseStudy
from eds.totals import CaseStudyResult
from edsportal.nhsuk.forms import Button, NhsukForm
from scoring.models import DomainChoice
from scoring.moderation.domain_choice import ChosenMeanwhile, mark_of


class ChoiceForm(NhsukForm):
    case_study = forms.TypedChoiceField(
        label="Which case study stands for it?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a case study"},
    )
    chosen_by = forms.CharField(
        label="Who chose it?",
        help_text="The name of a person, for example the chair of the panel. It is printed in the report.",
        max_length=200,
        error_messages={"required": "Enter the name of the person who chose"},
    )
    reason = forms.CharField(
        label="Why this one?",
        help_text="For example: it is the largest service. The report prints it after “chosen by … because”.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter the reason"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    buttons = [Button("Save the choice")]
    nhsuk = {"case_study": {"label_size": "m"}}

    def __init__(self, *args, candidates: Sequence[CaseStudyResult], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case_study"].choices = [
            (result.number, f"Case study {result.number}: {result.title}, {result.total.words}")
            for result in candidates
        ]

    @staticmethod
    def initial_of(choice: DomainChoice | None) -> dict:
        if choice is None:
            return {}
        return {
            "case_study": _standing(choice).place,
            "chosen_by": choice.chosen_by,
            "reason": choice.reason,
            "seen": mark_of(choice),
        }

    def show_chosen_meanwhile(self, refused: ChosenMeanwhile) -> None:
        """Say what somebody else recorded; from now on it has been seen."""
        other = refused.choice
        self.data = self.data.copy()
        self.data["seen"] = "" if other.pk is None else mark_of(other)
        if other.pk is None:
            said = "Somebody took the choice back meanwhile."
        else:
            who = other.recorded_by or "Somebody"
            said = f"{who} recorded meanwhile: {_standing(other)}, chosen by {other.chosen_by} because {other.reason}"
        self.add_error(
            "case_study",
            f"{said.rstrip('. ')}. Yours is not saved yet. Save again to replace theirs.",
        )


def _standing(choice: DomainChoice) -> CaseStudy:
    """The case study that was chosen, with its number in the review."""
    return CaseStudy.objects.standing_in(choice.review).get(pk=choice.case_study_id)
