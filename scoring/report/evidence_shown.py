"""The evidence map as a report shows it: a table, and a picture of it. Pure."""

from collections.abc import Sequence

from eds import labels
from eds.content import ReportContent
from eds.evidence_map import NO_OUTCOME, EvidenceMap, MapRow, evidence_map
from reports.writing import svg
from reports.writing.tables import Table, make_table

ACROSS, DOWN = 11, 9  # outcome areas and groups of one picture
KINDS = {
    "protected": "protected characteristics",
    "inclusion": "inclusion health groups",
    "local": "local groups",
}
CAPTION = "Pieces of evidence that speak of each group, by outcome area"
NONE_NAMED = "None"  # evidence that names no outcome area


def has_map(content: ReportContent) -> bool:
    return evidence_map(content) is not None


def sentences(content: ReportContent) -> list[str]:
    """What is missing, in words."""
    found = evidence_map(content)
    if found is None:
        return []
    said = [
        "A piece of evidence counts once for each group and outcome area that it names. 0 means that none does."
    ]
    if found.missing_groups:
        said.append(f"No evidence speaks of: {'; '.join(found.missing_groups)}.")
    if found.missing_outcomes:
        said.append(
            f"No evidence names {labels.named('outcome area', 'outcome areas', found.missing_outcomes)}."
        )
    return said


def table(content: ReportContent) -> Table | None:
    """A row for each group; a group of which nothing speaks has zeros, so that the gap shows."""
    found = evidence_map(content)
    if found is None:
        return None
    columns = _columns(found)
    rows = [(row.group, *(str(count) for count in row.counts[: len(columns)])) for row in found.rows]
    return make_table("counts", CAPTION, ("Group", *columns), rows)


def pictures_of(content: ReportContent) -> list[str]:
    """The same as SVG: the more evidence, the fuller the bar. Each is small enough for a page of large print."""
    found = evidence_map(content)
    if found is None:
        return []
    most, columns = max(count for row in found.rows for count in row.counts), _columns(found)
    return [
        _picture(f"{CAPTION}: {name}", columns[first : first + ACROSS], rows[top : top + DOWN], first, most)
        for kind, name in KINDS.items()
        if (rows := [row for row in found.rows if row.kind == kind])
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


def _columns(found: EvidenceMap) -> list[str]:
    """The outcome areas, and last what names none where a group is in that."""
    is_last = found.outcomes[-1:] == (NO_OUTCOME,)
    if is_last and not any(row.counts[-1] for row in found.rows):
        return list(found.outcomes[:-1])
    return [outcome if outcome != NO_OUTCOME else NONE_NAMED for outcome in found.outcomes]
