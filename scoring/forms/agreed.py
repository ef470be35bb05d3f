"""The form on which the chair or the equality lead records what the panel agreed for one case study."""

from crispy_forms.helper import FormHelper
from django import forms

from casestudies.edition import Edition
from casestudies.models import OutcomeArea
from scoring.models import AgreedScore

NOT_APPLICABLE = "na"
LONGEST_REASON = 4000


class AgreedScoresForm(forms.Form):
    """A score and a reason for each outcome area, each pair given together or not at all; and the commentary."""

    def __init__(self, *args, areas: list[OutcomeArea], edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        self.nhsuk = {}
        self.helper = FormHelper()
        self.helper.form_tag = False
        choices = [(str(grade.score), f"{grade.score} {grade.name}") for grade in edition.grades]
        if edition.allows_not_applicable:
            choices.append((NOT_APPLICABLE, "Not applicable"))
        for area in areas:
            self._ask(area, choices)
        self.fields["commentary"] = forms.CharField(
            label="Additional commentary",
            help_text="What the panel wants to say about this case study as a whole. It is printed in the report.",
            widget=forms.Textarea(attrs={"rows": 5}),
            required=False,
        )

    def _ask(self, area: OutcomeArea, choices: list[tuple[str, str]]) -> None:
        self.fields[f"score_{area.code}"] = forms.ChoiceField(
            label=f"{area.code}: agreed score",
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": f"Choose one of the scores for {area.code}"},
        )
        self.fields[f"rationale_{area.code}"] = forms.CharField(
            label=f"{area.code}: the panel’s reason",
            help_text="Printed in the report.",
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=LONGEST_REASON,
            required=False,
        )
        self.nhsuk[f"score_{area.code}"] = {"inline": True}

    @staticmethod
    def initial_of(agreed: list[AgreedScore], commentary: str) -> dict[str, str]:
        """What was recorded before; a score that nobody recorded is never filled in."""
        initial = {"commentary": commentary}
        for row in agreed:
            code = row.outcome_area.code
            initial[f"rationale_{code}"] = row.rationale
            if row.not_applicable:
                initial[f"score_{code}"] = NOT_APPLICABLE
            elif row.value is not None:
                initial[f"score_{code}"] = f"{row.value.normalize():f}"
        return initial

    def clean(self) -> dict:
        data = super().clean()
        for area in self.areas:
            score, reason = data.get(f"score_{area.code}"), data.get(f"rationale_{area.code}")
            if score and not reason:
                self.add_error(f"rationale_{area.code}", f"Give the panel’s reason for {area.code}")
            if reason and not score:
                self.add_error(f"score_{area.code}", f"Choose the agreed score for {area.code}")
        return data

    def agreed(self) -> list[dict]:
        """What to record, for each outcome area that has a score: the arguments of `record_agreed_score`."""
        found = []
        for area in self.areas:
            score = self.cleaned_data[f"score_{area.code}"]
            if score:
                found.append(
                    {
                        "outcome_area": area,
                        "value": None if score == NOT_APPLICABLE else int(score),
                        "not_applicable": score == NOT_APPLICABLE,
                        "rationale": self.cleaned_data[f"rationale_{area.code}"],
                    }
                )
        return found
