"""The page on which the equality lead corrects the text of a case study after its scoring has opened."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from casestudies.models import CaseStudy, Evidence
from casestudies.reviews.doors import case_study_door
from casestudies.writing.forms import LONGEST_TEXT, Unrestored
from casestudies.writing.handover.corrections import CORRECTED, REASONS, correct_text
from eds import stages
from edsportal.nhsuk.forms import Button, Link, NhsukForm, Textarea
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted


class CorrectForm(NhsukForm):
    """The title, the text of each section, what the evidence says; and what is corrected and why."""

    title = forms.CharField(
        label="Title of the case study",
        max_length=200,
        error_messages={"required": "Enter the title of the case study"},
    )
    removed = forms.MultipleChoiceField(
        label="Do you want to remove any evidence?",
        help_text="If it holds personal data, we also delete its file.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(
        label="What kind of correction is it?",
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of correction it is"},
    )
    what = forms.CharField(
        label="What did you correct?",
        help_text="The report shows this with the date. Do not repeat personal data here.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter what you corrected"},
    )
    seen = forms.IntegerField(widget=Unrestored)

    def __init__(self, *args, case_study: CaseStudy, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = case_study.title
        self.rows = list(case_study.sections.all())
        for row in self.rows:
            self.fields[f"text_{row.pk}"] = _text_field(row.heading, row.body)
        self.evidence = list(case_study.evidence.all())
        for row in self.evidence:
            for name in _filled(row):
                label = f"{LABELS[name]} of evidence: {row}"
                field = _text_field(label, getattr(row, name), max_length=_longest(row, name), rows=3)
                self.fields[f"evidence_{row.pk}_{name}"] = field
        choices = [(str(row.pk), str(row)) for row in self.evidence]
        self.fields["removed"].choices = choices
        if not choices:
            del self.fields["removed"]
        self.order_fields([name for name in self.fields if name not in LAST] + list(LAST))
        self.buttons = [Button("Save the correction"), Link("Cancel", back)]

    def values(self) -> dict:
        """What `correct_text` takes, with line breaks as they are stored; only for a valid form."""
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "what": data["what"],
            "seen": data["seen"],
            "title": data["title"],
            "texts": {row.pk: self._text(f"text_{row.pk}") for row in self.rows},
            "evidence": {
                row.pk: {name: self._text(f"evidence_{row.pk}_{name}") for name in _filled(row)}
                for row in self.evidence
            },
            "removed": {int(pk) for pk in data.get("removed", ())},
        }

    def _text(self, name: str) -> str:
        return self.cleaned_data[name].replace("\r\n", "\n")


LABELS = {"title": "Title", "text": "Text", "source": "Source"}
LAST = ("removed", "kind", "what", "seen")


def _filled(row: Evidence) -> list[str]:
    """The fields of a piece of evidence that can be corrected: those that say something."""
    return [name for name in CORRECTED if getattr(row, name)]


def _longest(row: Evidence, name: str) -> int:
    return row._meta.get_field(name).max_length or LONGEST_TEXT


def _text_field(label: str, text: str, *, max_length: int = LONGEST_TEXT, rows: int = 8) -> forms.CharField:
    widget = Textarea(attrs={"rows": rows})
    options = {"max_length": max_length, "required": False, "strip": False, "initial": text}
    return forms.CharField(label=label, widget=widget, **options)


def correct(request: HttpRequest, organisation: str, year: str, number: int):
    """Correct the text; scores stay with the version that was read."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("correct_text", case_study)
    version = case_study.versions.order_by("number").last()
    if version is None:
        raise PermissionDenied("This case study has no version that the panel read.")
    back = url_of(case_study)
    form = CorrectForm(posted(request), case_study=case_study, back=back, initial={"seen": version.number})

    def save() -> str:
        correct_text(case_study=case_study, corrected_by=request.user, **form.values())
        return "The correction is saved."

    page = {
        "review": case_study.review,
        "case_study": case_study,
        "is_revealed": case_study.stage in stages.REVEALED,
    }
    return edit(request, form, save, "casestudies/writing/handover/correct.html", page, to=back)
