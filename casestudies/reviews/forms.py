"""Starting a review, and the header of NHS England's reporting template."""

from django import forms
from django.core.validators import RegexValidator

from casestudies.models import CaseStudy, Domain, Framework, Organisation, Review, Role
from casestudies.reviews.models import YEAR
from edsportal.accounts.models import User
from edsportal.nhsuk.forms import Button, DateField, Fieldset, Link, NhsukForm, NhsukModelForm, RowsField
from edsportal.nhsuk.text_fields import DayOrMonthField, DaysField, LinesField

HEADER = (
    "title", "board_sponsor", "eds_lead", "level", "partners", "engagement_dates", "trade_union_reps",
    "independent_evaluators", "completed_on", "published_in", "revision_date",
)  # fmt: skip


class NewReviewForm(NhsukForm):
    """`organisations` are those that the person leads."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the organisation"},
    )
    year = forms.CharField(
        help_text="For example, 2026 or 2026-27.",
        validators=[RegexValidator(YEAR, "Enter a year like 2026, or 2026-27")],
        error_messages={"required": "Enter the year"},
    )
    framework = forms.ModelChoiceField(
        label="Edition of the EDS",
        queryset=Framework.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the edition"},
    )
    title = forms.CharField(
        label="Title of the report (optional)",
        max_length=200,
        required=False,
    )
    nhsuk = {"year": {"width": 10}, "organisation": {"small": True}, "framework": {"small": True}}
    buttons = [Button("Start the review")]

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["framework"].queryset = Framework.objects.filter(status=Framework.Status.IN_USE)

    def clean(self) -> dict:
        data = super().clean()
        taken = Review.objects.filter(organisation=data.get("organisation"), year=data.get("year"))
        if data.get("organisation") and data.get("year") and taken.exists():
            self.add_error("year", f"{data['organisation']} already has a review of {data['year']}")
        return data


class HeaderForm(NhsukModelForm):
    """What the report's first table says. `changes()` names what was changed."""

    partners = LinesField(
        help_text="For a partnership or a whole system. Put each organisation on a new line."
    )
    engagement_dates = DaysField(
        help_text="Put each date on a new line, like 8 March 2026 or March 2026. "
        "You can enter a range, like 8 to 10 March 2026 or March to June 2026."
    )
    trade_union_reps = LinesField(label="Trade union representatives")
    independent_evaluators = LinesField(label="Independent evaluators or peer reviewers")
    published_in = DayOrMonthField(
        label="Month and year published", help_text="For example, February 2026.", required=False
    )

    class Meta:
        model = Review
        fields = HEADER
        field_classes = dict.fromkeys(("completed_on", "revision_date"), DateField)
        widgets = {"level": forms.RadioSelect}
        labels = {
            "title": "Title of the report",
            "board_sponsor": "Board sponsor",
            "completed_on": "Date completed",
        }

    nhsuk = {"level": {"small": True}, "published_in": {"width": 10}}
    layout = [
        Fieldset("Who is responsible", *HEADER[:5]),
        Fieldset("Who was involved", *HEADER[5:8]),
        Fieldset("Dates", *HEADER[8:]),
    ]

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("trade_union_reps", "independent_evaluators"):
            self.fields[name].help_text = f"{_tested(self.instance)}Put each name on a new line."
        self.fields["level"].choices = [*Review.Level.choices, ("", "Not decided")]
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def clean(self) -> dict:
        data = super().clean()
        shared = data.get("level") in (Review.Level.PARTNERSHIP, Review.Level.ICS)
        if shared and not data.get("partners") and "partners" not in self.errors:
            self.add_error("partners", "Name each organisation of the partnership")
        return data


def _tested(review: Review) -> str:
    """ "Who tested Domain 3. "; "" where the edition has no domain that third parties test."""
    names = [row.name for row in review.framework.domains.filter(tested_by_third_parties=True)]
    return f"Who tested {' and '.join(names)}. " if names else ""


# A case study's title, domain and authors.


class CaseStudyForm(NhsukForm):
    title = forms.CharField(
        max_length=200,
        help_text="The name of the service, or for example “Our workforce”.",
        error_messages={"required": "Enter a title"},
    )
    domain = forms.ModelChoiceField(
        queryset=Domain.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the domain"},
    )
    authors = RowsField(
        label="Who writes it?",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nhsuk = {"domain": {"small": True}, "authors": {"small": True}}

    def __init__(self, *args, review: Review, back: str, is_new: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["domain"].queryset = review.framework.domains.order_by("number")
        if not is_new:
            del self.fields["domain"]
        people = User.objects.filter(roles__organisation=review.organisation, roles__kind=Role.Kind.AUTHOR)
        self.fields["authors"].queryset = people.order_by("name")
        if people.exists():
            self.fields["authors"].help_text = "Authors in your organisation. You can write it too."
        else:
            del self.fields["authors"]
        another = [Button("Save and add another", "again", "yes", variant="secondary")] if is_new else []
        self.buttons = [Button("Save"), *another, Link("Cancel", back)]

    @staticmethod
    def initial_of(row: CaseStudy) -> dict:
        return {"title": row.title, "authors": row.authors.all()}
