"""Outcome areas of a table while they are read: each row by service, and the rows of one domain of one table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eds.content import Judgement
from reports.reading.blocks import Block
from reports.reading.template.cells.ratings import Rating
from reports.reading.template.forms import OutcomeRow, OutcomeTable

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


def table_of(draft: Draft, service: str, services: Sequence[str], *, is_summary: bool) -> OutcomeTable:
    """What a table says of one service: of one of the `services` beside each other, or of the only one."""
    totals, titles = draft.totals, draft.titles
    if service:
        first = next(iter(draft.rows.values())).line
        titles = [*titles, replace(first, text=service, source=service)]
    return OutcomeTable(
        domain=draft.domain,
        rows=tuple(outcome_row(row, service) for row in draft.rows.values()),
        titles=tuple(titles),
        is_beside_others=bool(service),
        service=service or draft.service,
        total=totals.get(service, totals.get(ALL) if len(services) < 2 else None),
        commentary=tuple(draft.commentary),
        is_summary=is_summary,
    )


def as_text(block: Block) -> Block:
    """A block as one of a cell: what looks like a heading is a bold line there."""
    if block.kind != "heading" and not (block.kind == "line" and block.level):
        return block
    words = block.as_markdown().removeprefix("**").removesuffix("**")  # a star of the text itself stays
    return replace(block, kind="line", markdown=f"**{words}**", level=0)
