"""Bringing in a report from a file: the file, and what the person corrects before it is stored."""

from collections.abc import Sequence

from django import forms
from django.core.validators import RegexValidator

from casestudies.models import Organisation
from casestudies.reviews.models import YEAR
from casestudies.uploads.forms import FileForm, upload_field
from eds.content import ReportContent
from eds.edition import Edition
from edsportal.nhsuk.forms import Button, Link, NhsukForm
from reports.reading.blocks import Skipped
from reports.reading.docx.edits import Edit
from reports.reading.problems import Problem
from scoring.importing.corrections import COMMENTARY, NEW, RECOMMENDATION
from scoring.importing.read import KINDS

HIDDEN = ("a bookmark tag",)  # skipped lines that nobody misses


class UploadForm(FileForm):
    """`organisations` are those that the person leads."""

    file = upload_field("The report")
    organisation = forms.ModelChoiceField(
        label="Which organisation is the report for?",
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the organisation"},
    )
    year = forms.CharField(
        label="Year (optional)",
        help_text="For example, 2024 or 2024-25. Leave it empty if it is in the report’s title.",
        validators=[RegexValidator(YEAR, "Enter a year like 2024, or 2024-25")],
        required=False,
    )
    nhsuk = {"year": {"width": 10}, "organisation": {"small": True}}
    buttons = [Button("Read the file")]
    kinds = KINDS

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AboutForm(NhsukForm):
    organisation = UploadForm.base_fields["organisation"]
    year = forms.CharField(
        validators=[RegexValidator(YEAR, "Enter a year like 2024, or 2024-25")],
        help_text="A year like 2024, or 2024-25.",
        error_messages={"required": "Enter the year"},
    )
    title = forms.CharField(label="Title of the report", max_length=200, required=False)
    nhsuk = {"year": {"width": 10}, "organisation": {"small": True}}

    def __init__(self, *args, organisations, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.buttons = [Button("Save"), Link("Cancel", back)]


class MendForm(NhsukForm):
    """The lines that stand against the report, each to be said anew or left out by emptying its box."""

    def __init__(self, *args, problems: list[Problem], back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.problems = [problem for problem in problems if problem.is_of_line]
        for position, problem in enumerate(self.problems):
            self.fields[f"line_{position}"] = forms.CharField(
                label=f"{problem.unit.capitalize()} {problem.line}: {problem.found}",
                help_text=f"Expected: {problem.expected}. To leave this {problem.unit} out, empty the box.",
                initial=problem.text,
                required=False,
                max_length=20_000,
            )
        self.buttons = [Button("Save and read again"), Link("Cancel", back)]

    def lines(self) -> list[tuple[int, str, str]]:
        """What `mend_lines` takes; only for a valid form."""
        return [
            (problem.line, problem.text, self.cleaned_data[f"line_{position}"])
            for position, problem in enumerate(self.problems)
        ]


class PlaceForm(NhsukForm):
    """Where each line goes that is not in the report."""

    def __init__(
        self, *args, content: ReportContent, skipped: list[Skipped], placed: dict, back: str, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.skipped = [line for line in skipped if line.why not in HIDDEN]
        places = [("", "Leave it out")]
        for part in content.case_studies:
            options = [(f"{part.number}:{at}", one.heading) for at, one in enumerate(part.sections)]
            told = {one.outcome for one in part.sections}
            options += [
                (f"{part.number}:{NEW}{code}", f"a new section about {code}")
                for code in content.edition.domain(part.domain).codes
                if code not in told
            ]
            options.append((f"{part.number}:{COMMENTARY}", "Commentary of the panel"))
            places += [(value, f"Case study {part.number}: {words}") for value, words in options]
        places.append((RECOMMENDATION, "Recommendations"))
        for position, line in enumerate(self.skipped):
            self.fields[f"place_{position}"] = forms.ChoiceField(
                label=line.text,
                help_text=f"{line.place.capitalize()}: {line.why}",
                choices=places,
                initial=placed.get((line.number, line.text), ""),
                required=False,
            )
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def lines(self) -> list[tuple[int, str, str]]:
        """What `place_lines` takes; only for a valid form."""
        return [
            (line.number, line.text, self.cleaned_data[f"place_{position}"])
            for position, line in enumerate(self.skipped)
        ]


class AddForm(NhsukForm):
    """A case study that the file does not show as one."""

    title = forms.CharField(max_length=200, error_messages={"required": "Enter a title"})
    domain = forms.TypedChoiceField(
        label="Which domain is it for?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the domain"},
    )

    def __init__(self, *args, edition: Edition, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [(one.number, f"{one.name}: {one.title}") for one in edition.domains]
        self.buttons = [Button("Add the case study"), Link("Cancel", back)]


class EditsForm(NhsukForm):
    """What was changed in the text of a Word report of the portal: which changes are taken."""

    taken = forms.TypedMultipleChoiceField(
        label="Which changes do you want to take?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, edits: Sequence[tuple[Edit, bool]], back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = [at for at, (edit, _) in enumerate(edits) if edit.can_be_taken]
        self.fields["taken"].choices = [(at, change_words(edits[at][0])) for at in self.places]
        self.initial["taken"] = [at for at in self.places if edits[at][1]]
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def left(self) -> list[int]:
        """What `leave_edits` takes; only for a valid form."""
        return [at for at in self.places if at not in self.cleaned_data["taken"]]


def change_words(edit: Edit) -> str:
    """For example "“Open on Mondays” is now “Open on Sundays”"."""
    if not edit.old:
        return f"Added: “{edit.new}”"
    return f"“{edit.old}” is now “{edit.new}”" if edit.new else f"Removed: “{edit.old}”"
