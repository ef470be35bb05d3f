"""Evidence in one form: what it is, what it supports, which groups it is about."""

import secrets

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from casestudies.evidence.actions import Upload, mark_of_evidence
from casestudies.models import CaseStudy, Evidence, Group, ListEntry, OutcomeArea
from edsportal.nhsuk.forms import Button, Fieldset, Link, NhsukForm, RowsField, UrlField
from edsportal.nhsuk.text_fields import DayOrMonthField
from edsportal.web.upload_limit import was_too_long
from reports.reading.file_kinds import ALLOWED, KINDS, Refused, clean_name, kind_of

OF_KIND = {
    "file": "file",
    "link": "url",
    "quote": "text",
}  # the field that evidence of each kind has of its own
LISTS = {
    "protected": "Protected characteristics",
    "inclusion": "Inclusion health groups",
    "core20plus5": "Core20PLUS5 groups",
    "local": "Local groups",
}


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
            raise forms.ValidationError(f"We can’t use {data.name}. {refused}") from None
        return Upload(data=content, name=clean_name(data.name, kind), kind=kind)

    def clean(self, data, initial=None):
        return forms.Field.clean(self, data)


def too_long(name: str) -> str:
    return f"{name} is larger than {filesizeformat(settings.EVIDENCE_MAX_BYTES)}. Choose a smaller file"


