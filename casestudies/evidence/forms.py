"""Evidence, a question or two at a time: what it is, what it supports, of whom it speaks."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from casestudies.evidence.actions import Upload, mark_of_evidence
from casestudies.models import CaseStudy, Evidence, Group, OutcomeArea
from edsportal.nhsuk.forms import Button, Link, NhsukForm, RowsField, UrlField
from edsportal.nhsuk.text_fields import DayOrMonthField
from edsportal.web.upload_limit import was_too_long
from reports.reading.file_kinds import ALLOWED, KINDS, Refused, clean_name, kind_of

MANY = "Choose all that apply. You can come back to this later."


class KindForm(NhsukForm):
    kind = forms.ChoiceField(
        label="What kind of evidence do you want to add?",
        choices=Evidence.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a file, a link or a quote"},
    )
    nhsuk = {
        "kind": {
            "label_size": "m",
            "item_hints": {
                "file": f"{ALLOWED}.",
                "link": "To a page or document that others can open.",
                "quote": "What someone said or wrote, and where it is from.",
            },
        }
    }

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Continue"), Link("Cancel", back)]


class ChosenFile(forms.FileField):
    """A file that was looked into; gives an `Upload`, or None where none was chosen."""

    def to_python(self, data) -> Upload | None:
        if data in self.empty_values:
            return None
        if data.size > settings.EVIDENCE_MAX_BYTES:
            raise forms.ValidationError(too_long(data.name))
        content = data.read()
        try:
            kind = kind_of(content, data.name)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return Upload(data=content, name=clean_name(data.name, kind), kind=kind)

    def clean(self, data, initial=None):
        return forms.Field.clean(self, data)


def too_long(name: str) -> str:
    return f"{name} is larger than {filesizeformat(settings.EVIDENCE_MAX_BYTES)}. Choose a smaller file"


class EvidenceForm(NhsukForm):
    """What the forms about a piece of evidence share: a hidden mark of what the page showed.

    `row` is the piece that is changed, or None for a new one. `names` are the fields of its row.
    """

    names: tuple[str, ...] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, row: Evidence | None = None, back: str, **kwargs):
        kwargs["initial"] = self.initial_of(row) if row else None
        super().__init__(*args, **kwargs)
        self.row = row
        self.buttons = [Button("Save and continue"), Link("Cancel", back)]

    def initial_of(self, row: Evidence) -> dict:
        values = {name: getattr(row, name) for name in self.names}
        values = {name: value.all() if hasattr(value, "all") else value for name, value in values.items()}
        return values | {"seen": mark_of_evidence(row, self.names)}

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.names if name in self.fields}

    def seen_before(self) -> tuple[tuple[str, ...], str]:
        return self.names, self.cleaned_data["seen"]


class DetailsForm(EvidenceForm):
    """What the evidence is. Which questions are asked depends on its kind."""

    names = ("title", "url", "text", "source", "date")
    title = forms.CharField(
        label="What is it called?", max_length=200, error_messages={"required": "Enter what it is called"}
    )
    url = UrlField(
        label="Web address",
        max_length=500,
        error_messages={"required": "Enter the web address of the page or document"},
    )
    text = forms.CharField(
        label="What they said",
        help_text="Their own words, without names or anything else that identifies them.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter what they said"},
    )
    source = forms.CharField(
        label="Where is it from?",
        max_length=200,
        error_messages={"required": "Enter where it is from"},
    )
    date = DayOrMonthField(
        label="When is it from?",
        help_text="For example, 8 March 2026 or March 2026. Leave it empty if you don’t know.",
        required=False,
        max_length=40,
    )
    file = ChosenFile(label="Choose the file", error_messages={"required": "Choose a file"})
    nhsuk = {"date": {"width": 20}}
    fields_of = {
        "file": ("title", "file", "source", "date", "seen"),
        "link": ("title", "url", "source", "date", "seen"),
        "quote": ("text", "source", "date", "seen"),
    }
    sources = {
        "file": "The team, report or survey, for example “Patient experience team”.",
        "link": "Who made it, for example “Healthwatch”.",
        "quote": "For example “Carer, telephone survey”. Do not name anyone.",
    }

    def __init__(self, *args, request, kind: str, **kwargs):
        self.names = tuple(name for name in self.names if name in self.fields_of[kind])
        data = request.POST if request.method == "POST" else None
        super().__init__(data, request.FILES if data is not None else None, *args, **kwargs)
        self.request = request
        self.fields = {name: self.fields[name] for name in self.fields_of[kind]}
        self.fields["source"].help_text = self.sources[kind]
        if "file" in self.fields:
            self.fields["file"].help_text = (
                f"{ALLOWED}, at most {filesizeformat(settings.EVIDENCE_MAX_BYTES)}. Anyone can download it once the "
                "report is published, so it must not name patients."
            )
            self.fields["file"].widget.attrs["accept"] = ",".join(kind.ending for kind in KINDS.values())
            if self.row is not None:
                self.fields["file"].label = "Choose another file"
                self.fields["file"].required = not self.row.file

    def clean(self):
        name = was_too_long(self.request, "file")
        if "file" in self.fields and name is not None:
            self.errors.pop("file", None)
            self.add_error("file", too_long(name))
        return super().clean()

    def values(self) -> dict:
        return super().values() | {"upload": self.cleaned_data.get("file")}


class OutcomesForm(EvidenceForm):
    """Which outcome areas it supports, and what kind of proof it is."""

    names = ("outcome_areas", "strength")
    outcome_areas = RowsField(
        label="Which outcome areas does it support?",
        help_text=MANY,
        queryset=OutcomeArea.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    strength = forms.ChoiceField(
        label="What type of evidence is it?",
        choices=Evidence.Strength,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose figures, feedback or narrative"},
    )
    nhsuk = {
        "strength": {
            "item_hints": {
                "figures": "Numbers that can be checked, for example attendance by ethnic group.",
                "feedback": "What people who use or provide the service told you.",
                "narrative": "A description of what was done.",
            }
        }
    }

    def __init__(self, *args, case_study: CaseStudy, **kwargs):
        super().__init__(*args, **kwargs)
        areas = case_study.domain.outcome_areas.order_by("position")
        self.fields["outcome_areas"].queryset = areas
        self.fields["outcome_areas"].label_from_instance = lambda area: f"{area.code}: {area.statement}"
        if self.row and self.row.kind == Evidence.Kind.QUOTE and not self.row.strength:
            self.initial["strength"] = Evidence.Strength.FEEDBACK


class GroupsForm(EvidenceForm):
    """Of whom it speaks: one list of boxes for each kind of group."""

    names = ("groups",)
    lists = {
        "protected": "Protected characteristics",
        "inclusion": "Inclusion health groups",
        "local": "Local groups",
    }

    def __init__(self, *args, case_study: CaseStudy, **kwargs):
        super().__init__(*args, **kwargs)
        groups = list(Group.objects.of(case_study.review.organisation))
        chosen = {group.pk for group in self.row.groups.all()}
        for kind, label in self.lists.items():
            known = [(str(group.pk), group.name) for group in groups if group.kind == kind]
            if known:
                self.fields[kind] = forms.MultipleChoiceField(
                    label=label, choices=known, widget=forms.CheckboxSelectMultiple, required=False
                )
                self.nhsuk[kind] = {"small": True}
                self.initial[kind] = [pk for pk, _ in known if int(pk) in chosen]

    def values(self) -> dict:
        return {"groups": [int(pk) for kind in self.lists for pk in self.cleaned_data.get(kind, [])]}


class RemoveForm(NhsukForm):
    """Whether the file goes for good; asked of the equality lead where a version or a report names it."""

    for_good = forms.BooleanField(
        label="Delete its file too",
        help_text="Versions marked ready and published reports keep this file unless you tick this box. "
        "Tick it if the file should never have been added, for example if it names a patient.",
        required=False,
    )

    def __init__(self, *args, asks: bool, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["for_good"]
        self.buttons = [Button("Remove this evidence", variant="warning"), Link("Cancel", back)]
