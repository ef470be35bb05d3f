"""Which groups the evidence speaks of, and under which outcome areas: a count of pieces of evidence. Pure."""

from collections import Counter
from dataclasses import dataclass

from casestudies.groups import INCLUSION, PROTECTED
from scoring.report import words
from scoring.report.content import ReportContent

NO_OUTCOME = ""  # evidence that names no outcome area


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """A group, and how many pieces of evidence speak of it under each outcome area of the map."""

    group: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class EvidenceMap:
    """`outcomes` are codes in the edition's order, with "" last where some evidence names none."""

    outcomes: tuple[str, ...]
    rows: tuple[MapRow, ...]


def evidence_map(content: ReportContent) -> EvidenceMap | None:
    """The map of a report, or None where no evidence names a group.

    Every group of the national lists has a row, so that a gap shows, then the local groups that are named. The
    columns are the outcome areas of the domains that have a case study. A piece of evidence counts once for each
    group and outcome area that it names.
    """
    counts = Counter(
        (group, outcome)
        for study in content.case_studies
        for item in study.evidence
        for group in set(item.groups)
        for outcome in set(item.outcomes) or {NO_OUTCOME}
    )
    if not counts:
        return None
    outcomes = _outcomes(content)
    if any(outcome == NO_OUTCOME for _, outcome in counts):
        outcomes = (*outcomes, NO_OUTCOME)
    known = [code for code, _ in (*PROTECTED, *INCLUSION)]
    groups = known + sorted({group for group, _ in counts} - set(known))
    rows = (
        MapRow(group=words.group(code), counts=tuple(counts[code, outcome] for outcome in outcomes))
        for code in groups
    )
    return EvidenceMap(outcomes=outcomes, rows=tuple(rows))


def _outcomes(content: ReportContent) -> tuple[str, ...]:
    numbers = {study.domain for study in content.case_studies}
    return tuple(
        code for domain in content.edition.domains if domain.number in numbers for code in domain.codes
    )
