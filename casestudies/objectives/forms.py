"""The forms of an organisation's equality objectives."""

from django import forms
from django.utils import timezone

from casestudies.models import DutyPublication, Objective
from eds.equality_duty import OBJECTIVES_YEARS, Quarter, quarters, years_after
from edsportal.nhsuk.forms import Button, DateField, Link, NhsukForm, NhsukModelForm, UrlField


class ObjectiveForm(NhsukModelForm):
    """`values()` gives what was typed; only for a valid form."""

    class Meta:
        model = Objective
        fields = ["title", "measure", "starts_on", "ends_on"]
        field_classes = {"starts_on": DateField, "ends_on": DateField}
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "title": "What do you want to achieve?",
            "measure": "How will you know that it is met? (optional)",
            "starts_on": "First day",
            "ends_on": "Last day",
        }
        help_texts = {
            "title": "One sentence that the public can understand.",
            "ends_on": "No more than 4 years after the first day.",
        }

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save the objective"), Link("Cancel", back)]

    def clean(self) -> dict:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must be after the first day")
        elif first and last and last > years_after(first, OBJECTIVES_YEARS):
            self.add_error("ends_on", "An objective can run for up to 4 years. Choose an earlier last day")
        return data

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def refuse_future(day):
    """For a day on which something happened. Raises ValidationError."""
    if day > timezone.localdate():
        raise forms.ValidationError("Enter today’s date or an earlier one")


class EndObjectiveForm(NhsukForm):
    on = DateField(label="When did it end?", validators=[refuse_future])
    why = forms.CharField(
        label="Why did it end?",
        help_text="For example, it has been met or another objective replaces it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it ended"},
    )

    def __init__(self, *args, objective: Objective, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.objective = objective
        self.buttons = [Button("End the objective"), Link("Cancel", back)]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < self.objective.starts_on:
            raise forms.ValidationError("Enter a day after its first day")
        return day


class QuarterNoteForm(NhsukForm):
    """Offers the quarters of the objective so far, the newest first."""

    quarter = forms.TypedChoiceField(label="Which quarter are you writing about?")
    text = forms.CharField(
        label="What did you do, and what difference did it make?",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what you did"},
    )
    buttons = [Button("Note progress")]

    def __init__(self, *args, objective: Objective, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        all_quarters = quarters(objective.starts_on, min(objective.last_day, today))
        self.by_day = {one.first.isoformat(): one for one in reversed(all_quarters)}
        self.fields["quarter"].choices = [(day, str(one)) for day, one in self.by_day.items()]
        over, running = objective.quarters_without_note(today)
        wanted = over[0] if over else running
        self.initial.setdefault("quarter", wanted.first.isoformat() if wanted else None)

    def values(self) -> dict:
        """The quarter and the text; only for a valid form."""
        quarter: Quarter = self.by_day[self.cleaned_data["quarter"]]
        return {"quarter": quarter, "text": self.cleaned_data["text"]}


class DutyPublicationForm(NhsukForm):
    kind = forms.ChoiceField(
        label="What was published?", choices=DutyPublication.Kind.choices, widget=forms.RadioSelect
    )
    published_on = DateField(label="When was it published?", validators=[refuse_future])
    address = UrlField(
        label="Web address (optional)", help_text="Where people can read it.", required=False, max_length=200
    )

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Record it"), Link("Cancel", back)]
