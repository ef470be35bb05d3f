"""The evidence map: outcome areas by groups. What is evidenced, how recent, how strong, and what is missing. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eds.content import Evidence, ReportContent
from eds.lists.national_groups import CORE20PLUS5, INCLUSION, PROTECTED
from eds.text import labels

NO_OUTCOME = ""  # evidence that names no outcome area
KINDS = ("protected", "inclusion", "core20plus5", "local")  # of groups, in the order of the map


@dataclass(frozen=True, kw_only=True)
class MapCell:
    """What speaks of one group under one outcome area.

    `count` is a number of pieces of evidence, `newest` the latest date among them (ISO 8601, a day or a month) or
    None, and `strengths` are those of `words.STRENGTHS` that are there, the strongest first.
    """

    count: int = 0
    newest: str | None = None
    strengths: tuple[str, ...] = ()

    @property
    def strength(self) -> str | None:
        """The strongest kind of proof, or None where there is no evidence or nobody said what kind it is."""
        return self.strengths[0] if self.strengths else None


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """A group, or all evidence together, and its cell under each outcome area of the map; `whole` is over them all."""

    group: str
    code: str = ""
    kind: str = "local"  # one of KINDS
    cells: tuple[MapCell, ...]
    whole: MapCell

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(cell.count for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class EvidenceMap:
    """`outcomes` are codes in the edition's order, with "" last where some evidence names none.

    `rows` are the groups of the national lists, then the local ones. `every` counts each piece of evidence once,
    whether or not it names a group; `without_group` is how many pieces name none.
    """

    outcomes: tuple[str, ...]
    rows: tuple[MapRow, ...]
    every: MapRow
    without_group: int

    @property
    def is_empty(self) -> bool:
        return self.every.whole.count == 0

    @property
    def without_outcome(self) -> int:
        """How many pieces of evidence name no outcome area."""
        return self.every.cells[-1].count if NO_OUTCOME in self.outcomes else 0

    @property
    def missing_groups(self) -> tuple[str, ...]:
        """The names of groups of which no evidence speaks."""
        return tuple(row.group for row in self.rows if row.whole.count == 0)

    @property
    def missing_outcomes(self) -> tuple[str, ...]:
        """The codes of outcome areas that no evidence names."""
        pairs = zip(self.outcomes, self.every.cells, strict=True)
        return tuple(code for code, cell in pairs if cell.count == 0 and code != NO_OUTCOME)

    @property
    def without_figures(self) -> tuple[str, ...]:
        """The codes of outcome areas that have evidence, and none of it figures."""
        pairs = zip(self.outcomes, self.every.cells, strict=True)
        return tuple(
            code
            for code, cell in pairs
            if cell.count and "figures" not in cell.strengths and code != NO_OUTCOME
        )


def evidence_map(content: ReportContent) -> EvidenceMap | None:
    """The map of a report, or None where no evidence names a group: for what is printed."""
    evidence = whole_map(content)
    return evidence if any(row.whole.count for row in evidence.rows) else None


def whole_map(content: ReportContent) -> EvidenceMap:
    """The map, though it be empty.

    Every protected characteristic and inclusion health group has a row, and every local group that the report knows
    or names, so that a gap shows; a group of Core20PLUS5 has one once evidence names it. The columns are the outcome
    areas of the domains that have a case study. A piece of evidence counts once
    for each group and outcome area that it names.
    """
    items = [item for study in content.case_studies for item in study.evidence]
    outcomes = _outcomes(content)
    if any(not item.outcomes for item in items):
        outcomes = (*outcomes, NO_OUTCOME)
    rows = tuple(
        _row(
            labels.group(content, code), code, kind, [item for item in items if code in item.groups], outcomes
        )
        for code, kind in _groups(content, items)
    )
    return EvidenceMap(
        outcomes=outcomes,
        rows=rows,
        every=_row("All evidence", "", "", items, outcomes),
        without_group=sum(not item.groups for item in items),
    )


def strength_of(item: Evidence) -> str | None:
    """What kind of proof it is, as its author said; a quote of which nobody said is feedback."""
    return item.strength or ("feedback" if item.kind == "quote" else None)


def _row(name: str, code: str, kind: str, items: Sequence[Evidence], outcomes: Sequence[str]) -> MapRow:
    cells = (
        _cell(item for item in items if outcome in (item.outcomes or (NO_OUTCOME,))) for outcome in outcomes
    )
    return MapRow(group=name, code=code, kind=kind, cells=tuple(cells), whole=_cell(items))


def _cell(items: Iterable[Evidence]) -> MapCell:
    items = list(items)
    present = {strength_of(item) for item in items}
    return MapCell(
        count=len(items),
        newest=max((item.date for item in items if item.date), default=None),
        strengths=tuple(strength for strength in labels.STRENGTHS if strength in present),
    )


def _groups(content: ReportContent, items: Sequence[Evidence]) -> list[tuple[str, str]]:
    """Code and kind of each group: the national lists in their order, then what the report adds or names."""
    kinds = dict.fromkeys((code for code, _ in PROTECTED), "protected")
    kinds |= dict.fromkeys((code for code, _ in INCLUSION), "inclusion")
    every = {code for item in items for code in item.groups}
    own = {group.code: group.kind for group in content.groups}
    own |= dict.fromkeys((code for code, _ in CORE20PLUS5), "core20plus5")
    kinds = {code: kind for code, kind in own.items() if kind != "core20plus5" or code in every} | kinds
    named = every - set(kinds)
    shipped = [code for code, _ in (*PROTECTED, *INCLUSION)]
    more = sorted((set(kinds) - set(shipped)) | named, key=lambda code: (labels.group(content, code), code))
    return sorted(
        ((code, kinds.get(code, "local")) for code in (*shipped, *more)),
        key=lambda pair: KINDS.index(pair[1]),
    )


def _outcomes(content: ReportContent) -> tuple[str, ...]:
    numbers = {study.domain for study in content.case_studies}
    return tuple(
        code for domain in content.edition.domains if domain.number in numbers for code in domain.codes
    )
