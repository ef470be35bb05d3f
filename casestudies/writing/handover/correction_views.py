"""The page on which the equality lead corrects the text of a case study after its scoring has opened."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from casestudies.models import CaseStudy
from casestudies.reviews.doors import case_study_door
from casestudies.writing.forms import LONGEST_TEXT, Unrestored
from casestudies.writing.handover.corrections import REASONS, correct_text
from eds import stages
from edsportal.nhsuk.forms import Button, Link, NhsukForm, Textarea
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted


class CorrectForm(NhsukForm):
    """The text of each section, and what is corrected and why."""

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
        self.rows = list(case_study.sections.all())
        for row in self.rows:
            self.fields[f"text_{row.pk}"] = forms.CharField(
                label=row.heading,
                widget=Textarea(attrs={"rows": 8}),
                max_length=LONGEST_TEXT,
                required=False,
                strip=False,
                initial=row.body,
            )
        self.order_fields([*(f"text_{row.pk}" for row in self.rows), "kind", "what", "seen"])
        self.buttons = [Button("Save the correction"), Link("Cancel", back)]

    def texts(self) -> dict[int, str]:
        """The text of each section by its key, with line breaks as they are stored; only for a valid form."""
        return {row.pk: self.cleaned_data[f"text_{row.pk}"].replace("\r\n", "\n") for row in self.rows}


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
        data = form.cleaned_data
        values = {"kind": data["kind"], "what": data["what"], "seen": data["seen"], "texts": form.texts()}
        correct_text(case_study=case_study, corrected_by=request.user, **values)
        return "The correction is saved."

    page = {
        "review": case_study.review,
        "case_study": case_study,
        "is_revealed": case_study.stage in stages.REVEALED,
    }
    return edit(request, form, save, "casestudies/writing/handover/correct.html", page, to=back)
