"""The form on which the chair or the equality lead records what the panel agreed for one case study."""

from django import forms

from casestudies.models import OutcomeArea
from eds.content import Judgement
from eds.edition import Edition
from eds.text import labels
from edsportal.nhsuk.forms import NhsukForm
from scoring.models import AgreedScore
from scoring.moderation.actions import Answer, RecordedMeanwhile, Text, mark_of_text

NOT_APPLICABLE = "na"
LONGEST_REASON = 4000


class AgreedScoresForm(NhsukForm):
    """A score and a reason for each outcome area, each pair given together or not at all; and the commentary.

    Hidden beside each stands what its reader had seen recorded. `only` is the code of the one outcome area to
    record now; without it everything is recorded.
    """

    form_tag = False

    def __init__(self, *args, areas: list[OutcomeArea], edition: Edition, only: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        self.only = only
        choices = [
            (str(grade.score), labels.score(edition, Judgement(score=grade.score)))
            for grade in edition.grades
        ]
        if edition.allows_not_applicable:
            choices.append((NOT_APPLICABLE, "Not applicable"))
        for area in areas:
            self._ask(area, choices)
        self.fields["commentary"] = forms.CharField(
            label="Additional commentary",
            help_text="What the panel wants to say about this case study as a whole. It appears in the report.",
            widget=forms.Textarea(attrs={"rows": 5}),
            required=False,
        )
        self.fields["seen_commentary"] = forms.CharField(widget=forms.HiddenInput, required=False)

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
            help_text="It appears in the report.",
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=LONGEST_REASON,
            required=False,
        )
        self.fields[f"seen_{area.code}"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.nhsuk[f"score_{area.code}"] = {"inline": True}

    @staticmethod
    def initial_of(agreed: list[AgreedScore], commentary: str) -> dict[str, str]:
        """What was recorded before; a score that nobody recorded is never filled in."""
        initial = {"commentary": commentary, "seen_commentary": mark_of_text(commentary)}
        for row in agreed:
            code = row.outcome_area.code
            initial[f"seen_{code}"] = str(row.sequence)
            initial[f"rationale_{code}"] = row.rationale
            if row.not_applicable:
                initial[f"score_{code}"] = NOT_APPLICABLE
            elif row.value is not None:
                initial[f"score_{code}"] = f"{row.value.normalize():f}"
        return initial

    @property
    def _recorded(self) -> list[OutcomeArea]:
        return [area for area in self.areas if self.only in ("", area.code)]

    def clean(self) -> dict:
        data = super().clean()
        for area in self._recorded:
            score, reason = data.get(f"score_{area.code}"), data.get(f"rationale_{area.code}")
            if (score or self.only) and not reason and f"rationale_{area.code}" not in self.errors:
                self.add_error(f"rationale_{area.code}", f"Give the panel’s reason for {area.code}")
            if (reason or self.only) and not score and f"score_{area.code}" not in self.errors:
                self.add_error(f"score_{area.code}", f"Choose the agreed score for {area.code}")
        return data

    def answers(self) -> list[Answer]:
        """What to record, for each outcome area that has a score; only for a valid form."""
        found = []
        for area in self._recorded:
            score = self.cleaned_data[f"score_{area.code}"]
            if score:
                found.append(
                    Answer(
                        outcome_area=area,
                        value=None if score == NOT_APPLICABLE else int(score),
                        not_applicable=score == NOT_APPLICABLE,
                        rationale=self.cleaned_data[f"rationale_{area.code}"],
                        seen=self.cleaned_data[f"seen_{area.code}"] or 0,
                    )
                )
        return found

    def commentary(self) -> Text | None:
        """The commentary as typed, or None where one outcome area alone is recorded."""
        if self.only:
            return None
        return Text(
            text=self.cleaned_data["commentary"],
            seen=self.cleaned_data["seen_commentary"] or mark_of_text(""),
        )

    def show_recorded_meanwhile(self, refused: RecordedMeanwhile, edition: Edition) -> None:
        """Put beside each field what somebody else recorded; from now on it has been seen."""
        self.data = self.data.copy()
        for row in refused.scores:
            code = row.outcome_area.code
            self.data[f"seen_{code}"] = str(row.sequence)
            self.add_error(f"score_{code}", f"{code}: {_recorded_words(row, edition)} {COMPARE}")
        if refused.commentary is not None:
            self.data["seen_commentary"] = mark_of_text(refused.commentary.text)
            self.add_error("commentary", f"{_text_words(refused.commentary)} {COMPARE}")


COMPARE = "Your version is not saved. Compare the two, then save again to replace theirs."


def _recorded_words(row: AgreedScore, edition: Edition) -> str:
    judgement = Judgement(
        score=None if row.value is None else float(row.value), not_applicable=row.not_applicable
    )
    who = row.recorded_by or "Someone"
    return f"{who} recorded {labels.score(edition, judgement)} while you were editing: “{row.rationale}”."


def _text_words(commentary) -> str:
    who = commentary.recorded_by or "Someone"
    if not commentary.text:
        return "Someone removed the commentary while you were editing."
    return f"{who} recorded this commentary while you were editing: “{commentary.text}”."
