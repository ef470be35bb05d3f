"""Whole tables of a report in a Word file, the first cell of each row in bold."""

from collections.abc import Sequence

from docx.document import Document
from docx.table import _Cell

from reports.writing import tables
from reports.writing.docx.document import add_paragraph, add_row, add_table, add_text, keep_together


def add_rows(
    document: Document,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    """A table of these texts. Widths are in cm."""
    table = add_table(document, caption, columns, widths)
    for row in rows:
        for number, (cell, text) in enumerate(zip(add_row(table), row, strict=True)):
            add_text(add_paragraph(cell), text, bold=number == 0)
    keep_together(table)


def add_made_table(document: Document, table: tables.Table, widths: Sequence[float]) -> None:
    """A table of `tables.py`, whose last cell spans what is left in a total's row."""
    made = add_table(document, table.caption, table.columns, widths)
    for row in table.rows:
        cells = add_row(made, is_total=row.is_total)
        for number, (cell, said) in enumerate(zip(cells, row.cells, strict=False)):
            _say(cell, said, bold=number == 0 or row.is_total)
        if row.span > 1:
            cells[len(row.cells) - 1].merge(cells[-1])
    keep_together(made)


def _say(cell: _Cell, said: tables.Cell, *, bold: bool) -> None:
    paragraph = add_paragraph(cell)
    add_text(paragraph, " ".join(part for part in (said.lead, said.text) if part), bold=bold)
    if said.about:
        add_paragraph(cell, said.about)
