"""The form on which a panel member scores one case study: for each outcome area a score and a reason."""

from collections.abc import Mapping

from crispy_forms.helper import FormHelper
from django import forms

from casestudies.models import OutcomeArea
from scoring.judging import Answer, Problem

ABSTAIN = "abstain"
LONGEST_REASON = 2000


class ScoreForm(forms.Form):
    """Takes outcome areas with their descriptors; nothing is required, so a draft can always be kept."""

    def __init__(self, *args, areas: list[OutcomeArea], grades: Mapping[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        self.nhsuk = {}
        self.helper = FormHelper()
        self.helper.form_tag = False
        for area in areas:
            self._ask(area, grades)

    def _ask(self, area: OutcomeArea, grades: Mapping[int, str]) -> None:
        score, reason = f"score_{area.code}", f"rationale_{area.code}"
        choices = [(str(value), f"{value} {name}") for value, name in grades.items()]
        self.fields[score] = forms.ChoiceField(
            label=f"{area.code}: {area.statement}",
            choices=[*choices, (ABSTAIN, "I can’t judge this, so I abstain")],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": f"Choose one of the scores for {area.code}"},
        )
        self.fields[reason] = forms.CharField(
            label=f"Your reason for {area.code}",
            help_text="A sentence is enough. It may be read in public, so leave out names of people.",
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=LONGEST_REASON,
            required=False,
            error_messages={
                "max_length": f"Your reason for {area.code} must be {LONGEST_REASON:,} characters or fewer"
            },
        )
        hints = {str(row.score): row.text for row in area.descriptors.all()}
        self.nhsuk[score] = {"label_size": "m", "item_hints": hints, "dividers": {ABSTAIN: "or"}}

    @staticmethod
    def initial_of(answers: Mapping[str, Answer]) -> dict[str, str]:
        """What the form shows at first, from answers by outcome code."""
        initial = {}
        for code, answer in answers.items():
            initial[f"rationale_{code}"] = answer.rationale
            if answer.is_answered:
                initial[f"score_{code}"] = ABSTAIN if answer.abstained else str(answer.value)
        return initial

    def answers(self) -> dict[str, Answer]:
        """What was typed, by outcome code; only for a valid form."""
        return {area.code: self._answer(area.code) for area in self.areas}

    def _answer(self, code: str) -> Answer:
        score = self.cleaned_data[f"score_{code}"]
        return Answer(
            value=int(score) if score not in ("", ABSTAIN) else None,
            abstained=score == ABSTAIN,
            rationale=self.cleaned_data[f"rationale_{code}"],
        )

    def show_problems(self, problems: list[Problem]) -> None:
        """Put what keeps the answers from being submitted beside the questions."""
        for problem in problems:
            self.add_error(f"{problem.part}_{problem.code}", problem.message)
