"""The equality lead accepts or returns a case study; an author answers; why words may stay is explained."""

from collections.abc import Mapping, Sequence

from django import forms

from casestudies.models import Comment, Handover, Section
from casestudies.writing.handovers import Remark
from edsportal.nhsuk.forms import Button, Link, NhsukForm, Textarea

LONGEST = 2000
COUNTED_LATE = {"threshold": 75}  # % of the longest text, from where on it is said how much is left
SAY_WHAT = "Write what to change: a comment on a section, or on the whole"


class DecisionForm(NhsukForm):
    """A comment for each section of what was handed over, in its order, and one on the whole."""

    form_tag = False
    buttons = []

    def __init__(self, *args, handover: Handover, sections: Sequence[Section], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whole"] = _comment("Comment on the whole case study")
        self.headings = [section["heading"] for section in handover.content["sections"]]
        self.rows = _rows(self.headings, sections)
        for place, heading in enumerate(self.headings):
            self.fields[f"comment_{place}"] = _comment(f"Comment on “{heading}”")
        self.nhsuk = dict.fromkeys(self.fields, COUNTED_LATE)

    def by_section(self) -> list[forms.BoundField]:
        return [self[f"comment_{place}"] for place in range(len(self.headings))]

    def remarks(self) -> list[Remark]:
        """The comments that were written; only for a valid form."""
        data = self.cleaned_data
        found = [Remark(heading="", section=None, text=data["whole"])]
        for place, heading in enumerate(self.headings):
            found.append(Remark(heading=heading, section=self.rows[place], text=data[f"comment_{place}"]))
        return [remark for remark in found if remark.text]


def _comment(label: str) -> forms.CharField:
    widget = Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=widget, max_length=LONGEST, required=False)


def _rows(headings: Sequence[str], sections: Sequence[Section]) -> Mapping[int, Section | None]:
    """The section that stands under each heading now, by its place; None where it has gone or is called otherwise."""
    left = list(sections)
    found = {}
    for place, heading in enumerate(headings):
        found[place] = next((section for section in left if section.heading == heading), None)
        left = [section for section in left if section is not found[place]]
    return found


class AnswerForm(NhsukForm):
    nhsuk = {"answer": COUNTED_LATE}
    answer = forms.CharField(
        label="Your answer", widget=Textarea(attrs={"rows": 3}), max_length=LONGEST, required=False
    )

    def __init__(self, *args, comment: Comment, back: str, **kwargs):
        super().__init__(*args, initial={"answer": comment.answer}, **kwargs)
        self.buttons = [Button("Save the answer"), Link("Cancel", back)]


class ExplainForm(NhsukForm):
    nhsuk = {"reason": COUNTED_LATE}
    reason = forms.CharField(
        label="Why may these words stay?",
        help_text="For example: it is the number of the clinic’s own front desk. Kept with your name and today’s date.",
        widget=Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        error_messages={"required": "Enter why these words may stay"},
    )

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save the explanation"), Link("Cancel", back)]
