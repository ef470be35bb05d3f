"""A table with a column for each score and a tick in one of them, as one with a column of ratings."""

from collections.abc import Sequence

from eds.edition import Edition
from reports.reading.blocks import Block
from reports.reading.template.cells.ratings import UNTICKED, rating_of

LONGEST = 3  # characters of a tick: "✓", "x", "Yes"


def with_one_rating(rows: Sequence[list], edition: Edition) -> list[list]:
    """The rows with the score of the ticked column in the first of those columns; other tables unchanged."""
    for number, row in enumerate(rows[:3]):
        scores = {at: _score(cell, edition) for at, cell in enumerate(row)}
        columns = [at for at, score in scores.items() if score is not None]
        if len(columns) > 2 and len({scores[at] for at in columns}) == len(columns):
            body = rows[number + 1 :]
            if _are_ticks(body, columns):
                return [*rows[:number], *_joined(row, body, columns)]
    return list(rows)


def _score(cell: Sequence[Block], edition: Edition) -> float | None:
    found = rating_of(_text(cell), edition) if cell else None
    return found.judgement.score if found else None


def _text(cell: Sequence[Block]) -> str:
    """Its words; an empty box says nothing."""
    text = " ".join(block.text for block in cell)
    return "" if text and not text.strip(UNTICKED + " ") else text


def _are_ticks(body: Sequence[list], columns: Sequence[int]) -> bool:
    texts = [_text(row[at]) for row in body for at in columns if at < len(row) and _text(row[at])]
    return bool(texts) and all(len(text) <= LONGEST and not text.isdigit() for text in texts)


def _joined(head: list, body: Sequence[list], columns: Sequence[int]) -> list[list]:
    first, *others = columns
    names = {at: head[at] for at in columns}
    made = [[_line(cell[0], "Rating") if at == first else cell for at, cell in enumerate(head)]]
    made[0] = [[one] if isinstance(one, Block) else one for one in made[0]]
    for row in body:
        ticked = [at for at in columns if at < len(row) and _text(row[at])]
        texts = " / ".join(_text(names[at]) for at in ticked)  # two ticks are no rating, and are named
        cell = [_line(row[ticked[0]][0], texts)] if ticked else []
        made.append([cell if at == first else one for at, one in enumerate(row)])
    return [[cell for at, cell in enumerate(row) if at not in others] for row in made]


def _line(block: Block, text: str) -> Block:
    return Block(kind="line", text=text, line=block.line, source=text)
