"""The forms that move a review, open and close the scoring of case studies, and end their meetings."""

from collections.abc import Sequence

from django import forms

from casestudies.models import CaseStudy, Review
from eds import stages
from edsportal.nhsuk.forms import Button, DateField, Link, NhsukForm


def closing_date_field() -> DateField:
    return DateField(
        label="When should the panel finish scoring?",
        help_text="Panel members see this in their work and in reminders. Leave it empty if there is no closing date.",
        required=False,
    )


def note_field() -> forms.CharField:
    """Words that are kept with a move to another stage."""
    return forms.CharField(
        label="Note (optional)",
        help_text="For example, who decided it. We keep this with the move.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )


class _Choose(NhsukForm):
    """Some case studies of one review, by their numbers."""

    case_studies = forms.TypedMultipleChoiceField(
        label="Which case studies?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one or more case studies"},
    )

    def __init__(self, *args, case_studies: Sequence[CaseStudy], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {row.number: row for row in case_studies}
        self.fields["case_studies"].choices = [(number, str(row)) for number, row in self.rows.items()]

    def chosen(self) -> list[CaseStudy]:
        """Those that were ticked; only for a valid form."""
        return [self.rows[number] for number in self.cleaned_data["case_studies"]]


class OpenScoringForm(_Choose):
    scoring_closes_on = closing_date_field()
    message = forms.CharField(
        label="Your message to the panel (optional)",
        help_text="We add it to the e-mail that says that scoring has opened. Do not name patients.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    buttons = [Button("Open scoring")]


class CloseScoringForm(_Choose):
    """With `is_waiting`, members have still to submit scores: closing scoring on them has to be confirmed."""

    close = forms.BooleanField(
        label="Close scoring now, without the scores that are not submitted", required=False
    )
    note = note_field()
    buttons = [Button("Close scoring and reveal the scores")]

    def __init__(self, *args, is_waiting: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_waiting:
            del self.fields["close"]


class ReasonForm(NhsukForm):
    note = forms.CharField(
        label="Why?",
        help_text="We keep your reason with the move.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Enter the reason"},
    )

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Move it back"), Link("Cancel", back)]


class EndMeetingForm(NhsukForm):
    note = forms.CharField(
        label="Note (optional)",
        help_text="For example, when the panel met. We keep this with the move.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("End the meeting"), Link("Back to the scores", back)]


class ClosingDateForm(NhsukForm):
    """The day by which the panel is asked to have scored a case study."""

    buttons = [Button("Save the date")]
    scoring_closes_on = closing_date_field()


class MoveForm(NhsukForm):
    """`moves` are the stages to which it can move now."""

    to = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to do"},
    )
    note = note_field()
    buttons = [Button("Move the review")]

    def __init__(self, *args, review: Review, moves: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        if review.publications.exists() and stages.PUBLISHED in moves:
            self.fields["note"].label = "What changed since the last edition"
            self.fields[
                "note"
            ].help_text = "Shown beside the report, so that readers know what was corrected."
        self.fields["to"].choices = [(to, LABELS[review.stage, to]) for to in moves]
        self.nhsuk = {"to": {"label_size": "m", "item_hints": {to: stages.MEANINGS[to] for to in moves}}}


LABELS = {
    (stages.OPEN, stages.APPROVAL): "Move the review to approval",
    (stages.APPROVAL, stages.PUBLISHED): "Publish the report",
    (stages.APPROVAL, stages.OPEN): "Open the review again",
    (stages.PUBLISHED, stages.OPEN): "Open the review again, to correct the report",
}
