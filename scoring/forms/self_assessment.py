"""The forms of the self-assessment: what a body gives itself, and when its panel sees that."""

from django import forms

from casestudies.models import OutcomeArea
from eds import labels
from eds.content import Judgement
from eds.edition import Edition
from edsportal.nhsuk.forms import Button, NhsukForm
from scoring.models import SelfAssessment


class SelfAssessmentForm(NhsukForm):
    """For each outcome area a score and its reason, together or not at all."""

    buttons = [Button("Save the self-assessment")]

    def __init__(self, *args, areas: list[OutcomeArea], edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        choices = [
            (str(grade.score), labels.score(edition, Judgement(score=grade.score)))
            for grade in edition.grades
        ]
        for area in areas:
            self.fields[f"score_{area.code}"] = forms.ChoiceField(
                label=f"{area.code}: {area.statement}",
                choices=[*choices, ("", "No self-assessment")],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"rationale_{area.code}"] = forms.CharField(
                label=f"Your reason for {area.code}",
                help_text="Printed in the report.",
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=4000,
                required=False,
            )
            self.nhsuk[f"score_{area.code}"] = {"inline": True}

    @staticmethod
    def initial_of(rows: list[SelfAssessment]) -> dict[str, str]:
        initial = {}
        for row in rows:
            code = row.outcome_area.code
            initial[f"rationale_{code}"] = row.rationale
            initial[f"score_{code}"] = "" if row.value is None else f"{row.value.normalize():f}"
        return initial

    def clean(self) -> dict:
        data = super().clean()
        for area in self.areas:
            score, reason = data.get(f"score_{area.code}"), data.get(f"rationale_{area.code}")
            if score and not reason:
                self.need(f"rationale_{area.code}", f"Give your reason for {area.code}")
            if reason and not score:
                self.need(f"score_{area.code}", f"Choose a score for {area.code}")
        return data

    def answers(self) -> dict[OutcomeArea, tuple[int, str] | None]:
        """The argument of `record_self_assessment`; only for a valid form."""
        return {area: self._answer(area.code) for area in self.areas}

    def _answer(self, code: str) -> tuple[int, str] | None:
        score = self.cleaned_data[f"score_{code}"]
        return (int(score), self.cleaned_data[f"rationale_{code}"]) if score else None


class ShowForm(NhsukForm):
    when = forms.ChoiceField(
        label="When does the panel see the self-assessment?",
        choices=[
            ("after", "Only after scoring, when it agrees its scores"),
            ("before", "Before it scores"),
        ],
        widget=forms.RadioSelect,
    )
    nhsuk = {"when": {"item_hints": {"after": "Members score without knowing what you gave yourselves."}}}
