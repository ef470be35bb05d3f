"""The forms on which a panel member scores one case study, changes scores, and chooses between two answers."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms

from casestudies.models import OutcomeArea
from eds.scores.answers import AS_LIKED, EACH_CASE_STUDY, Answer, Problem
from eds.text.easy_words import growth
from edsportal.nhsuk.forms import Button, NhsukForm, Textarea
from scoring.scores.score_sheet.pictures import with_picture

ABSTAIN = "abstain"
LONGEST_REASON = 2000
WHO_READS = (
    "The panel and the equality lead can read this after scoring closes, so do not name people. "
    "The report never prints it."
)
ONE_IS_ENOUGH = "Give a reason for at least one of your scores."
READ_CHANGE = "I have read what changed, and my answers are for the new version"
CHANGED = "Read what changed in the case study, then tick the box"


@dataclass(frozen=True, kw_only=True)
class PageState:
    """What an open page knows of the sheet, carried in hidden fields: see `save_draft`. `version` is a Version's id."""

    revision: int | None
    version: str
    page: str = field(default_factory=lambda: secrets.token_hex(8))

    @classmethod
    def of(cls, data: Mapping[str, str]) -> "PageState":
        revision = data.get("revision", "")
        return cls(
            revision=int(revision) if revision.isdecimal() and len(revision) < 10 else None,
            version=data.get("version", ""),
            page=data.get("page", "").replace("\x00", "")[:32],
        )


