"""The form with which an administrator records that an organisation follows others."""

from django import forms

from casestudies.models import Organisation
from casestudies.succession.actions import refusal
from eds.succession import ACTIONS, CHOICES, OBJECTIVES, PANEL, YEARS
from edsportal.nhsuk.forms import Button, DateField, Link, NhsukForm

MOST = 20  # predecessors at once
HINTS = {
    OBJECTIVES: "objectives that are running, from that day",
    ACTIONS: "actions of the last reviews, in the first report",
    PANEL: "people to invite to the first review",
    YEARS: "earlier results on one page",
}


class SuccessionForm(NhsukForm):
    """`cleaned_data` has what `record_succession` takes; only for a valid form."""

    predecessors = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
        help_text="Enter a name or an ODS code on each line. A merger has several, a split or a new name has one.",
        error_messages={"required": "Enter the name or the ODS code of an organisation"},
    )
    starts_on = DateField(
        label="From which day?",
        help_text="For example, 1 April 2026.",
        error_messages={"required": "Enter the day on which it begins, like 1 April 2026"},
    )
    takes = forms.MultipleChoiceField(
        label="What follows?",
        help_text="Clear what you do not want. Published reports stay as they are.",
        choices=[(code, f"{words}: {HINTS[code]}") for code, words in CHOICES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=list(CHOICES),
    )

    leads = forms.BooleanField(
        label="Make their equality leads equality leads here too",
        help_text="You will see their names before anything is saved.",
        required=False,
    )

    def __init__(self, *args, organisation: Organisation, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["predecessors"].label = f"Which organisations does {organisation} follow?"
        self.buttons = [Button("Continue"), Link("Cancel", back)]

    def clean_predecessors(self) -> list[Organisation]:
        """Each organisation once, in the order of the lines."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["predecessors"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST:
            raise forms.ValidationError(f"Enter {MOST} organisations or fewer")
        rows = [(line, _organisation(line)) for line in lines]
        unknown = [line for line, row in rows if row is None]
        if unknown:
            raise forms.ValidationError(
                [
                    f"“{line[:80]}” is not the name or the ODS code of an organisation here. Check the spelling"
                    for line in unknown
                ]
            )
        return list(dict.fromkeys(row for _, row in rows))

    def clean(self) -> dict:
        data = super().clean()
        if data.get("predecessors") and data.get("starts_on"):
            given = {name: data.get(name, ()) for name in ("predecessors", "starts_on", "takes")}
            if refused := refusal(successor=self.organisation, **given):
                self.add_error(*refused)
        return data

    def answers(self) -> list[tuple[str, str]]:
        """What was sent, for hidden fields: names and values."""
        data = self.data
        names = [
            name for name in data if name.partition("_")[0] in ("predecessors", "starts", "takes", "leads")
        ]
        return [(name, value) for name in names for value in data.getlist(name)]


def _organisation(words: str) -> Organisation | None:
    by_name = Organisation.objects.filter(name__iexact=words).first()
    return by_name or Organisation.objects.filter(ods_code__iexact=words).first()
