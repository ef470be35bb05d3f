"""The styles of a Word file, built on Word's own, so that an editor changes the look of a report in one place."""

from weakref import WeakKeyDictionary

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
FONT = "Arial"
INK, DARK_BLUE, LINK_BLUE = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x00, 0x30, 0x87), RGBColor(0x00, 0x5E, 0xB8)
SHADE = "E8EDEE"  # NHS Pale Grey, behind black text
SIZES = {"Title": 26, "Subtitle": 14, "Heading 1": 20, "Heading 2": 16, "Heading 3": 14, "TOC Heading": 16}
CONTENTS_HEADING, LINK, RATING, RESULT, SAME_PAGE = (
    "TOC Heading",
    "Hyperlink",
    "Rating",
    "Result",
    "Short part",
)
TABLE, TABLE_TEXT, TABLE_HEADING = "Report table", "Table text", "Table heading"
CONTENTS = ("toc 1", "toc 2")
TEXT_WIDTH = Cm(17)

# Word's own table style with lines, and what this file adds to it: a shaded first row, and a shaded last one where a
# table says that its last row is a total.
BORDERS = "".join(
    f'<w:{side} w:val="{"none" if side in ("left", "right", "insideV") else "single"}" w:sz="4" w:space="0" '
    'w:color="AEB7BD"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
<w:name w:val="{TABLE}"/><w:basedOn w:val="TableGrid"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders>
<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>
</w:style>"""


_KNOWN: WeakKeyDictionary[Part, dict[str, str]] = (
    WeakKeyDictionary()
)  # of each document: ids of styles by name


def give_style(paragraph: Paragraph, name: str) -> None:
    """Sets the paragraph's style by its name. python-docx would go through all styles twice for each paragraph."""
    part = paragraph.part
    known = _KNOWN.setdefault(part, {})
    if name not in known:
        known[name] = part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
    paragraph._p.style = known[name]


def set_language(document: Document) -> None:
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), LANGUAGE)
    for element in document.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), LANGUAGE)


def set_styles(document: Document) -> None:
    _add_contents_styles(document)
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            is_heading = style.name in ("Title", "Subtitle", CONTENTS_HEADING) or style.name.startswith(
                "Heading"
            )
            _set_font(style, SIZES.get(style.name, 12), DARK_BLUE if is_heading else INK)
            if is_heading:
                style.paragraph_format.keep_with_next = True
                style.paragraph_format.space_before = Pt(18 if style.name == "Heading 1" else 12)
                style.paragraph_format.space_after = Pt(6)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    caption = document.styles["Caption"].paragraph_format
    caption.keep_with_next, caption.space_before, caption.space_after = True, Pt(12), Pt(4)
    document.styles["Quote"].paragraph_format.left_indent = Cm(1)
    for border in document.styles["Title"].element.xpath("w:pPr/w:pBdr"):
        border.getparent().remove(border)
    _add_own_styles(document)


def colour_headings(document: Document, colour: str) -> None:
    """Gives headings and the rating this colour, such as "#005eb8"."""
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.font.color.rgb == DARK_BLUE:
            style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def start_parts_on_new_pages(document: Document) -> None:
    """Makes Word's first heading begin a page; a short part may follow the one before it in the style SAME_PAGE."""
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    document.styles[CONTENTS_HEADING].paragraph_format.page_break_before = True
    short = document.styles.add_style(SAME_PAGE, WD_STYLE_TYPE.PARAGRAPH)
    short.base_style = document.styles["Heading 1"]
    short.paragraph_format.page_break_before = False
    short.next_paragraph_style = document.styles["Normal"]


def _add_own_styles(document: Document) -> None:
    """Those that Word lacks: a result, the rating on the first page, the heads of tables, links, tables."""
    result = _paragraph_style(document, RESULT)
    result.paragraph_format.space_before = Pt(12)
    rating = _paragraph_style(document, RATING)
    rating.font.size, rating.font.bold, rating.font.color.rgb = Pt(20), True, DARK_BLUE
    text, heading = (_paragraph_style(document, name) for name in (TABLE_TEXT, TABLE_HEADING))
    text.paragraph_format.space_after = heading.paragraph_format.space_after = Pt(4)
    heading.font.bold = True
    link = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = LINK_BLUE, True
    document.styles.element.append(parse_xml(TABLE_STYLE))


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def _add_contents_styles(document: Document) -> None:
    """Word's styles for the lines of a table of contents, with page numbers at the right once Word adds them."""
    for level, name in enumerate(CONTENTS):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Cm(level)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


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
