"""Forms on which administrators copy a framework and edit an outcome area of a draft."""

from django import forms

from casestudies.frameworks.actions import mark_of
from casestudies.models import Framework, OutcomeArea
from edsportal.nhsuk.forms import Button, Link, NhsukForm

COMPARE = "Yours is not saved yet. Compare the two, then save again to replace theirs."


class CopyForm(NhsukForm):
    name = forms.CharField(
        label="Name of the draft",
        help_text="For example “EDS 2022, local wording 2027”. Reports print it.",
        max_length=100,
        error_messages={"required": "Enter a name for the draft"},
    )
    buttons = [Button("Make a draft copy")]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Framework.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("There is an edition of this name. Enter another name")
        return name


class OutcomeAreaForm(NhsukForm):
    """The statement, the guidance and what each grade means. Hidden stands the mark of what the page showed."""

    statement = forms.CharField(
        label="Statement",
        help_text="What is true when the outcome is reached.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter the statement"},
    )
    guidance = forms.CharField(
        label="Guidance (optional)",
        help_text="What a panel looks for.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, area: OutcomeArea, grades: dict[int, str], address: str, **kwargs):
        super().__init__(*args, initial=self._said(area, grades), **kwargs)
        self.grades = grades
        for score, words in grades.items():
            self.fields[f"descriptor_{score}"] = forms.CharField(
                label=f"What “{words}” means",
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                error_messages={"required": f"Say what “{words}” means"},
            )
        self.buttons = [Button("Save"), Link("Cancel", address)]

    @staticmethod
    def _said(area: OutcomeArea, grades: dict[int, str]) -> dict[str, str]:
        value = area.as_value()
        texts = {f"descriptor_{score}": value.descriptor(score) for score in grades}
        return {"statement": area.statement, "guidance": area.guidance, "seen": mark_of(value)} | texts

    def wording(self) -> dict:
        """What was typed, as `edit_outcome_area` takes it; only for a valid form."""
        data = self.cleaned_data
        return {
            "statement": data["statement"],
            "guidance": data["guidance"],
            "descriptors": {score: data[f"descriptor_{score}"] for score in self.grades},
            "seen": data["seen"],
        }

    def show_changed_meanwhile(self, by, area: OutcomeArea) -> None:
        """Put beside each field that differs what stands there now; from now on it has been seen."""
        now = self._said(area, self.grades)
        self.data = self.data.copy()
        self.data["seen"] = now.pop("seen")
        differ = [name for name, text in now.items() if text != self.cleaned_data.get(name)]
        for name in differ:
            self.add_error(name, f"{by or 'Somebody'} saved meanwhile: “{now[name]}”. {COMPARE}")
