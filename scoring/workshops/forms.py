"""The forms that open a workshop and join one."""

from django import forms

from casestudies.models import CaseStudy, ListEntry, PanelMember
from edsportal.nhsuk.forms import Button, NhsukForm
from scoring.workshops.join_code import LENGTH, as_typed

PERSON, TABLE = "person", "table"


class OpenWorkshopForm(NhsukForm):
    buttons = [Button("Open a workshop")]

    hours = forms.IntegerField(
        label="How many hours will the workshop last?",
        help_text="From 1 to 12 hours from now. People can join and score until then.",
        min_value=1,
        max_value=12,
        initial=4,
        error_messages={
            "required": "Enter the number of hours",
            "invalid": "Enter a whole number of hours, like 4",
            "min_value": "Enter 1 hour or more",
            "max_value": "Enter 12 hours or fewer",
        },
    )


class JoinForm(NhsukForm):
    buttons = [Button("Join the workshop")]
    nhsuk = {"code": {"width": 10}, "kind": {"item_hints": {}}}

    code = forms.CharField(
        label="Code of the workshop",
        help_text="It has eight letters and numbers. You can find it on the workshop screen.",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter the code of the workshop"},
    )
    kind = forms.ChoiceField(
        label="How are you scoring?",
        choices=[(PERSON, "As one person"), (TABLE, "As a table that agrees its scores together")],
        widget=forms.RadioSelect,
        initial=PERSON,
        error_messages={"required": "Choose whether you are scoring as one person or as a table"},
    )
    name = forms.CharField(
        label="Your name, or the name of your table",
        help_text="For example Ann Green, or Table 4.",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name, or the name of your table"},
    )
    interest = forms.ChoiceField(
        label="Which group do you represent?",
        help_text="If your table represents different groups, leave this empty.",
        required=False,
        error_messages={"invalid_choice": "Choose which group you represent"},
    )
    named_as = forms.ChoiceField(
        label="How should the report name you?",
        help_text="If you choose nothing, the report shows only the group you represent.",
        choices=PanelMember.NamedAs,
        widget=forms.RadioSelect,
        required=False,
    )
    agrees = forms.BooleanField(
        label="I agree that you keep my name, the group I represent and my scores for this review",
        help_text=(
            "The report does not show your own scores. The panel sees them after everyone has scored."
        ),
        error_messages={
            "required": "Tick the box to agree, or ask the person who runs the workshop for help"
        },
    )
    page = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = ListEntry.objects.groups().offered().values_list("code", "name")
        self.fields["interest"].choices = [("", "Choose one"), *offered]

    def clean_code(self) -> str:
        code = as_typed(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise forms.ValidationError(
                "The code has eight letters and numbers. Check it on the workshop screen"
            )
        return code

    def clean(self) -> dict:
        if self.cleaned_data.get("kind") == PERSON:
            self.need("interest", "Choose which group you represent")
        return self.cleaned_data

    def seat(self) -> dict:
        """The arguments of `join_workshop`; only for a valid form."""
        data = self.cleaned_data
        return {name: data[name] for name in ("code", "name", "interest", "named_as", "page")} | {
            "is_table": data["kind"] == TABLE
        }


# The form that chooses whose scoring sheet is entered, and for which case study.


class ChooseSheetForm(NhsukForm):
    buttons = [Button("Enter this sheet")]

    member = forms.ChoiceField(
        label="Who filled in this sheet?", error_messages={"required": "Choose who filled in this sheet"}
    )
    case_study = forms.ChoiceField(
        label="Which case study is it for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the case study"},
    )

    def __init__(self, *args, members: list[PanelMember], case_studies: list[CaseStudy], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [
            ("", "Choose a person"),
            *((str(row.pk), row.name) for row in members),
        ]
        self.fields["case_study"].choices = [(str(row.number), str(row)) for row in case_studies]
