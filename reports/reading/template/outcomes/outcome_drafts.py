"""Outcome areas of a table while they are read: each row by service, and the rows of one domain of one table."""

from dataclasses import dataclass, field, replace

from eds.content import Judgement
from reports.reading.blocks import Block
from reports.reading.template.cells.ratings import Rating
from reports.reading.template.forms import OutcomeRow

ALL = ""  # the service of what is said of every service


@dataclass
class Row:
    """One outcome area while it is read; each dict is by service."""

    code: str
    line: Block
    evidence: dict[str, list[Block]] = field(default_factory=dict)
    ratings: dict[str, Rating] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    self_assessment: Rating | None = None
    owners: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Draft:
    """One domain of one table, while it is read."""

    domain: int
    titles: list[Block]
    service: str = ""
    rows: dict[str, Row] = field(default_factory=dict)
    totals: dict[str, int | float] = field(default_factory=dict)
    commentary: list[Block] = field(default_factory=list)


def outcome_row(row: Row, service: str) -> OutcomeRow:
    rating = row.ratings.get(service) or row.ratings.get(ALL)
    judgement = rating.judgement if rating else None
    if row.reasons:
        judgement = replace(judgement or Judgement(), rationale="\n".join(row.reasons))
    names = dict.fromkeys(row.owners.get(ALL, []) + (row.owners.get(service, []) if service else []))
    return OutcomeRow(
        code=row.code,
        line=row.line,
        evidence=tuple(row.evidence.get(ALL, []) + (row.evidence.get(service, []) if service else [])),
        judgement=judgement,
        self_assessment=row.self_assessment.judgement if row.self_assessment else None,
        owner="; ".join(names),
    )
