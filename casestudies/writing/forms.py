"""The sections of a case study: adding them, and writing one."""

import secrets
from collections.abc import Mapping, Sequence

from django import forms
from django.utils import formats, timezone

from casestudies.models import CaseStudy, Comment, Handover, OutcomeArea, Section, Version
from casestudies.uploads.forms import FileForm, upload_field
from casestudies.writing.handover.actions import Remark
from casestudies.writing.suggestions import Suggestion
from edsportal.nhsuk.forms import Button, Link, NhsukForm, Textarea
from reports.case_study_docx import Change

LONGEST_TEXT = 30_000  # characters: about ten pages, more than a panel reads of one outcome area
LONGEST_ANSWER = 2000


class Unrestored(forms.HiddenInput):
    """A hidden field that a browser doesn't fill with what it held before the page was loaded again."""

    def __init__(self):
        super().__init__(attrs={"autocomplete": "off"})


class AreaField(forms.ModelChoiceField):
    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        given = {"queryset": OutcomeArea.objects.none(), "required": False, "blank": True}
        super().__init__(**given | {"empty_label": "None of them"} | kwargs)


class AddSectionForm(NhsukForm):
    """Any number of suggested sections, or one with their own heading; `body` comes from a section that is gone."""

    suggested = forms.MultipleChoiceField(
        label="Sections that case studies often have",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    heading = forms.CharField(
        label="Or a heading of your own",
        max_length=200,
        required=False,
    )
    outcome_area = AreaField(label="Which outcome area is your own section about?")
    body = forms.CharField(widget=forms.HiddenInput, required=False)
    nhsuk = {
        "suggested": {"small": True, "label_size": "m"},
        "heading": {"label_size": "m"},
        "outcome_area": {"small": True},
    }

    def __init__(self, *args, case_study: CaseStudy, suggestions: Sequence[Suggestion], back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggestions = {each.key: each for each in suggestions}
        self.fields["suggested"].choices = [(key, each.heading) for key, each in self.suggestions.items()]
        if not suggestions:
            del self.fields["suggested"]
            self.fields["heading"].label = "Heading"
        self.fields["outcome_area"].queryset = case_study.domain.outcome_areas.order_by("position")
        self.buttons = [Button("Add"), Link("Cancel", back)]

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("heading") and not data.get("suggested") and not self.errors:
            self.add_error("heading", "Choose a section, or enter a heading of your own")
        return data

    def chosen(self) -> list[Suggestion]:
        """The suggestions that were ticked; only for a valid form."""
        return [self.suggestions[key] for key in self.cleaned_data.get("suggested", [])]

    def own(self) -> dict | None:
        """The section with a heading of their own, or None; only for a valid form."""
        data = self.cleaned_data
        if not data["heading"]:
            return None
        body = data["body"].replace("\r\n", "\n")
        return {"heading": data["heading"], "outcome_area": data["outcome_area"], "body": body}


class SectionForm(NhsukForm):
    """One section, with an answer to each comment on it.

    `revision` is the mark of what the page showed and `page` the page's own name, so that nobody overwrites another's
    text.
    """

    body = forms.CharField(
        label="Text",
        help_text="You can paste from Word. Do not name patients.",
        widget=forms.Textarea(attrs={"rows": 18}),
        max_length=LONGEST_TEXT,
        strip=False,
        required=False,
        error_messages={
            "max_length": f"The text must be {LONGEST_TEXT:,} characters or fewer. Put a part of it in another section"
        },
    )
    heading = forms.CharField(max_length=200, error_messages={"required": "Enter a heading"})
    outcome_area = AreaField(label="Which outcome area is it about?")
    revision = forms.CharField(widget=Unrestored, required=False)
    page = forms.CharField(widget=Unrestored, required=False)
    nhsuk = {"outcome_area": {"small": True}, "body": {"threshold": 75, "label_size": "m"}}

    def __init__(self, *args, case_study: CaseStudy, comments: Sequence[Comment] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome_area"].queryset = case_study.domain.outcome_areas.order_by("position")
        self.comments = {f"answer_{comment.pk}": comment for comment in comments}
        for name, comment in self.comments.items():
            self.fields[name] = answer_field(comment)
            self.nhsuk[name] = {"threshold": 75}

    def replies(self) -> list[tuple[Comment, forms.BoundField]]:
        """Each comment on the section with the field for the reply to it."""
        return [(comment, self[name]) for name, comment in self.comments.items()]

    @staticmethod
    def initial_of(row: Section, comments: Sequence[Comment] = ()) -> dict:
        answers = {f"answer_{comment.pk}": comment.answer for comment in comments}
        return answers | {
            "heading": row.heading,
            "outcome_area": row.outcome_area,
            "body": row.body,
            "revision": row.mark,
            "page": secrets.token_hex(8),
        }

    def values(self) -> dict:
        """Heading, outcome area and body; only for a valid form."""
        return {name: self.cleaned_data[name] for name in ("heading", "outcome_area", "body")}

    def answers(self) -> dict[Comment, str]:
        """What was answered to each comment; only for a valid form."""
        return {comment: self.cleaned_data[name].strip() for name, comment in self.comments.items()}


def answer_field(comment: Comment) -> forms.CharField:
    return forms.CharField(
        label=f"Reply to {comment.handover.decided_by} (optional)",
        widget=Textarea(attrs={"rows": 2}),
        max_length=LONGEST_ANSWER,
        required=False,
    )


# The equality lead accepts or returns a case study; an author answers; why words may stay is explained.

LONGEST = 2000
COUNTED_LATE = {"threshold": 75}  # % of the longest text, from where on it is said how much is left
SAY_WHAT = "Enter what needs to change, as a comment on a section or on the whole case study"


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
        self.buttons = [Button("Save your reply"), Link("Cancel", back)]


class ExplainForm(NhsukForm):
    nhsuk = {"reason": COUNTED_LATE}
    reason = forms.CharField(
        label="Why can these words stay?",
        help_text="For example, it is the number of the clinic’s front desk. We keep this with your name and the date.",
        widget=Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        error_messages={"required": "Enter why these words can stay"},
    )

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save the explanation"), Link("Cancel", back)]


# The form that chooses which two versions of a case study are compared.

NOW = "now"


class VersionsForm(NhsukForm):
    """`with_now` offers what the case study says now beside its versions."""

    method = "get"
    older = forms.ChoiceField(label="From", error_messages={"invalid_choice": "Choose one of the versions"})
    newer = forms.ChoiceField(label="To", error_messages={"invalid_choice": "Choose one of the versions"})
    buttons = [Button("Compare", variant="secondary")]

    def __init__(self, *args, versions: Sequence[Version], with_now: bool, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(row.number), f"Version {row.number}, {_day(row)}") for row in versions]
        if with_now:
            choices.append((NOW, "What it says now"))
        for name in ("older", "newer"):
            self.fields[name].choices = choices

    def in_order(self) -> tuple[str, str]:
        """The two choices, the older first; only for a valid form."""
        order = [value for value, _ in self.fields["older"].choices]
        return tuple(sorted((self.cleaned_data["older"], self.cleaned_data["newer"]), key=order.index))

    def words(self, choice: str) -> str:
        """ "version 2", or "what it says now"."""
        return "what it says now" if choice == NOW else f"version {choice}"


def _day(version: Version) -> str:
    return formats.date_format(timezone.localdate(version.made_at), "j F Y")


# A case study that comes back from Word: the file, and which of its changes are taken.


class WordForm(FileForm):
    file = upload_field("The Word document")
    kinds = (".docx",)

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Show what changed"), Link("Cancel", back)]


class ChangesForm(NhsukForm):
    """Which changes to take, all of them unless said otherwise. `seen` marks what the page showed."""

    take = forms.MultipleChoiceField(
        label="Which changes do you want to save?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose which changes to save, or delete the file"},
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    nhsuk = {"take": {"small": True}}

    def __init__(self, *args, changes: Sequence[Change], marks: Sequence[str], **kwargs):
        choices = [(str(place), f"{one.words}: {one.heading}") for place, one in enumerate(changes)]
        initial = {"take": [value for value, _ in choices], "seen": " ".join(marks)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["take"].choices = choices
        self.changes = changes
        self.buttons = [Button("Save these changes")]

    def taken(self) -> list[Change]:
        """What was chosen; only for a valid form."""
        return [self.changes[int(place)] for place in self.cleaned_data["take"]]
