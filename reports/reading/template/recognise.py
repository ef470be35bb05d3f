"""Which table of NHS England's template a table of a Word file is, by its columns and by what is in them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from eds.edition import Edition
from reports.reading.blocks import Block, Notes
from reports.reading.template.action_tables import ActionTable
from reports.reading.template.cells import columns as role
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.columns import column_of
from reports.reading.template.cells.labels import is_label_table, parts_by_labels, read_labels
from reports.reading.template.forms import Above, Grid, PreviousActions
from reports.reading.template.meanings import (
    NO_MEANINGS,
    Meanings,
    ask_columns,
    is_asked_about,
    keys_of,
    text_of,
    with_guessed_codes,
    with_lettered_codes,
    with_meanings,
)
from reports.reading.template.outcomes.layout import Layout, layout_of
from reports.reading.template.outcomes.outcome_table import OutcomeTableReader
from reports.reading.template.outcomes.ticks import with_one_rating

INLINE = re.compile(r"(evidence|grade|rating|score|owner|lead)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
LONGEST_LABEL = 60  # characters of one that we do not know
OF_AN_OUTCOME = (role.EVIDENCE, role.RATING, role.OWNER, role.REASON, role.SELF)


def blocks_of_form(
    rows: list[list], edition: Edition, notes: Notes, above: Above, meanings: Meanings = NO_MEANINGS
) -> list[Block] | None:
    """The table as blocks that carry what it holds; None where it is no table of the template."""
    first, middle, last = parts_by_labels(rows)
    blocks = _blocks_of_one(middle, edition, notes, above, meanings) if middle else []
    if blocks is None or not (first or last):
        return blocks
    around = [
        [_block(grid, read_labels(grid, notes))] if (grid := Grid(rows=part)).rows else []
        for part in (first, last)
    ]
    return [*around[0], *blocks, *around[1]]


def _blocks_of_one(
    rows: list[list], edition: Edition, notes: Notes, above: Above, meanings: Meanings
) -> list[Block] | None:
    """Those of a table without the rows of labels before it and after it."""
    rows = with_one_rating(_turned(rows, edition), edition)
    keys = keys_of(rows, Codes(edition))
    rows = with_meanings(rows, meanings, edition)
    grid = Grid(rows=rows)
    actions = ActionTable(grid, edition, above.heading)
    if kind := actions.kind:
        form = actions.previous_actions(notes) if kind is PreviousActions else actions.plan(notes)
        return [_block(grid, form)]
    if is_label_table(grid):
        return [_block(grid, read_labels(grid, notes))]
    grid, upright = _with_codes(rows, edition, notes, above)
    for one in filter(None, (upright, grid)):
        layout = layout_of(one, edition)
        if one is grid and is_asked_about(layout, keys):
            ask_columns(notes.questions, layout, grid.rows, keys, edition)
        if _tells_outcomes(one, layout, edition):
            return [_block(one, form) for form in OutcomeTableReader(one, layout, edition, notes).tables()]
    return None


def _with_codes(rows: list[list], edition: Edition, notes: Notes, above: Above) -> tuple[Grid, Grid | None]:
    """The table with a code for each outcome area where it has none; and one with labels at the left, laid down."""
    grid = Grid(rows=rows)
    upright = _laid_down(grid, edition)
    if upright or layout_of(grid, edition).codes:
        return grid, upright
    grid = Grid(rows=with_lettered_codes(rows, edition, above.heading))
    if not layout_of(grid, edition).codes and above.outcome:
        grid = Grid(rows=_below_outcome(rows, above.outcome))
        upright = _laid_down(grid, edition)
    if not layout_of(grid, edition).codes:
        grid = Grid(rows=with_guessed_codes(rows, edition, notes.questions))
    return grid, upright


def _turned(rows: list[list], edition: Edition) -> list[list]:
    """A table with a column for each outcome area and a row for each service, as one with them the other way round."""
    codes, head = Codes(edition), rows[0]
    named = {one.code for cell in head if cell and (one := codes.named(text_of(cell)))}
    is_turned = len(named) > 1 and 2 * len(named) >= len(head) and len({len(row) for row in rows}) == 1
    if not is_turned or any(codes.named(text_of(row[0])) for row in rows if row[0]) or () in head:
        return rows
    names = [row[0] for row in rows[1:]]
    if not (names and all(names)):
        return rows
    if head[0] and not (column_of(text_of(head[0])).is_known or codes.is_domain(text_of(head[0]))):
        return rows
    first = names[0][0]
    corner = [Block(kind="line", text="Outcome", source="Outcome", line=first.line)]
    columns = [[list(row[at]) for row in rows] for at in range(1, len(head))]
    return [[corner, *names], *filter(any, columns)]


def _below_outcome(rows: list[list], code: str) -> list[list]:
    """A table that tells one outcome area, whose code stands in the heading above, as one with that code.

    It has labels of what is told at the left, or at the top; any other is left as it is.
    """
    grid = Grid(rows=rows)

    def line(text: str) -> list[Block]:
        return [Block(kind="line", text=text, source=text, line=grid.line(0).line)]

    at_left = [_role_of_label(grid.text(row, 0)) for row in range(len(grid.rows))]
    if grid.width > 1 and all(at_left) and {role.RATING, role.EVIDENCE} & set(at_left):
        return [[line(code), *([[]] * (grid.width - 1))], *grid.rows]
    at_top = {_role_of_label(text, role.SERVICE) for text in grid.texts(0) if text}
    if len(at_top) > 1 and all(at_top) and len(grid.rows) > 1:
        head, first, *others = grid.rows
        return [[line("Outcome"), *head], [line(code), *first], *([[], *row] for row in others)]
    return rows


def _block(grid: Grid, form: object) -> Block:
    first = grid.line(0)
    text = "\n".join(grid.line(row).text for row in range(len(grid.rows)))
    return replace(first, kind="table", text=text, source=text, form=form)


def _tells_outcomes(grid: Grid, layout: Layout, edition: Edition) -> bool:
    if not layout.codes:
        return False
    if layout.has(role.RATING, role.EVIDENCE, role.SELF):
        return True
    return len(layout.codes) > 1 and 2 * len(layout.codes) >= len(grid.rows)


def _laid_down(grid: Grid, edition: Edition) -> Grid | None:
    """A table with one outcome area below another, labels at the left, as one with the labels at the top."""
    codes, found = Codes(edition), []
    head = [column_of(text).role for text in grid.texts(0) if text]
    if sum(one in OF_AN_OUTCOME for one in head) > 1:
        return None
    for row in range(len(grid.rows)):
        parts = list(_parts(grid, row))
        if any(codes.named(text) for text, _ in parts[:2] if text) and not (
            parts[0][0] and _is_label(parts[0][0])
        ):
            found.append({"": [cell for _, cell in parts], "row": row})
        elif found and parts and (_is_label(parts[0][0]) or _is_other_label(parts)):
            label, values = parts[0][0], [block for _, cell in parts[1:] for block in cell]
            found[-1].setdefault(label.rstrip(": "), []).extend(values or [])
        else:
            return None
    labels = [
        label for label in dict.fromkeys(key for one in found for key in one) if label not in ("", "row")
    ]
    if not found or not any(column_of(label).role in (role.RATING, role.EVIDENCE) for label in labels):
        return None
    return Grid(rows=[_head(grid, labels), *(_laid_row(one, labels, codes) for one in found)])


def _head(grid: Grid, labels: list[str]) -> list:
    first = grid.line(0)
    return [
        [replace(first, text=text, source=text, kind="line")] for text in ("Outcome", "Statement", *labels)
    ]


def _laid_row(one: dict, labels: list[str], codes: Codes) -> list:
    cells = one[""]
    start = next(
        place for place, cell in enumerate(cells) if codes.named(" ".join(block.text for block in cell))
    )
    others = [
        block
        for place, cell in enumerate(cells)
        if place != start and column_of(_text(cell)).role != role.OUTCOME
        for block in cell
    ]
    return [cells[start], others, *(one.get(label, []) for label in labels)]


def _parts(grid: Grid, row: int) -> Iterator[tuple[str, list[Block]]]:
    """The cells of a row; one like "Grade: Developing" is its label and its value."""
    for column in grid.filled(row):
        cell, text = grid.rows[row][column], grid.text(row, column)
        match = INLINE.fullmatch(text)
        if match and len(cell) == 1:
            yield match.group(1), cell
            yield match.group(2), [cell[0].ending(match.group(2))]
        else:
            yield text, list(cell)


def _text(cell: list[Block]) -> str:
    return " ".join(block.text for block in cell)


def _role_of_label(text: str, *others: str) -> str:
    """What of an outcome area the label names, or one of the `others`; "" for any other text."""
    column = column_of(text.rstrip(": "))
    return column.role if column.is_known and column.role in (*OF_AN_OUTCOME, *others) else ""


def _is_label(text: str) -> bool:
    return bool(_role_of_label(text))


def _is_other_label(parts: list[tuple[str, list[Block]]]) -> bool:
    """Is it a short text with one beside it: a label of the organisation's own?"""
    return len(parts) == 2 and len(parts[0][0]) <= LONGEST_LABEL and not parts[0][0].endswith(".")
