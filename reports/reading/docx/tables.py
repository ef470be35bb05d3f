"""Tables of a Word file: those of NHS England's template, case studies with their totals, frames around text, data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from eds.edition import Edition
from eds.text.markdown import escaped
from reports.reading.blocks import Block, Notes
from reports.reading.prose import patterns
from reports.reading.template.cells.labels import is_label_table
from reports.reading.template.forms import Above, Grid
from reports.reading.template.meanings import NO_MEANINGS, Meanings
from reports.reading.template.recognise import blocks_of_form

Cell = list[Block]
SCORES = re.compile(r"(?:the )?panel(?:’s|'s)? (?:scor(?:ing|es?)|ratings?)", re.IGNORECASE)
NOTHING_ABOVE = Above()
OUT_OF = re.compile(r"[0-9.]+\s*/\s*[0-9]+|not scored", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Table:
    rows: list[list[Cell]]


def blocks_of_table(
    table: Table,
    edition: Edition,
    notes: Notes,
    above: Above = NOTHING_ABOVE,
    meanings: Meanings = NO_MEANINGS,
) -> Iterator[Block]:
    """What the table says: as a table of NHS England's template, as lines, or as data. `above` is what it stands below.

    `meanings` are what a person said that its words mean.
    """
    if not table.rows:
        return
    is_column = max(sum(map(bool, row)) for row in table.rows) == 1
    if is_column and not is_label_table(Grid(rows=table.rows)):  # a frame around text
        yield from (block for row in table.rows for cell in row for block in cell)
        return
    blocks = _without_title(table.rows, edition, notes, above, meanings)
    if blocks is None:
        blocks = blocks_of_form(table.rows, edition, notes, above, meanings)
    if blocks is not None:
        yield from blocks
    elif any(block.form for row in table.rows for cell in row for block in cell):  # a frame around tables
        yield from (block for row in table.rows for cell in row for block in cell)
    elif any(_case_study(row) for row in table.rows):
        yield from _case_studies(table.rows, notes)
    else:
        yield _data(table)


def _without_title(rows, edition: Edition, notes: Notes, above: Above, meanings: Meanings):
    """A table of scores below a row of its own that says "Panel scoring"; None where it is another table."""
    has_title = len(rows) > 1 and sum(map(bool, rows[0])) == 1 and SCORES.fullmatch(said(_line_cell(rows[0])))
    if not has_title:
        return None
    if (blocks := blocks_of_form(rows[1:], edition, notes, above, meanings)) is not None:
        notes.skip(_line(rows[0], " | "), "the heading of a table of scores")
    return blocks


def _line_cell(row: list[Cell]) -> Cell:
    return next(cell for cell in row if cell)


def _case_studies(rows: list[list[Cell]], notes: Notes) -> Iterator[Block]:
    """A list of case studies, each with its total."""
    for row in rows:
        line = _line(row, " | ")
        totals = [text for cell in row[1:] if OUT_OF.fullmatch(text := said(cell))]
        if _case_study(row) and totals:
            yield replace(line, text=f"{said(row[0])} – {totals[-1]}")
        elif _case_study(row):
            yield replace(line, text=" ".join(said(cell) for cell in row if cell))
        else:
            notes.skip(line, "the headings of a table of case studies")


def said(cell: Cell) -> str:
    return " ".join(" ".join(block.text for block in cell).split())


def _case_study(row: list[Cell]) -> re.Match | None:
    return patterns.CASE_STUDY.fullmatch(said(row[0])) if row else None


def _line(row: list[Cell], between: str) -> Block:
    """The whole row as a line, at the place of its first paragraph."""
    texts = [said(cell) for cell in row if cell]
    first = next(block for cell in row for block in cell)
    return Block(kind="line", text=between.join(texts), line=first.line, source=between.join(texts))


def data_of_table(table: Table) -> Iterator[Block]:
    """The table as one in Markdown, whatever it holds."""
    if table.rows:
        yield _data(table)


def _data(table: Table) -> Block:
    """Its first row is the heading of its columns, which is bold of itself."""
    width = max(len(row) for row in table.rows)
    head, *body = table.rows
    texts = [
        [escaped(said(cell)).replace("|", "\\|") for cell in head],
        *([_cell(cell) for cell in row] for row in body),
    ]
    rows = [row + [""] * (width - len(row)) for row in texts]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * width)
    text = "\n".join(_line(row, " | ").text for row in table.rows)
    first = _line(table.rows[0], " | ")
    return Block(kind="table", text=text, line=first.line, source=text, markdown="\n".join(lines))


def _cell(cell: Cell) -> str:
    text = " ".join(block.as_markdown() for block in cell)
    return " ".join(text.replace("\\\n", " ").split()).replace("|", "\\|")
