"""The evidence map as a report shows it: a table, shaded ones on paper, and a picture of it. Pure."""

from collections.abc import Sequence

from django.utils.text import capfirst

from eds.content import ReportContent
from eds.evidence_map import NO_OUTCOME, EvidenceMap, MapCell, MapRow, evidence_map
from eds.report_parts import EVIDENCE_MAP
from eds.text import labels
from reports.writing.drawing import svg
from reports.writing.tables import Cell, Row, Table, group_row, make_table, row_of

DARKEST = 3  # items of evidence, or more
ACROSS, DOWN = 11, 9  # outcome areas and groups of one picture
KINDS = {
    "protected": "protected characteristics",
    "inclusion": "inclusion health groups",
    "core20plus5": "Core20PLUS5 groups",
    "local": "local groups",
}
CAPTION = "Items of evidence about each group, by outcome area"
NONE_NAMED = "None"  # evidence that names no outcome area


def evidence_map_table(evidence: EvidenceMap, title: str) -> Table:
    """How many items of evidence each group has under each outcome area, of what kind, how recent."""
    columns = tuple("No outcome area" if code == NO_OUTCOME else code for code in evidence.outcomes)
    rows = [(row.group, *(_map_cell(cell) for cell in row.cells)) for row in (evidence.every, *evidence.rows)]
    return make_table("map", f"Evidence by group and outcome area: {title}", ("Group", *columns), rows)


def _map_cell(cell: MapCell) -> Cell:
    if cell.count == 0:
        return Cell(text="None")
    newest = f"; newest {labels.day(cell.newest)}" if cell.newest else ""
    return Cell(lead=f"{cell.count}:", text=labels.strengths(cell.strengths) + newest)


def has_map(content: ReportContent) -> bool:
    return printed_map(content) is not None


def printed_map(content: ReportContent) -> EvidenceMap | None:
    """The evidence map; None where there is none, or where the lead left it out of the report."""
    return None if EVIDENCE_MAP in content.omitted else evidence_map(content)


def sentences(content: ReportContent) -> list[str]:
    """What is missing, in words."""
    evidence = printed_map(content)
    if evidence is None:
        return []
    lines = [
        "An item of evidence counts once for each group and outcome area that it is about. 0 means that there is none."
    ]
    if evidence.missing_groups:
        lines.append(f"No evidence is linked to: {'; '.join(evidence.missing_groups)}.")
    if evidence.missing_outcomes:
        lines.append(
            f"No evidence names {labels.named('outcome area', 'outcome areas', evidence.missing_outcomes)}."
        )
    return lines


def table(content: ReportContent) -> Table | None:
    """A row for each group; a group of which nothing speaks has zeros, so that the gap shows."""
    evidence = printed_map(content)
    if evidence is None:
        return None
    columns = _columns(evidence)
    rows = [(row.group, *(str(count) for count in row.counts[: len(columns)])) for row in evidence.rows]
    return make_table("counts", CAPTION, ("Group", *columns), rows)


def shaded_maps(content: ReportContent, *, across: int) -> list[Table]:
    """The same under a heading for each kind of group, the darker the more; each of at most so many outcome areas."""
    evidence = printed_map(content)
    if evidence is None:
        return []
    names = _columns(evidence)
    return [
        _shaded_map(evidence, ("Group", *names[first : first + across]), first, whole=len(names) <= across)
        for first in range(0, len(names), across)
    ]


def _shaded_map(evidence: EvidenceMap, columns: tuple[str, ...], first: int, *, whole: bool) -> Table:
    made = []
    for kind, name in KINDS.items():
        rows = [row for row in evidence.rows if row.kind == kind]
        made += (
            [group_row(columns, capfirst(name)), *(_shaded(columns, row, first) for row in rows)]
            if rows
            else []
        )
    caption = CAPTION if whole else f"{CAPTION}: {columns[1]} to {columns[-1]}"
    return Table(kind="counts", caption=caption, columns=columns, rows=tuple(made))


def _shaded(columns: tuple[str, ...], row: MapRow, first: int) -> Row:
    counts = row.counts[first : first + len(columns) - 1]
    return row_of(
        columns, (row.group, *(Cell(text=str(count), shade=min(count, DARKEST)) for count in counts))
    )


def pictures_of(content: ReportContent) -> list[str]:
    """The same as SVG: the more evidence, the fuller the bar. Each is small enough for a page of large print."""
    evidence = printed_map(content)
    if evidence is None:
        return []
    most, columns = max(count for row in evidence.rows for count in row.counts), _columns(evidence)
    return [
        _picture(f"{CAPTION}: {name}", columns[first : first + ACROSS], rows[top : top + DOWN], first, most)
        for kind, name in KINDS.items()
        if (rows := [row for row in evidence.rows if row.kind == kind])
        for first in range(0, len(columns), ACROSS)
        for top in range(0, len(rows), DOWN)
    ]


def _picture(title: str, columns: Sequence[str], rows: Sequence[MapRow], first: int, most: int) -> str:
    spots = [
        (
            row.group,
            [
                svg.Spot(share=count / most, mark=str(count), words=str(count or ""))
                for count in row.counts[first : first + len(columns)]
            ],
        )
        for row in rows
    ]
    return svg.grid(title=title, columns=columns, rows=spots)


def _columns(evidence: EvidenceMap) -> list[str]:
    """The outcome areas, and last what names none where a group is in that."""
    is_last = evidence.outcomes[-1:] == (NO_OUTCOME,)
    if is_last and not any(row.counts[-1] for row in evidence.rows):
        return list(evidence.outcomes[:-1])
    return [outcome if outcome != NO_OUTCOME else NONE_NAMED for outcome in evidence.outcomes]
