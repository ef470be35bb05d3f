"""The sections of a case study: adding them, and writing one."""

import secrets
from collections.abc import Sequence

from django import forms

from casestudies.models import CaseStudy, Comment, OutcomeArea, Section
from casestudies.writing.suggestions import Suggestion
from edsportal.nhsuk.forms import Button, Link, NhsukForm, Textarea

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
    outcome_area = AreaField(label="Which outcome area does your own section speak to?")
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

    heading = forms.CharField(max_length=200, error_messages={"required": "Enter a heading"})
    outcome_area = AreaField(label="Which outcome area does it speak to?")
    body = forms.CharField(
        label="Text",
        help_text="Leave an empty line between paragraphs. Begin a line with “- ” for a list, “## ” for a "
        "subheading. You can paste from Word. Name no patient.",
        widget=forms.Textarea(attrs={"rows": 18}),
        max_length=LONGEST_TEXT,
        strip=False,
        required=False,
        error_messages={
            "max_length": f"The text must be {LONGEST_TEXT:,} characters or fewer. Put a part of it in another section"
        },
    )
    revision = forms.CharField(widget=Unrestored, required=False)
    page = forms.CharField(widget=Unrestored, required=False)
    nhsuk = {"outcome_area": {"small": True}, "body": {"threshold": 75, "label_size": "m"}}
    form_tag = False
    buttons = []

    def __init__(self, *args, case_study: CaseStudy, comments: Sequence[Comment] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome_area"].queryset = case_study.domain.outcome_areas.order_by("position")
        self.comments = {f"answer_{comment.pk}": comment for comment in comments}
        for name, comment in self.comments.items():
            self.fields[name] = answer_field(comment)
            self.nhsuk[name] = {"threshold": 75}
        self.layout = ["heading", "outcome_area", *self.comments, "body"]

    @staticmethod
    def initial_of(row: Section, seen: str, comments: Sequence[Comment] = ()) -> dict:
        answers = {f"answer_{comment.pk}": comment.answer for comment in comments}
        return answers | {
            "heading": row.heading,
            "outcome_area": row.outcome_area,
            "body": row.body,
            "revision": seen,
            "page": secrets.token_hex(8),
        }

    def values(self) -> dict:
        """Heading, outcome area and body; only for a valid form."""
        return {name: self.cleaned_data[name] for name in ("heading", "outcome_area", "body")}

    def answers(self) -> dict[Comment, str]:
        """What was answered to each comment; only for a valid form."""
        return {comment: self.cleaned_data[name].strip() for name, comment in self.comments.items()}


def answer_field(comment: Comment) -> forms.CharField:
    who = comment.handover.decided_by
    return forms.CharField(
        label=f"Comment by {who}" if who else "Comment",
        help_text=f"“{comment.text}” You can answer here, or simply mend the text.",
        widget=Textarea(attrs={"rows": 2}),
        max_length=LONGEST_ANSWER,
        required=False,
    )
