"""The table of contents of a Word file: a field that Word can update, whose lines are there from the start.

The lines lead to the headings. They have no page numbers, because only the program that lays out the pages knows them:
Word adds them when somebody updates the table.
"""

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from reports.writing.docx import styles
from reports.writing.docx.document import add_paragraph, add_text

CODE = r' TOC \o "1-2" \h \z \u '  # headings of two levels and what has their outline level, as links
GALLERY = "Table of Contents"  # what Word offers its button "Update table" for
LEVELS = {"Heading 1": 0, styles.SAME_PAGE: 0, "Heading 2": 1}


def add_contents(document: Document) -> Paragraph:
    """The heading of the contents, and the paragraph that `fill_contents` replaces when all headings are there."""
    add_paragraph(document, "Contents", style=styles.CONTENTS_HEADING)
    return add_paragraph(document)


def fill_contents(document: Document, place: Paragraph) -> None:
    """Writes a line for each heading that stands after `place`."""
    heading = place._p.getprevious()
    block = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="{GALLERY}"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    place._p.addnext(block)
    content = block.find(qn("w:sdtContent"))
    content.append(heading)
    ids = {name: document.styles[name].style_id for name in (*LEVELS, *styles.CONTENTS)}
    levels = {ids[name]: level for name, level in LEVELS.items()}
    lines = []
    for number, (title, level) in enumerate(_headings(document, levels), start=1):
        name = f"_Toc{number:06}"
        _mark(title, name, number)
        lines.append(_line(place, ids[styles.CONTENTS[level]], title, name))
    _make_field(lines)
    content.extend(lines)
    place._p.getparent().remove(place._p)


def _headings(document: Document, levels: dict[str, int]) -> list[tuple[Paragraph, int]]:
    """The headings with their levels. A heading inside a table is none of a part."""
    headings = []
    for element in document.element.body.iterchildren(qn("w:p")):
        level = levels.get(element.style or "")
        if level is not None:
            headings.append((Paragraph(element, document._body), level))
    return headings


def _mark(heading: Paragraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    heading._p.insert(1, start)
    heading._p.append(end)


def _line(place: Paragraph, style_id: str, heading: Paragraph, bookmark: str):
    """The line as an element that is in no document yet."""
    line = OxmlElement("w:p")
    line.style = style_id
    paragraph = Paragraph(line, place._parent)
    add_text(paragraph, " ".join(heading.text.split()))
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.extend(list(line.r_lst))
    line.append(link)
    return line


def _make_field(lines: list) -> None:
    """Makes these paragraphs the result of one field."""
    begin = [
        f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve">{CODE}</w:instrText></w:r>',
        f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="separate"/></w:r>',
    ]
    for run in reversed(begin):
        lines[0].pPr.addnext(parse_xml(run))
    lines[-1].append(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'))
