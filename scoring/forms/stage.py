"""The form that moves a review to another stage."""

from django import forms

from casestudies.models import Review
from eds import stages
from edsportal.nhsuk.forms import Button, DateField, NhsukForm


class MoveForm(NhsukForm):
    """With `is_waiting`, members have still to submit scores: closing scoring on them has to be confirmed."""

    to = forms.ChoiceField(
        label="Where should the review go next?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the review goes next"},
    )
    close = forms.BooleanField(
        label="Close scoring now, without what they have not submitted", required=False
    )
    note = forms.CharField(
        label="Note (optional)",
        help_text="Kept with the move, for example who decided it.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
    buttons = [Button("Move the review")]

    def __init__(self, *args, review: Review, is_waiting: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        moves = stages.MOVES[review.stage]
        if review.publications.exists() and stages.PUBLISHED in moves:
            self.fields["note"].label = "What changed since the last edition"
            self.fields[
                "note"
            ].help_text = "Printed beside the report, so that readers know what was corrected."
        self.fields["to"].choices = [(to, _label(review.stage, to)) for to in moves]
        self.nhsuk = {"to": {"label_size": "m", "item_hints": {to: stages.MEANINGS[to] for to in moves}}}
        if is_waiting and stages.MODERATION in moves:
            self.nhsuk["to"]["reveals"] = {stages.MODERATION: ["close"]}
        else:
            del self.fields["close"]

    def clean(self) -> dict:
        data = super().clean()
        if "close" in self.fields and data.get("to") == stages.MODERATION and not data.get("close"):
            self.add_error("close", "Tick this to close scoring now, or wait until they have submitted")
        return data


def _label(current: str, to: str) -> str:
    return f"{'On to' if stages.is_forward(current=current, target=to) else 'Back to'}: {stages.NAMES[to]}"


class ClosingDateForm(NhsukForm):
    """The day by which the panel is asked to have scored."""

    buttons = [Button("Save the date")]
    scoring_closes_on = DateField(
        label="By which day should the panel have scored?",
        help_text="Shown to panel members in their work and in reminders. Leave it empty for no date.",
        required=False,
    )
