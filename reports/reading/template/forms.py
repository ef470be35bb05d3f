"""What the tables of NHS England's template hold, as values: a block of a Word file carries one in `form`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eds.content import Action, Judgement, PreviousAction
from reports.reading.blocks import Block


@dataclass(frozen=True, kw_only=True)
class OutcomeRow:
    """What a table says of one outcome area. `judgement` is None where the table has no rating of it."""

    code: str
    evidence: tuple[Block, ...] = ()
    judgement: Judgement | None = None
    self_assessment: Judgement | None = None
    owner: str = ""
    line: Block


@dataclass(frozen=True, kw_only=True)
class OutcomeTable:
    """One domain of one service. `titles` are texts of the table that may name the service, the best first."""

    domain: int
    rows: tuple[OutcomeRow, ...]
    titles: tuple[Block, ...] = ()
    service: str = ""  # where the table itself says it beyond doubt
    total: int | float | None = None
    commentary: tuple[Block, ...] = ()
    is_beside_others: bool = False  # one of several services in one table
    is_summary: bool = False  # scores of several domains, and nothing else

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.rows)

    @property
    def has_scores(self) -> bool:
        return any(row.judgement is not None for row in self.rows)

    def joined_with(self, other: "OutcomeTable") -> "OutcomeTable":
        """The same with what another table tells of the service's other outcome areas; the first total is kept."""
        return replace(
            self,
            rows=(*self.rows, *other.rows),
            titles=(*self.titles, *other.titles),
            total=other.total if self.total is None else self.total,
            commentary=(*self.commentary, *other.commentary),
        )

    @property
    def has_evidence(self) -> bool:
        return any(row.evidence for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Labels and what stands beside or below each, by field; the table that they are of, in order."""

    values: Sequence[tuple[str, Block, str]] = ()  # field, its cell, its text


@dataclass(frozen=True, kw_only=True)
class ActionPlan:
    """Recommendations by the number of their domain, None where the table names none."""

    actions: tuple[tuple[int | None, Action], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PreviousActions:
    actions: tuple[PreviousAction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Service:
    """A heading below which a service, or a domain that has none, is told."""

    number: int
    title: str
    domain: int
    is_named: bool = True  # does the file say what it is called?


@dataclass(frozen=True, kw_only=True)
class OfDomain:
    """A heading of a case study whose tables say which domain it is of."""

    domain: int


@dataclass(frozen=True, kw_only=True)
class OutOfCaseStudy:
    """A heading that ends a case study: what comes is of the whole report."""


@dataclass(frozen=True, kw_only=True)
class StatedDomain:
    """A line that says what a domain came to as a whole."""

    domain: int
    points: int | float


@dataclass(frozen=True, kw_only=True)
class Above:
    """What a table stands below: the nearest line, and the code of the outcome area that its heading names."""

    heading: str = ""
    outcome: str = ""


class Merged(list):
    """An empty cell that goes on with the one above it."""


@dataclass
class Grid:
    """The cells of a table, each a list of blocks; a cell over several columns is followed by empty tuples.

    What nobody took is left at the end, so that it can be named.
    """

    rows: list[list]
    taken: set[tuple[int, int]] = field(default_factory=set)
    values: set[tuple[int, int]] = field(default_factory=set)  # cells that are no labels, by where they stand

    def __post_init__(self):
        self.width = max((len(row) for row in self.rows), default=0)
        self.rows = [[*row, *([[]] * (self.width - len(row)))] for row in self.rows]

    def text(self, row: int, column: int) -> str:
        return " ".join(" ".join(block.text for block in self.rows[row][column]).split())

    def take(self, row: int, column: int) -> list[Block]:
        self.taken.add((row, column))
        return list(self.rows[row][column])

    def texts(self, row: int) -> list[str]:
        return [self.text(row, column) for column in range(self.width)]

    def filled(self, row: int) -> list[int]:
        """The columns of a row that say anything."""
        return [column for column, cell in enumerate(self.rows[row]) if cell]

    def spread(self, row: int) -> list[str]:
        """The texts of a row, a wide cell's in every column that it covers."""
        texts, last = [], ""
        for column, cell in enumerate(self.rows[row]):
            last = last if cell == () else self.text(row, column)
            texts.append(last)
        return texts

    def line(self, row: int) -> Block:
        """A whole row as one line, at the place of its first words."""
        text = " | ".join(filter(None, self.texts(row)))
        first = next(block for cell in self.rows[row] for block in cell)
        return Block(kind="line", text=text, line=first.line, source=text)

    def cell(self, row: int, column: int) -> Block:
        """A cell as one line."""
        text = self.text(row, column)
        return Block(kind="line", text=text, line=self.rows[row][column][0].line, source=text)

    def left(self):
        """Cells that say something and that nobody took."""
        for row in range(len(self.rows)):
            for column in self.filled(row):
                if (row, column) not in self.taken:
                    yield row, column