class EvidenceForm(NhsukForm):
    """All questions about one item of evidence.

    `row` is the item that is changed, or None for a new one, whose kind is asked first. `seen` marks what the page
    showed; `page` names the page of a new item, so that it is not added twice.
    """

    kind = forms.ChoiceField(
        label="What are you adding?",
        choices=Evidence.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a file, a link or a quote"},
    )
    file = ChosenFile(label="Choose the file", required=False)
    url = UrlField(label="Web address", max_length=500, required=False)
    text = forms.CharField(
        label="What they said",
        help_text="Their own words, without names or anything else that identifies them.",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    title = forms.CharField(
        label="What is it called?", help_text="Leave this empty for a quote.", max_length=200, required=False
    )
    source_kind = forms.ChoiceField(label="What kind of source is it? (optional)", required=False)
    source = forms.CharField(
        label="Where is it from?",
        help_text="For example “Patient experience team”, “Healthwatch” or “Carer, telephone survey”. Do not name "
        "patients or carers.",
        max_length=200,
        error_messages={"required": "Enter where it is from"},
    )
    date = DayOrMonthField(
        label="When is it from? (optional)",
        help_text="For example, 8 March 2026 or March 2026.",
        required=False,
        max_length=40,
    )
    outcome_areas = RowsField(
        label="Which outcome areas does it support?",
        queryset=OutcomeArea.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    strength = forms.ChoiceField(
        label="What type of evidence is it?",
        choices=Evidence.Strength,
        widget=forms.RadioSelect,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    nhsuk = {
        "kind": {
            "reveals": {kind: [field] for kind, field in OF_KIND.items()},
            "item_hints": {
                "link": "To a page or document that others can open.",
                "quote": "What someone said or wrote.",
            },
        },
        "date": {"width": 20},
        "outcome_areas": {"small": True},
        "strength": {
            "small": True,
            "item_hints": {
                "figures": "Numbers that can be checked, for example attendance by ethnic group.",
                "feedback": "What people who use or provide the service told you.",
                "narrative": "A description of what was done.",
            },
        },
    }

    def __init__(
        self, *args, request, case_study: CaseStudy, row: Evidence | None = None, back: str, **kwargs
    ):
        self.request, self.row = request, row
        data = request.POST if request.method == "POST" else None
        initial = kwargs.pop("initial", {}) | (
            self.initial_of(row) if row else {"page": secrets.token_hex(8)}
        )
        super().__init__(data, request.FILES if data is not None else None, *args, initial=initial, **kwargs)
        areas = case_study.domain.outcome_areas.order_by("position")
        self.fields["outcome_areas"].queryset = areas
        self.fields["outcome_areas"].label_from_instance = lambda area: f"{area.code}: {area.statement}"
        offered = ListEntry.objects.sources().offered(row.source_kind if row else "")
        names = list(offered.values_list("name", flat=True))
        kept = [row.source_kind] if row and row.source_kind and row.source_kind not in names else []
        self.fields["source_kind"].choices = [("", "Not given"), *((name, name) for name in names + kept)]
        self._ask_for_file()
        self._offer_groups(case_study)
        if row:
            self._ask_for_kind(row.kind)
        self.layout = self._layout()
        self.buttons = [Button("Save"), Link("Cancel", back)]
        if not row:
            self.buttons.insert(1, Button("Save and add another", "another", "yes", variant="secondary"))

    def _ask_for_file(self) -> None:
        field = self.fields["file"]
        field.help_text = (
            f"{ALLOWED}, at most {filesizeformat(settings.EVIDENCE_MAX_BYTES)}. Anyone can download it once the "
            "report is published, so it must not name patients."
        )
        field.widget.attrs["accept"] = ",".join(kind.ending for kind in KINDS.values())
        if self.row and self.row.file:
            field.label = "Choose another file"

    def _offer_groups(self, case_study: CaseStudy) -> None:
        """One list of boxes for each kind of group."""
        groups = list(Group.objects.of(case_study.review.organisation))
        chosen = {group.pk for group in self.row.groups.all()} if self.row else set()
        for kind, label in LISTS.items():
            known = [(str(group.pk), group.name) for group in groups if group.kind == kind]
            if known:
                self.fields[kind] = forms.MultipleChoiceField(
                    label=label, choices=known, widget=forms.CheckboxSelectMultiple, required=False
                )
                self.nhsuk[kind] = {"small": True}
                self.initial[kind] = [pk for pk, _ in known if int(pk) in chosen]

    def _ask_for_kind(self, kind: str) -> None:
        """The kind of an item stays, so that what belongs to other kinds is not asked."""
        del self.fields["kind"], self.nhsuk["kind"]
        for other in OF_KIND.keys() - {kind}:
            del self.fields[OF_KIND[other]]
        if kind != Evidence.Kind.QUOTE:
            self.fields["title"].help_text = ""

    def _layout(self) -> list:
        first = [name for name in ("kind", *OF_KIND.values()) if name in self.fields]
        asked = ["kind"] if "kind" in self.fields else first
        groups = Fieldset("Which groups is it about?", *(kind for kind in LISTS if kind in self.fields))
        return [*asked, "title", "source_kind", "source", "date", "outcome_areas", "strength", groups]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the row that the form of an item asks for."""
        own = OF_KIND[self.row.kind]
        return "title", own, "source_kind", "source", "date", "outcome_areas", "strength", "groups"

    def initial_of(self, row: Evidence) -> dict:
        names = ("title", "url", "text", "source_kind", "source", "date", "strength")
        values = {name: getattr(row, name) for name in names}
        return values | {"outcome_areas": row.outcome_areas.all(), "seen": mark_of_evidence(row, self.names)}

    def clean(self):
        data = super().clean()
        kind = self.row.kind if self.row else data.get("kind")
        name = was_too_long(self.request, "file")
        if "file" in self.fields and name is not None:
            self.errors.pop("file", None)
            self.add_error("file", too_long(name))
        if kind:
            self._need_of(kind)
        return data

    def _need_of(self, kind: str) -> None:
        """What evidence of this kind must have; what was typed for another kind does not count."""
        for other in OF_KIND.keys() - {kind}:
            self.errors.pop(OF_KIND[other], None)
            self.cleaned_data.pop(OF_KIND[other], None)
        if kind == Evidence.Kind.FILE and not (self.row and self.row.file):
            self.need("file", "Choose a file")
        elif kind == Evidence.Kind.LINK:
            self.need("url", "Enter the web address of the page or document")
        elif kind == Evidence.Kind.QUOTE:
            self.need("text", "Enter what they said")
        if kind != Evidence.Kind.QUOTE:
            self.need("title", "Enter what it is called")

    def values(self) -> dict:
        """The fields of the row, and the `upload` or None; only for a valid form."""
        data = self.cleaned_data
        names = ("title", "url", "text", "source_kind", "source", "date", "strength", "outcome_areas")
        values = {name: data[name] for name in names if name in data}
        if self.chosen_kind == Evidence.Kind.QUOTE and not values["strength"]:
            values["strength"] = Evidence.Strength.FEEDBACK
        groups = [int(pk) for kind in LISTS for pk in data.get(kind, [])]
        return values | {"groups": groups, "upload": data.get("file")}

    @property
    def chosen_kind(self) -> str:
        return self.row.kind if self.row else self.cleaned_data["kind"]

    def seen_before(self) -> tuple[tuple[str, ...], str]:
        return self.names, self.cleaned_data["seen"]


class RemoveForm(NhsukForm):
    """Whether the file goes for good; asked of the equality lead where a version or a report names it."""

    for_good = forms.BooleanField(
        label="Delete its file too",
        help_text="Accepted versions and published reports keep this file unless you tick this box. "
        "Tick it if the file should never have been added, for example if it names a patient.",
        required=False,
    )

    def __init__(self, *args, asks: bool, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["for_good"]
        self.buttons = [Button("Remove this evidence", variant="warning"), Link("Cancel", back)]
