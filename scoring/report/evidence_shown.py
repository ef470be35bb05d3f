"""The evidence map as a report shows it: a table, and a picture of it. Pure."""

from scoring.report import pictures, words
from scoring.report.content import ReportContent
from scoring.report.evidence_map import NO_OUTCOME, EvidenceMap, evidence_map
from scoring.report.tables import Table, make_table

CAPTION = "Pieces of evidence that speak of each group, by outcome area"
NONE_NAMED = "None named"  # evidence that names no outcome area


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
            f"No evidence names {words.named('outcome area', 'outcome areas', found.missing_outcomes)}."
        )
    return said


def table(content: ReportContent) -> Table | None:
    """A row for each group; a group of which nothing speaks has zeros, so that the gap shows."""
    found = evidence_map(content)
    if found is None:
        return None
    rows = [(row.group, *(str(count) for count in row.counts)) for row in found.rows]
    return make_table("counts", CAPTION, ("Group", *_columns(found)), rows)


def picture(content: ReportContent) -> str:
    """The same as SVG: the more evidence, the fuller the bar; "" where there is no map."""
    found = evidence_map(content)
    if found is None:
        return ""
    most = max(count for row in found.rows for count in row.counts)
    rows = [
        (
            row.group,
            [pictures.Spot(share=count / most, mark=str(count), words=str(count)) for count in row.counts],
        )
        for row in found.rows
    ]
    return pictures.grid(title=CAPTION, columns=_columns(found), rows=rows)


def _columns(found: EvidenceMap) -> list[str]:
    return [outcome if outcome != NO_OUTCOME else NONE_NAMED for outcome in found.outcomes]
