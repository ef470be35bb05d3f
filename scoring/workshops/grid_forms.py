"""The form in which the paper sheets of everyone for one case study are typed in: a row for each member."""

from dataclasses import dataclass

from django import forms

from casestudies.models import OutcomeArea, PanelMember
from eds.scores.answers import Answer
from edsportal.nhsuk.forms import NhsukForm
from scoring.models import PaperSheet
from scoring.scores.score_sheet.forms import LONGEST_REASON

ABSTAINED = "A"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One member: the fields of their sheet, and who typed it in first, if somebody did."""

    member: PanelMember
    cells: list[tuple[OutcomeArea, forms.BoundField]]
    reason: forms.BoundField
    sure: forms.BoundField | None
    sheet: PaperSheet | None
    is_own: bool
    error: str


class GridForm(NhsukForm):
    """Plain inputs. A row that is left empty is no sheet; one that is begun has to be whole."""

    form_tag = False
    buttons = []

    def __init__(
        self,
        *args,
        members: list[PanelMember],
        areas: list[OutcomeArea],
        highest: int,
        sheets: dict,
        user,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.members, self.areas, self.sheets, self.user = members, areas, sheets, user
        self.allowed = [str(score) for score in range(highest + 1)]
        self.row_errors: dict[int, str] = {}
        for member in members:
            for area in areas:
                self.fields[f"score_{member.pk}_{area.code}"] = self._cell(member, area)
            self.fields[f"reason_{member.pk}"] = forms.CharField(
                label=f"Reason of {member} (optional)", max_length=LONGEST_REASON, required=False
            )
            if self._is_second(member):
                label = f"I looked at the paper of {member} again, and this is right"
                self.fields[f"sure_{member.pk}"] = forms.BooleanField(label=label, required=False)

    @staticmethod
    def _cell(member: PanelMember, area: OutcomeArea) -> forms.CharField:
        attrs = {"maxlength": 1, "autocomplete": "off", "class": "app-grid__input"}
        attrs["aria-label"] = f"{area.code} of {member}"
        return forms.CharField(required=False, max_length=1, widget=forms.TextInput(attrs=attrs))

    def _is_second(self, member: PanelMember) -> bool:
        sheet = self.sheets.get(member.pk)
        return sheet is not None and sheet.entered_by_id != self.user.pk

    def clean(self) -> dict:
        data = super().clean()
        for member in self.members:
            cells = {area.code: data.get(f"score_{member.pk}_{area.code}", "").upper() for area in self.areas}
            if any(cells.values()) or data.get(f"reason_{member.pk}"):
                self._check(member, cells)
        return data

    def _check(self, member: PanelMember, cells: dict[str, str]) -> None:
        allowed = [*self.allowed, ABSTAINED]
        for code, typed in cells.items():
            if typed not in allowed:
                words = (
                    f"Enter {self.allowed[0]} to {self.allowed[-1]}, or A to abstain, for {code} of {member}"
                )
                self.add_error(f"score_{member.pk}_{code}", words)

    def sheets_typed(self) -> list[tuple[PanelMember, dict[str, Answer], str, bool]]:
        """Each member whose row was filled in, with the answers, the reason and whether they looked again."""
        data, found = self.cleaned_data, []
        for member in self.members:
            cells = {area.code: data[f"score_{member.pk}_{area.code}"].upper() for area in self.areas}
            if any(cells.values()):
                answers = {code: self._answer(typed) for code, typed in cells.items()}
                sure = data.get(f"sure_{member.pk}", False)
                found.append((member, answers, data[f"reason_{member.pk}"], sure))
        return found

    @staticmethod
    def _answer(typed: str) -> Answer:
        return Answer(abstained=True) if typed == ABSTAINED else Answer(value=int(typed))

    def refuse(self, member: PanelMember, words: str) -> None:
        """Say at a member's row why their sheet was not taken."""
        self.row_errors[member.pk] = words
        self.add_error(f"score_{member.pk}_{self.areas[0].code}", words)

    def rows(self) -> list[Row]:
        return [
            Row(
                member=member,
                cells=[(area, self[f"score_{member.pk}_{area.code}"]) for area in self.areas],
                reason=self[f"reason_{member.pk}"],
                sure=self[f"sure_{member.pk}"]
                if member.pk in self.row_errors and self._is_second(member)
                else None,
                sheet=self.sheets.get(member.pk),
                is_own=member.pk in self.sheets and not self._is_second(member),
                error=self._error_of(member),
            )
            for member in self.members
        ]

    def _error_of(self, member: PanelMember) -> str:
        """Why the row was not taken, or which boxes to look at; "" where nothing is wrong."""
        codes = [area.code for area in self.areas if f"score_{member.pk}_{area.code}" in self.errors]
        return self.row_errors.get(member.pk) or (f"Check {', '.join(codes)}" if codes else "")
