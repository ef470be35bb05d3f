"""Forms on which administrators copy a framework and edit an outcome area of a draft."""

from collections.abc import Mapping

from django import forms
from django.core.validators import RegexValidator

from casestudies.frameworks.actions import mark_of_scale
from casestudies.models import Framework, OutcomeArea
from eds.edition import Band, Grade
from edsportal.nhsuk.forms import Button, Fieldset, Link, NhsukForm
from edsportal.web.refusals import ChangedMeanwhile, mark_of

COMPARE = "Your version is not saved. Compare the two, then save again to replace theirs."


class CopyForm(NhsukForm):
    name = forms.CharField(
        label="Name of the draft",
        help_text="For example “EDS 2022, local wording 2027”. Reports print it.",
        max_length=100,
        error_messages={"required": "Enter a name for the draft"},
    )
    buttons = [Button("Make a draft copy")]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Framework.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("There is already an edition with this name. Enter another name")
        return name


class SeenForm(NhsukForm):
    """Hidden is the mark of what the page showed, and one of each field: so two administrators don't overwrite one
    another, and nobody is said to have saved what only the other typed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    shown: Mapping[str, str] = {}

    def __init__(self, *args, initial: Mapping, **kwargs):
        super().__init__(*args, initial={**initial, "seen": _with_marks(initial)}, **kwargs)

    def clean_seen(self) -> str:
        """The mark of the whole; those of the fields are kept in `shown`."""
        mark, _, rest = self.cleaned_data["seen"].partition(" ")
        self.shown = dict(part.split(":", 1) for part in rest.split() if ":" in part)
        return mark

    def is_own_change(self, name: str, now) -> bool:
        """Did nobody but this person change the field, which says `now` what the page showed?"""
        return bool(self.shown) and self.shown.get(name, _mark("")) == _mark(now)


def _with_marks(initial: Mapping) -> str:
    marks = (f"{name}:{_mark(value)}" for name, value in initial.items() if name != "seen")
    return " ".join((initial.get("seen", ""), *marks))


def _mark(value) -> str:
    return mark_of(str(value))[:6]


class OutcomeAreaForm(SeenForm):
    """The statement, the guidance and what each grade means."""

    statement = forms.CharField(
        label="Statement",
        help_text="What is true when the outcome is achieved.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter the statement"},
    )
    guidance = forms.CharField(
        label="Guidance (optional)",
        help_text="What a panel should look for.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args, area: OutcomeArea, grades: dict[int, str], address: str, **kwargs):
        super().__init__(*args, initial=self._said(area, grades), **kwargs)
        self.grades = grades
        for score, words in grades.items():
            self.fields[f"descriptor_{score}"] = forms.CharField(
                label=f"What “{words}” means",
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                error_messages={"required": f"Say what “{words}” means"},
            )
        self.buttons = [Button("Save"), Link("Cancel", address)]

    @staticmethod
    def _said(area: OutcomeArea, grades: dict[int, str]) -> dict[str, str]:
        value = area.as_value()
        texts = {f"descriptor_{score}": value.descriptor(score) for score in grades}
        return {"statement": area.statement, "guidance": area.guidance, "seen": mark_of(value)} | texts

    def wording(self) -> dict:
        """What was typed, as `edit_outcome_area` takes it; only for a valid form."""
        data = self.cleaned_data
        return {
            "statement": data["statement"],
            "guidance": data["guidance"],
            "descriptors": {score: data[f"descriptor_{score}"] for score in self.grades},
            "seen": data["seen"],
        }

    def show_changed_meanwhile(self, by, area: OutcomeArea) -> None:
        """Put beside each field that differs what stands there now; from now on it has been seen."""
        now = self._said(area, self.grades)
        self.data = self.data.copy()
        self.data["seen"] = _with_marks(now)
        del now["seen"]
        for name, text in now.items():
            if text != self.cleaned_data.get(name) and not self.is_own_change(name, text):
                self.add_error(
                    name, f"{by or 'Someone'} saved this while you were editing: “{text}”. {COMPARE}"
                )
        if not self.errors:
            self.add_error(None, f"{by or 'Someone'} changed this while you were editing. {COMPARE}")


# Forms on which administrators add an outcome area to a draft and set its grades and overall ratings.

SCORES = range(4)  # 0 to 3: the rows that hold points take no more
MOST_BANDS, FEWEST_ROWS = 6, 4
CODE = r"^(?=.*[0-9])[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$"


class ScaleForm(SeenForm):
    def show_changed_meanwhile(self, refused: ChangedMeanwhile, now: "ScaleForm") -> None:
        """Put beside each field that differs what stands there now; from now on it has been seen."""
        self.data = self.data.copy()
        self.data["seen"] = now.initial["seen"]
        for name in self.fields:
            there, typed = now.initial.get(name, ""), self.cleaned_data.get(name)
            differs = name != "seen" and there != ("" if typed is None else typed)
            if differs and not self.is_own_change(name, there):
                saved = f"“{there}”" if there != "" else "nothing"
                self.add_error(
                    name, f"{refused.by or 'Someone'} saved this while you were editing: {saved}. {COMPARE}"
                )
        if not self.errors:
            self.add_error(None, f"{refused} {COMPARE}")


class NewOutcomeAreaForm(OutcomeAreaForm):
    """As for one that is there, with its code."""

    code = forms.CharField(
        label="Code",
        help_text="A few letters and digits, such as 1E or 2.4. Reports print it.",
        max_length=10,
        validators=[RegexValidator(CODE, "Use letters and at least one digit, such as 1E or 2.4")],
        error_messages={"required": "Enter a code, such as 1E"},
    )
    nhsuk = {"code": {"width": 5}}
    field_order = ["code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, area=OutcomeArea(), **kwargs)
        self.order_fields(self.field_order)

    @staticmethod
    def _said(area: OutcomeArea, grades: dict[int, str]) -> dict[str, str]:
        return {}

    def wording(self) -> dict:
        """What was typed, as `add_outcome_area` takes it; only for a valid form."""
        values = super().wording()
        del values["seen"]
        return values | {"code": self.cleaned_data["code"]}


class GradesForm(ScaleForm):
    """Up to four grades, the lowest first. One without a name is not in the edition."""

    def __init__(self, *args, framework: Framework, address: str, **kwargs):
        edition = framework.as_edition()
        grades = {grade.score: grade for grade in edition.grades}
        initial = {"seen": mark_of_scale(framework)}
        for score, grade in grades.items():
            initial |= {f"name_{score}": grade.name, f"activity_{score}": grade.activity}
        super().__init__(*args, initial=initial, **kwargs)
        self.layout = []
        for score in SCORES:
            names = [f"name_{score}", f"activity_{score}"]
            self.fields[names[0]] = forms.CharField(label="Name", max_length=50, required=False)
            self.fields[names[1]] = forms.CharField(
                label="In reports (optional)",
                help_text=f"For example “{'Developing activity' if edition.has_points else 'Developing (amber)'}”.",
                max_length=100,
                required=False,
            )
            legend = f"Score {score}" if edition.has_points else f"Grade {score + 1}"
            self.layout.append(Fieldset(f"{legend}, the lowest" if score == 0 else legend, *names))
        self.nhsuk = {f"name_{score}": {"width": 20} for score in SCORES}
        self.nhsuk |= {f"activity_{score}": {"width": 20} for score in SCORES}
        self.buttons = [Button("Save the grades"), Link("Cancel", address)]

    def clean(self) -> dict:
        data = super().clean()
        named = [score for score in SCORES if data.get(f"name_{score}")]
        for score in range(max([1, *named]) + 1):
            if score not in named:
                self.add_error(
                    f"name_{score}", "Enter a name. An edition needs at least two grades, without a gap"
                )
        names = [data[f"name_{score}"].casefold() for score in named]
        for score in named:
            if names.count(data[f"name_{score}"].casefold()) > 1:
                self.add_error(f"name_{score}", "Give each grade a different name")
        return data

    def grades(self) -> list[Grade]:
        """What was typed; only for a valid form."""
        data = self.cleaned_data
        return [
            Grade(score=score, name=data[f"name_{score}"], activity=data[f"activity_{score}"])
            for score in SCORES
            if data[f"name_{score}"]
        ]


class BandsForm(ScaleForm):
    """Overall ratings by their points, the lowest first. A row that is left empty is no rating."""

    def __init__(self, *args, framework: Framework, address: str, **kwargs):
        initial = {"seen": mark_of_scale(framework)}
        for place, band in enumerate(framework.as_edition().bands):
            initial |= {
                f"name_{place}": band.name,
                f"lowest_{place}": band.lowest,
                f"highest_{place}": band.highest,
            }
        super().__init__(*args, initial=initial, **kwargs)
        self.layout, self.nhsuk = [], {}
        self.places = range(self._rows(len(framework.as_edition().bands)))
        for place in self.places:
            self._add_band(place)
        self.buttons = [Button("Save the overall ratings"), Link("Cancel", address)]

    def _rows(self, stored: int) -> int:
        """How many rows there are: those that are stored or were sent, and an empty one."""
        sent = [place for place in range(MOST_BANDS) if f"name_{place}" in self.data]
        return min(MOST_BANDS, max(FEWEST_ROWS, stored + 1, *(place + 1 for place in sent)))

    def _add_band(self, place: int) -> None:
        self.fields[f"name_{place}"] = forms.CharField(label="Name", max_length=50, required=False)
        for part, label in (("lowest", "From"), ("highest", "To")):
            self.fields[f"{part}_{place}"] = forms.IntegerField(
                label=f"{label} (points)",
                min_value=0,
                max_value=999,
                required=False,
                error_messages={"invalid": "Enter a whole number of points"},
            )
            self.nhsuk[f"{part}_{place}"] = {"width": 3}
        self.nhsuk[f"name_{place}"] = {"width": 10}
        names = [f"{part}_{place}" for part in ("name", "lowest", "highest")]
        row = Fieldset(f"Rating {place + 1}", *names, size="s", classes="app-short-fields")
        self.layout.append(row)

    def clean(self) -> dict:
        data = super().clean()
        before = -1  # None after a row whose highest points are not known
        for place in self.places:
            values = [data.get(f"{part}_{place}") for part in ("name", "lowest", "highest")]
            if all(value in (None, "") for value in values) and not self._has_errors(place):
                continue
            self.need(f"name_{place}", "Enter the name of the rating, or empty the whole row")
            self.need(f"lowest_{place}", "Enter the lowest points of the rating")
            self.need(f"highest_{place}", "Enter the highest points of the rating")
            if not self._has_errors(place):
                self._follow(place, before, data[f"lowest_{place}"], data[f"highest_{place}"])
            before = data.get(f"highest_{place}")
        return data

    def _has_errors(self, place: int) -> bool:
        return any(f"{part}_{place}" in self.errors for part in ("name", "lowest", "highest"))

    def _follow(self, place: int, before: int | None, lowest: int, highest: int) -> None:
        """A rating follows on the one before it; where that has errors, nothing can be said."""
        if before is not None and lowest != before + 1:
            self.add_error(
                f"lowest_{place}", f"Do not leave gaps between ratings: this one must start at {before + 1}"
            )
        elif highest < lowest:
            self.add_error(f"highest_{place}", f"Enter {lowest} or more")

    def bands(self) -> list[Band]:
        """What was typed; only for a valid form."""
        data = self.cleaned_data
        return [
            Band(name=data[f"name_{place}"], lowest=data[f"lowest_{place}"], highest=data[f"highest_{place}"])
            for place in self.places
            if data[f"name_{place}"]
        ]