class ScoreForm(NhsukForm):
    """Takes outcome areas with their descriptors; nothing is required, so a draft can always be kept.

    `reasons` is for which scores the equality lead asks for a reason: see eds/scores/answers.py.
    """

    template = "scoring/scores/score_sheet/score.html"
    form_tag = False
    buttons = []

    def __init__(
        self,
        *args,
        areas: list[OutcomeArea],
        grades: Mapping[int, str],
        reasons: str = AS_LIKED,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.areas, self.reasons = areas, reasons
        for area in areas:
            self._ask(area, grades)
        self.layout = [name for area in areas for name in (f"score_{area.code}", f"rationale_{area.code}")]
        self.fields["read_change"] = forms.BooleanField(label=READ_CHANGE, required=False)

    def _ask(self, area: OutcomeArea, grades: Mapping[int, str]) -> None:
        score, reason = f"score_{area.code}", f"rationale_{area.code}"
        choices = [(str(value), words) for value, words in grades.items()]
        self.fields[score] = forms.ChoiceField(
            label=f"{area.code}: {area.statement}",
            help_text=area.guidance,
            choices=[*choices, (ABSTAIN, "I can’t judge this, so I abstain")],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": f"Choose one of the scores for {area.code}"},
        )
        self.fields[reason] = forms.CharField(
            label=f"Your reason for {area.code}{' (optional)' if self.reasons == AS_LIKED else ''}",
            help_text=WHO_READS if self.reasons != EACH_CASE_STUDY else f"{ONE_IS_ENOUGH} {WHO_READS}",
            widget=Textarea(attrs={"rows": 3}),
            max_length=LONGEST_REASON,
            required=False,
            error_messages={
                "max_length": f"Your reason for {area.code} must be {LONGEST_REASON:,} characters or fewer"
            },
        )
        self.nhsuk[score] = {"label_size": "m", "dividers": {ABSTAIN: "or"}}

    def describe(self, *, easy: bool = False) -> None:
        """Put the rating descriptors under the scores; their rows are read when this is called.

        `easy` asks in easy words where the edition has them for the outcome area.
        """
        for area in self.areas:
            name, rows = f"score_{area.code}", list(area.descriptors.all())
            hints = {str(row.score): row.text for row in rows}
            if easy and area.easy_statement:
                field, highest = self.fields[name], max((row.score for row in rows), default=0)
                field.label = with_picture(area.picture, f"{area.code}: {area.easy_statement}")
                field.help_text = ""
                # A form that was validated has made its bound field already, with the usual words.
                self[name].label, self[name].help_text = field.label, field.help_text
                hints |= {
                    str(row.score): with_picture(growth(row.score, highest), row.easy_text)
                    for row in rows
                    if row.easy_text
                }
            self.nhsuk[name]["item_hints"] = hints

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

    def reason(self) -> str:
        """Why submitted scores change; "" on the form for the first scores."""
        return self.cleaned_data.get("reason", "")

    def show_problems(self, problems: list[Problem]) -> None:
        """Put what keeps the answers from being submitted beside the questions."""
        for problem in problems:
            self.add_error(
                f"{problem.part}_{problem.code}" if problem.code else problem.part, problem.message
            )


class StepForm(ScoreForm):
    """One of the questions."""

    template = "scoring/scores/score_sheet/step.html"

    def __init__(self, *args, area: OutcomeArea, **kwargs):
        super().__init__(*args, areas=[area], **kwargs)
        self.area = area


class SubmitForm(NhsukForm):
    """The button that submits; where the case study changed since the answers were begun, with a box to tick first."""

    form_tag = False
    buttons = []
    read_change = forms.BooleanField(label=READ_CHANGE, error_messages={"required": CHANGED})

    def __init__(self, *args, has_changed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_changed:
            del self.fields["read_change"]


class RescoreForm(ScoreForm):
    """The same questions for scores that were submitted; once others may have seen them, why they change."""

    template = "scoring/scores/score_sheet/rescore.html"

    def __init__(self, *args, asks_why: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_why = asks_why
        if not asks_why:
            return
        self.fields["reason"] = forms.CharField(
            label="Why are you changing your scores?",
            help_text="The panel and the equality lead can read this when they agree scores.",
            widget=Textarea(attrs={"rows": 3}),
            max_length=LONGEST_REASON,
            required=False,
            error_messages={"max_length": f"Your reason must be {LONGEST_REASON:,} characters or fewer"},
        )
        self.layout.append("reason")


class CompareForm(NhsukForm):
    """For each outcome area that was answered differently on two pages: which answer to keep.

    `saved` and `here` are answers by outcome code, those of the other page and of this one.
    """

    form_tag = False
    buttons = [Button("Keep what I chose", "resolve", "yes")]
    CHOICES = {"here": "Keep your answer in this tab", "saved": "Keep the answer already saved"}
    BOTH = ("both", "Keep the score in this tab and both reasons")

    def __init__(self, *args, saved: Mapping[str, Answer], here: Mapping[str, Answer], **kwargs):
        super().__init__(*args, **kwargs)
        self.saved, self.here = saved, here
        self.differing = [code for code, answer in here.items() if answer != saved.get(code, Answer())]
        for code in self.differing:
            choices = list(self.CHOICES.items())
            if len(self._both(code)) <= LONGEST_REASON and self.saved_answer(code).rationale:
                choices.append(self.BOTH)
            self.fields[f"keep_{code}"] = forms.ChoiceField(
                label=f"Which answer do you want to keep for {code}?",
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose which answer to keep for {code}"},
            )

    def saved_answer(self, code: str) -> Answer:
        return self.saved.get(code, Answer())

    def _both(self, code: str) -> str:
        return f"{self.saved_answer(code).rationale}\n\n{self.here[code].rationale}".strip()

    def answers(self) -> dict[str, Answer]:
        """The answers as chosen, by outcome code; only for a valid form."""
        chosen = {code: self.cleaned_data[f"keep_{code}"] for code in self.differing}
        return {code: self._chosen(code, chosen.get(code, "here")) for code in self.here}

    def _chosen(self, code: str, kept: str) -> Answer:
        here = self.here[code]
        if kept == "both":
            return Answer(value=here.value, abstained=here.abstained, rationale=self._both(code))
        return self.saved_answer(code) if kept == "saved" else here
