"""Sheets of an Excel workbook: a title, a sentence and one real table each, with nothing that Excel would run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from django.utils.encoding import iri_to_uri
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from eds.totals import Points
from reports.writing.ooxml import xml_text

LONGEST = 32_000  # characters of a cell, in UTF-16: Excel allows 32,767
CUT = " … (cut here: an Excel cell can't hold more; the Word file and the web page have it all)"
LINE, TALLEST = 16.0, 409.0  # points of a line of Arial 12, and of the tallest row that Excel allows
WIDER = 1.1  # a letter in Arial 12, in the measure of a column's width
HEAD = 3  # the row of the table's header, below title and sentence
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A (ECMA-376 part 1, 22.9.2.19)
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
WEB = ("http://", "https://")

Value = str | Points | date | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`columns` are names and widths, in characters; the values of a row stand in their order."""

    name: str
    title: str
    note: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[tuple[Value, ...]]


def add_sheet(book: Workbook, sheet: Sheet) -> None:
    """Adds the sheet as the last of the workbook. Every text is stored as text, never as a formula."""
    page = book.create_sheet(sheet.name)
    for row, value in ((1, sheet.title), (2, sheet.note)):
        fill(page.cell(row=row, column=1), value)
    page["A1"].font = Font(name="Arial", size=14, bold=True)
    page["A2"].font = Font(name="Arial", size=12)
    for column, (name, width) in enumerate(sheet.columns, start=1):
        fill(page.cell(row=HEAD, column=column), name)
        page.cell(row=HEAD, column=column).font = Font(name="Arial", size=12, bold=True)
        page.cell(row=HEAD, column=column).alignment = Alignment(vertical="top", wrap_text=True)
        page.column_dimensions[get_column_letter(column)].width = width
    for row, values in enumerate(sheet.rows, start=HEAD + 1):
        for column, value in enumerate(values, start=1):
            _fill_in_table(page.cell(row=row, column=column), value)
        page.row_dimensions[row].height = height_of(values, [width for _, width in sheet.columns])
    _make_table(book, page, sheet)
    _lay_out(page)


def height_of(values: Sequence[Value], widths: Sequence[int]) -> float:
    """The height of a row in points, so that wrapped text is printed over no other row.

    Excel works out heights by itself, LibreOffice and others don't.
    """
    lines = [
        _lines(value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str)
    ]
    return min(max([1, *lines]) * LINE, TALLEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column so wide. Arial of 12 points is wider than the column's measure, 11."""
    letters = max(int(width / WIDER) - 1, 1)
    return sum(len(wrap(part, letters)) or 1 for part in text.split("\n"))


def _fill_in_table(cell: Cell, value: Value) -> None:
    fill(cell, value)
    cell.font = Font(name="Arial", size=12)
    cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    if isinstance(value, str) and value.lower().startswith(WEB) and not re.search(r"\s", value):
        cell.hyperlink = iri_to_uri(value)


def fill(cell: Cell, value: Value) -> None:
    """Sets what a cell holds: numbers and days as such, and every text as text, whatever it starts with."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "d mmmm yyyy"
        return
    text = ESCAPE.sub("_x005F_", _cut(xml_text(value)))
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_START):
        cell.quotePrefix = True  # so that it stays text when somebody edits the cell


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * LONGEST else units[: 2 * LONGEST].decode("utf-16-le", "ignore") + CUT


def _make_table(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    """Makes header and rows a table with filters. Excel wants a row in it, if an empty one."""
    last = f"{get_column_letter(len(sheet.columns))}{HEAD + max(len(sheet.rows), 1)}"
    table = Table(displayName=sheet.name.replace(" ", "_"), ref=f"A{HEAD}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)  # black on white
    page.add_table(table)


def _lay_out(page: Worksheet) -> None:
    page.freeze_panes = f"A{HEAD + 1}"
    page.print_title_rows = f"{HEAD}:{HEAD}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
