"""A Word file that everyone can read: its language, styles, footer, headings, links and tables.

Whatever an author wrote goes in as plain text; the only field codes are the page numbers of the footer.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from django.utils.encoding import iri_to_uri
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from reports.writing.ooxml import settled, xml_text

LANGUAGE = "en-GB"
FONT = "Arial"
INK, DARK_BLUE, LINK_BLUE = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x00, 0x30, 0x87), RGBColor(0x00, 0x5E, 0xB8)
SHADE = "E8EDEE"  # NHS Pale Grey, behind black text
SHORT_SIDE, LONG_SIDE, MARGIN = Cm(21), Cm(29.7), Cm(2)  # A4
SIZES = {"Title": 26, "Subtitle": 14, "Heading 1": 20, "Heading 2": 16, "Heading 3": 14, "Caption": 12}

CELL_MARGINS = f"""<w:tblCellMar {nsdecls("w")}>
<w:top w:w="60" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>"""
FEW = 8  # rows of a table that is kept on one page

Place = Document | _Cell


def new_document(*, title: str, author: str, made: datetime) -> Document:
    """An empty A4 document with title, language and page numbers. Text is 12 points or more."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.last_modified_by = (
        xml_text(text)[:255] for text in (title, author, author)
    )
    core.language, core.comments, core.keywords = LANGUAGE, "", ""
    core.created = core.modified = made
    core.revision = 1
    section = document.sections[0]
    section.page_width, section.page_height = SHORT_SIDE, LONG_SIDE
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", MARGIN)
    _set_language(document)
    _set_styles(document)
    _write_footer(section.footer.paragraphs[0], f"{author}. ")
    return document


def saved(document: Document, made: datetime) -> bytes:
    file = BytesIO()
    document.save(file)
    return settled(file.getvalue(), made)


def _set_language(document: Document) -> None:
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), LANGUAGE)
    for element in document.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), LANGUAGE)


def _set_styles(document: Document) -> None:
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            is_heading = style.name in ("Title", "Subtitle") or style.name.startswith("Heading")
            _set_font(style, SIZES.get(style.name, 12), DARK_BLUE if is_heading else INK)
            if is_heading:
                style.paragraph_format.keep_with_next = True
                style.paragraph_format.space_before = Pt(18 if style.name == "Heading 1" else 12)
                style.paragraph_format.space_after = Pt(6)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    caption = document.styles["Caption"].paragraph_format
    caption.keep_with_next, caption.space_before, caption.space_after = True, Pt(12), Pt(4)
    result = document.styles.add_style("Result", WD_STYLE_TYPE.PARAGRAPH)
    result.base_style = document.styles["Normal"]
    result.paragraph_format.space_before = Pt(12)
    document.styles["Quote"].paragraph_format.left_indent = Cm(1)
    for border in document.styles["Title"].element.xpath("w:pPr/w:pBdr"):
        border.getparent().remove(border)


def _set_font(style: ParagraphStyle, size: int, colour: RGBColor) -> None:
    """Sets the font of a style, whose theme would win over it otherwise."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    style.font.size, style.font.color.rgb = Pt(size), colour
    if style.name in ("Quote", "Caption", "Subtitle"):
        style.font.italic = style.name == "Quote"


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
    """A new paragraph; in a cell that is still empty, the one that it comes with."""
    if isinstance(place, _Cell) and len(place.paragraphs) == 1 and not len(place.paragraphs[0]._p):
        paragraph = place.paragraphs[0]
        paragraph.style = style
    else:
        paragraph = place.add_paragraph(style=style)
    add_text(paragraph, text)
    return paragraph


def add_text(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False) -> None:
    if text:
        run = paragraph.add_run(xml_text(text))
        run.bold, run.italic = bold or None, italic or None


def add_heading(document: Document, text: str, level: int, *, bookmark: str = "") -> None:
    """A heading, to which `add_jump` can lead when it has a bookmark."""
    paragraph = document.add_heading(level=level)
    add_text(paragraph, text)
    if bookmark:
        number = str(len(document.element.xpath("//w:bookmarkStart")))
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), number)
        start.set(qn("w:name"), bookmark)
        paragraph._p.insert(1, start)
        paragraph._p.append(end)


def add_jump(paragraph: Paragraph, text: str, bookmark: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    _add_link(paragraph, link, text)


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """A link to a web or e-mail address, which the caller has found harmless."""
    link = OxmlElement("w:hyperlink")
    kind = RELATIONSHIP_TYPE.HYPERLINK
    link.set(qn("r:id"), paragraph.part.relate_to(iri_to_uri(address), kind, is_external=True))
    _add_link(paragraph, link, text)


def _add_link(paragraph: Paragraph, link, text: str) -> None:
    run = paragraph.add_run(xml_text(text))
    run.font.color.rgb, run.font.underline = LINK_BLUE, True
    link.append(run._r)
    paragraph._p.append(link)


def break_line(paragraph: Paragraph) -> None:
    paragraph.add_run().add_break(WD_BREAK.LINE)


# Tables


def add_table(document: Document, caption: str, columns: Sequence[str], widths: Sequence[float]) -> Table:
    """A table under its caption, if any, with a header row that each page repeats. Widths are in cm."""
    if caption:
        add_paragraph(document, caption, style="Caption")
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    described = OxmlElement("w:tblCaption")  # what Word calls the table's alternative text
    described.set(qn("w:val"), xml_text(caption or ", ".join(columns)))
    table._tbl.tblPr.append(described)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(parse_xml(CELL_MARGINS))
    for cell, width, name in zip(table.rows[0].cells, widths, columns, strict=True):
        cell.width = Cm(width)
        _shade(cell)
        add_text(add_paragraph(cell), name, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    keep_whole(table.rows[0])
    return table


def add_row(table: Table, *, is_total: bool = False) -> Sequence[_Cell]:
    """The cells of a new row. A total's row is shaded."""
    cells = table.add_row().cells
    for cell, column in zip(cells, table.columns, strict=True):
        cell.width = column.width
        if is_total:
            _shade(cell)
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


def _shade(cell: _Cell) -> None:
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(shade))
