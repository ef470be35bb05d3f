"""What the equality lead writes in the report, and who approved it."""

from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from casestudies.models import Review
from eds import report_parts
from eds.content import ReportContent
from eds.text import easy_sentences
from eds.text.figures_in_text import figures, unknown
from edsportal.nhsuk.forms import Button, DateField, NhsukForm, NhsukModelForm, Textarea
from scoring.models import Approval

SUMMARY, PANEL_WORK = "summary", "panel_work"
PART_HINTS = {
    report_parts.PANEL_NAMES: "Members are numbered instead. The report still says which groups they represent.",
    report_parts.METHODS: "The appendix that explains how scores become ratings.",
}


class ReportWordsForm(NhsukModelForm):
    """Takes the report's content, whose figures may be filled in. The fields may use Markdown."""

    summary = forms.CharField(
        label="Summary in plain words",
        help_text=(
            "Half a page for someone who reads nothing else. Don’t type scores, totals or ratings: choose them from "
            "the list below, and the report fills them in."
        ),
        widget=Textarea(attrs={"rows": 10}),
        required=False,
    )
    figure = forms.ChoiceField(
        label="A figure for the summary",
        help_text="Choose one and select “Add the figure”. We add it to the end of the summary, and you can move it.",
        required=False,
    )
    panel_work = forms.CharField(
        label="How the panel worked (optional)",
        help_text="For example, how often it met and how it agreed its scores. You can use the same figures.",
        widget=Textarea(attrs={"rows": 4}),
        required=False,
    )
    contact = forms.CharField(
        label="Who to ask for another version of the report",
        help_text="A team with its e-mail address or telephone number, for easy read, braille or another language.",
        max_length=200,
        required=False,
    )
    prints_groups_only = forms.BooleanField(
        label="Do not name panel members",
        help_text=(
            "The report then shows only the groups that they represent. Otherwise it names the members who agreed to "
            "that."
        ),
        required=False,
    )
    omitted_parts = forms.MultipleChoiceField(
        label="What should the report leave out? (optional)",
        help_text=(
            "Every form of the report leaves it out: the web page, PDF, Word, Excel and data. A part without "
            "content is never printed. Save, then preview the report to see how it looks."
        ),
        choices=list(report_parts.NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nhsuk = {"prints_groups_only": {"small": True}, "omitted_parts": {"item_hints": PART_HINTS}}
    buttons = [
        Button("Save"),
        Button("Add the figure", "add", "figure", variant="secondary"),
    ]

    class Meta:
        model = Review
        fields = ("summary", "figure", "panel_work", "prints_groups_only", "contact", "omitted_parts")

    def __init__(self, *args, content: ReportContent, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = content
        marks = [(one.mark, f"{one.mark} is now: {one.value}") for one in figures(content)]
        self.fields["figure"].choices = [("", "Choose a figure"), *marks]

    def clean_summary(self) -> str:
        return self._without_unknown("summary")

    def clean_panel_work(self) -> str:
        return self._without_unknown("panel_work")

    def _without_unknown(self, name: str) -> str:
        text = self.cleaned_data[name]
        if found := unknown(text, self.content):
            raise forms.ValidationError(found)
        return text


class EasyReadForm(NhsukForm):
    """The lead's sentences of the easy-read report. A field that stays empty, or as it is, keeps our sentence."""

    buttons = [Button("Save")]

    def __init__(self, *args, sentences: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        for name, ours in easy_sentences.SENTENCES.items():
            self.fields[name] = forms.CharField(
                label=f"Instead of “{ours}”", initial=sentences.get(name, ours), required=False
            )
        for name, title in easy_sentences.OWN.items():
            self.fields[name] = forms.CharField(
                label=f"{title} (optional)",
                help_text="Up to 4 sentences of your own. Put each on a line of its own.",
                initial=sentences.get(name, ""),
                widget=Textarea(attrs={"rows": 4}),
                required=False,
            )

    def clean(self) -> dict:
        for name, text in list(self.cleaned_data.items()):
            for problem in easy_sentences.problems(text):
                self.add_error(name, problem)
        return self.cleaned_data

    @property
    def sentences(self) -> dict[str, str]:
        """What differs from our own sentences."""
        given = {name: text.strip() for name, text in self.cleaned_data.items()}
        return {
            name: text for name, text in given.items() if text and text != easy_sentences.SENTENCES.get(name)
        }


class ApprovalForm(NhsukForm):
    approved_by = forms.CharField(
        label="Who approved the report?",
        help_text="Name and job title, for example the chair of the meeting.",
        max_length=200,
        error_messages={"required": "Enter who approved the report"},
    )
    committee = forms.CharField(
        label="Which meeting was it?",
        help_text="The board or the committee.",
        max_length=200,
        error_messages={"required": "Enter which meeting approved it"},
    )
    approved_on = DateField(
        label="When did it approve the report?", error_messages={"required": "Enter the date of the approval"}
    )
    buttons = [Button("Record the approval")]

    @staticmethod
    def initial_of(row: Approval | None) -> dict:
        return {"approved_by": row.approved_by, "committee": row.committee} if row else {}

    def clean_approved_on(self):
        day = self.cleaned_data["approved_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The date of the approval can’t be in the future")
        return day


# The search over published reports.


class ReportSearch(NhsukForm):
    """Both fields may stay empty. `years` are those of which there is a report, newest first."""

    body = forms.CharField(
        label="Organisation",
        help_text="All or part of its name, or its ODS code",
        max_length=200,
        required=False,
    )
    year = forms.ChoiceField(label="Year", required=False)
    method = "get"
    buttons = [Button("Search")]
    nhsuk = {"body": {"width": 20}}

    def __init__(self, *args, years: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "All years"), *((year, year) for year in years)]


def years_and_editions(rows: QuerySet) -> list[tuple[str, str]]:
    """The years and editions of these publications as choices, the newest first."""
    pairs = rows.order_by("-review__year", "review__framework__name").values_list(
        "review__year", "review__framework", "review__framework__name"
    )
    return [(f"{year}:{pk}", f"{year}, {name}") for year, pk, name in dict.fromkeys(pairs)]


def of_year_and_edition(rows: QuerySet, choice: str) -> QuerySet:
    """The publications of what was chosen of `years_and_editions`."""
    year, _, framework = choice.rpartition(":")
    return rows.filter(review__year=year, review__framework=framework)


class SystemYearForm(NhsukForm):
    """Which year and edition of a care system to show; nothing for the latest of each organisation."""

    of = forms.ChoiceField(label="Year and edition", required=False)
    method = "get"
    buttons = [Button("Show", variant="secondary")]

    def __init__(self, *args, rows: QuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = [("", "The latest of each organisation"), *years_and_editions(rows)]

    def chosen(self, rows: QuerySet) -> QuerySet:
        """The publications that were chosen; only for a valid form with a choice."""
        return of_year_and_edition(rows, self.cleaned_data["of"])
