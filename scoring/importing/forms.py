"""Bringing in a report from a file: the file, and what the person corrects before it is stored."""

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator

from casestudies.models import Organisation
from casestudies.reviews.models import YEAR
from eds.content import CaseStudy, ReportContent
from edsportal.nhsuk.forms import Button, Fieldset, Link, NhsukForm
from reports.reading.blocks import Skipped
from reports.reading.docx.guard import LARGEST_FILE
from reports.reading.problems import Problem
from scoring.importing.corrections import COMMENTARY
from scoring.importing.read import KINDS

MEGABYTE = 1024**2
HIDDEN = ("a bookmark tag",)  # skipped lines that nobody misses


def largest() -> int:
    """Bytes of the largest file that is taken: no more than the server lets in."""
    return min(LARGEST_FILE, settings.EVIDENCE_MAX_BYTES)


def too_long() -> str:
    return f"The file must be at most {largest() // MEGABYTE} MB: take out pictures, or bring it in in parts"


def say_how_large(field: forms.FileField, kinds: tuple[str, ...], *, is_too_long: bool) -> None:
    """`is_too_long` says that the server dropped the file, so that it seems as if none was chosen."""
    words = "A Word document (.docx)"
    if len(kinds) > 1:
        words += ", plain text (.txt) or a file of this portal (.json)"
    field.help_text = f"{words}, at most {largest() // MEGABYTE} MB."
    field.widget.attrs["accept"] = ",".join(kinds)
    if is_too_long:
        field.error_messages["required"] = too_long()


class UploadForm(NhsukForm):
    """`organisations` are those that the person leads."""

    file = forms.FileField(
        label="The report",
        allow_empty_file=True,
        error_messages={"required": "Choose a file"},
    )
    organisation = forms.ModelChoiceField(
        label="Whose report is it?",
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the organisation"},
    )
    year = forms.CharField(
        label="Year (optional)",
        help_text="A year like 2024, or 2024-25. Leave it empty if the report’s title says it.",
        validators=[RegexValidator(YEAR, "Enter a year like 2024, or 2024-25")],
        required=False,
    )
    nhsuk = {"year": {"width": 10}, "organisation": {"small": True}}
    buttons = [Button("Read the file")]
    kinds = KINDS

    def __init__(self, *args, organisations, is_too_long: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        say_how_large(self.fields["file"], KINDS, is_too_long=is_too_long)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in self.kinds:
            raise forms.ValidationError(f"Choose a file whose name ends in {', '.join(self.kinds)}")
        if file.size > largest():
            raise forms.ValidationError(too_long())
        if not file.size:
            raise forms.ValidationError("The file is empty. Choose the one that holds the report")
        return file


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


class ImportedCaseStudyForm(NhsukForm):
    """Title, the outcome area of each section, and the scores of one case study."""

    title = forms.CharField(max_length=200, error_messages={"required": "Enter a title"})

    def __init__(self, *args, content: ReportContent, part: CaseStudy, back: str, **kwargs):
        initial = {"title": part.title}
        super().__init__(*args, initial=initial, **kwargs)
        domain = content.edition.domain(part.domain)
        self.codes, self.count = domain.codes, len(part.sections)
        areas = [
            ("", "None of them"),
            *((one.code, f"{one.code} {one.statement}") for one in domain.outcomes),
        ]
        for position, section in enumerate(part.sections):
            self.fields[f"area_{position}"] = forms.ChoiceField(
                label=section.heading, choices=areas, initial=section.outcome or "", required=False
            )
        grades = [(str(grade.score), f"{grade.score} {grade.name}") for grade in content.edition.grades]
        for outcome in domain.outcomes:
            now = part.scores[outcome.code].score if outcome.code in part.scores else None
            known = [] if now is None or str(now) in dict(grades) else [(str(now), str(now))]
            self.fields[f"score_{outcome.code}"] = forms.ChoiceField(
                label=f"{outcome.code}: {outcome.statement}",
                choices=[("", "Not scored"), *grades, *known],
                initial="" if now is None else str(now),
                required=False,
            )
        self.layout = [
            "title",
            Fieldset("Which outcome area does each section speak to?", *self._names("area_")),
            Fieldset("The panel’s scores", *self._names("score_")),
        ]
        if not self.count:
            del self.layout[1]
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def _names(self, start: str) -> list[str]:
        return [name for name in self.fields if name.startswith(start)]

    def corrections(self) -> dict:
        """What `correct_case_study` takes; only for a valid form."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "areas": [data[f"area_{position}"] for position in range(self.count)],
            "scores": {code: data[f"score_{code}"] for code in self.codes},
        }


class MendForm(NhsukForm):
    """The lines that stand against the report, each to be said anew or left out by emptying its box."""

    def __init__(self, *args, problems: list[Problem], back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.problems = [problem for problem in problems if problem.is_of_line]
        for position, problem in enumerate(self.problems):
            self.fields[f"line_{position}"] = forms.CharField(
                label=f"{problem.unit.capitalize()} {problem.line}: {problem.found}",
                help_text=f"Expected: {problem.expected}. Empty the box to leave this {problem.unit} out.",
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
            options.append((f"{part.number}:{COMMENTARY}", "Commentary of the panel"))
            places += [(value, f"Case study {part.number}: {words}") for value, words in options]
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
