"""A Word file that everyone can read: its footer, headings, links and tables.

Whatever an author wrote goes in as plain text; the only field codes are the page numbers of the footer and those of
`contents.py`.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from django.utils.encoding import iri_to_uri
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from reports.writing.docx import styles
from reports.writing.ooxml import settled, xml_text

SHORT_SIDE, LONG_SIDE, MARGIN = Cm(21), Cm(29.7), Cm(2)  # A4
FEW = 8  # rows of a table that is kept on one page

Place = Document | _Cell


def new_document(*, title: str, author: str, made: datetime) -> Document:
    """An empty A4 document with title, language and page numbers. Text is 12 points or more."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.last_modified_by = (
        xml_text(text)[:255] for text in (title, author, author)
    )
    core.language, core.comments, core.keywords = styles.LANGUAGE, "", ""
    core.created = core.modified = made
    core.revision = 1
    section = document.sections[0]
    section.page_width, section.page_height = SHORT_SIDE, LONG_SIDE
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", MARGIN)
    styles.set_language(document)
    styles.set_styles(document)
    _write_footer(section.footer.paragraphs[0], f"{author}. ")
    return document


def saved(document: Document, made: datetime) -> bytes:
    file = BytesIO()
    document.save(file)
    return settled(file.getvalue(), made)


def _write_footer(paragraph: Paragraph, before: str) -> None:
    paragraph.add_run(xml_text(before).replace("\n", " "))
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        code = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(code))


def turn_page(document: Document) -> None:
    """Everything that follows stands on pages turned sideways."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = LONG_SIDE, SHORT_SIDE


# Paragraphs


def add_paragraph(place: Place, text: str = "", *, style: str | None = None) -> Paragraph:
    """A new paragraph; in a cell that ends with an empty one, that."""
    if isinstance(place, _Cell) and _is_empty(place._tc[-1]):
        paragraph = Paragraph(place._tc[-1], place)
    else:
        paragraph = place.add_paragraph()
    if style := style or (styles.TABLE_TEXT if isinstance(place, _Cell) else None):
        styles.give_style(paragraph, style)
    add_text(paragraph, text)
    return paragraph


def _is_empty(element) -> bool:
    return element.tag == qn("w:p") and not len(element)


def add_text(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False) -> None:
    if text:
        run = paragraph.add_run(xml_text(text))
        run.bold, run.italic = bold or None, italic or None


def add_heading(document: Document, text: str, level: int, *, style: str | None = None) -> None:
    """A heading. `style` is for one that looks otherwise than Word's own of this level."""
    paragraph = add_paragraph(document, style=style or f"Heading {level}")
    add_text(paragraph, text)


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """A link to a web or e-mail address, which the caller has found harmless."""
    link = OxmlElement("w:hyperlink")
    kind = RELATIONSHIP_TYPE.HYPERLINK
    link.set(qn("r:id"), paragraph.part.relate_to(iri_to_uri(address), kind, is_external=True))
    _add_link(paragraph, link, text)


def _add_link(paragraph: Paragraph, link, text: str) -> None:
    run = paragraph.add_run(xml_text(text))
    run.style = styles.LINK
    link.append(run._r)
    paragraph._p.append(link)


def break_line(paragraph: Paragraph) -> None:
    paragraph.add_run().add_break(WD_BREAK.LINE)


# Tables


def add_table(place: Place, caption: str, columns: Sequence[str], widths: Sequence[float]) -> Table:
    """A table under its caption, if any, with a header row that each page repeats. Widths are in cm."""
    if caption:
        add_paragraph(place, caption, style="Caption")
    if isinstance(place, _Cell):
        blank = [place._tc[-1]] if _is_empty(place._tc[-1]) else []
        table = place.add_table(rows=1, cols=len(columns))
        table.style = styles.TABLE
        for paragraph in blank:  # the table comes with another after it
            place._tc.remove(paragraph)
    else:
        table = place.add_table(rows=1, cols=len(columns), style=styles.TABLE)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    described = OxmlElement("w:tblCaption")  # what Word calls the table's alternative text
    described.set(qn("w:val"), xml_text(caption or ", ".join(columns)))
    table._tbl.tblPr.append(described)
    for cell, width, name in zip(table.rows[0].cells, widths, columns, strict=True):
        cell.width = Cm(width)
        add_paragraph(cell, name, style=styles.TABLE_HEADING)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    keep_whole(table.rows[0])
    return table


def add_row(table: Table, *, is_total: bool = False) -> Sequence[_Cell]:
    """The cells of a new row. A total's row is the last, which the table's style shades."""
    cells = table.add_row().cells
    for cell, column in zip(cells, table.columns, strict=True):
        cell.width = column.width
    if is_total:
        table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:lastRow"), "1")
    return cells


def keep_together(table: Table) -> None:
    """Breaks no row over two pages, and a table of few rows not at all."""
    for row in table.rows:
        keep_whole(row)
    if len(table.rows) <= FEW:
        for row in table.rows[:-1]:
            for paragraph in (part for cell in row.cells for part in cell.paragraphs):
                paragraph.paragraph_format.keep_with_next = True


def keep_whole(row: _Row) -> None:
    """Keeps a row on one page."""
    properties = row._tr.get_or_add_trPr()
    if properties.find(qn("w:cantSplit")) is None:
        properties.insert(0, OxmlElement("w:cantSplit"))
