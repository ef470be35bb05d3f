"""Whole tables of a report in a Word file, the first cell of each row in bold."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Emu
from docx.table import _Cell

from eds.content import ReportContent
from reports.writing import tables
from reports.writing.docx import styles
from reports.writing.docx.document import add_paragraph, add_row, add_table, keep_together
from reports.writing.docx.markdown_blocks import WIDTH
from reports.writing.drawing import pictures
from reports.writing.ooxml import xml_text


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
            add_paragraph(cell, text, style=None if number else styles.TABLE_HEADING)
    keep_together(table)


def add_made_table(document: Document, table: tables.Table, widths: Sequence[float]) -> None:
    """A table of `tables.py`, whose last cell spans what is left in a total's row."""
    made = add_table(document, table.caption, table.columns, widths)
    for row in table.rows:
        cells = add_row(made, is_total=row.is_total)
        for number, (cell, made_cell) in enumerate(zip(cells, row.cells, strict=False)):
            _say(cell, made_cell, bold=number == 0 or row.is_total)
        if row.span > 1:
            cells[len(row.cells) - 1].merge(cells[-1])
    keep_together(made)


def _say(cell: _Cell, made_cell: tables.Cell, *, bold: bool) -> None:
    text = " ".join(part for part in (made_cell.lead, made_cell.text) if part)
    add_paragraph(cell, text, style=styles.TABLE_HEADING if bold else None)
    if made_cell.about:
        add_paragraph(cell, made_cell.about)


# The report's pictures in a Word file, each with its words as alternative text.

SHOWN = ("score-card", "change-since-last-year")
UNIT = 2.54 / 96  # cm of a picture's unit: as on the page, its letters are 12 points high


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """The pictures of a report's results with their dots, by name: what the others show, Word has as tables."""

    made: dict[str, tuple[pictures.Picture, bytes]]

    @classmethod
    def of(cls, content: ReportContent) -> "Pictures":
        """Raises PDFUnavailableError."""
        all_made = [each for each in pictures.all_pictures(content) if each.name in SHOWN]
        dots = pictures.to_png([picture.svg for picture in all_made])
        pairs = zip(all_made, dots, strict=True)
        return cls(made={picture.name: (picture, data) for picture, data in pairs})

    def add(self, document: Document, name: str) -> None:
        """Adds the picture of that name, where there is one, in a paragraph that stays with the next."""
        if name in self.made:
            _add(document, *self.made[name])


def add_logo(document: Document, logo: bytes, name: str) -> None:
    """Adds an organisation's logo, a PNG, at the right, with the organisation's name as alternative text."""
    paragraph = add_paragraph(document)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    shape = paragraph.add_run().add_picture(BytesIO(logo))
    smaller = min(Cm(6) / shape.width, Cm(3) / shape.height)
    shape.width, shape.height = Emu(int(shape.width * smaller)), Emu(int(shape.height * smaller))
    shape._inline.docPr.set("descr", xml_text(name))


def _add(document: Document, picture: pictures.Picture, data: bytes) -> None:
    width = (pictures.size_of(picture.svg)[0] + 2 * pictures.MARGIN) * UNIT
    paragraph = add_paragraph(document)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(data), width=Cm(min(width, WIDTH)))
    properties = shape._inline.docPr
    properties.set("title", xml_text(picture.title))
    properties.set("descr", xml_text(picture.description))
