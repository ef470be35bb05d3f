"""Markdown, as authors write it, as real Word paragraphs, headings, lists, tables, quotes and links."""

from dataclasses import dataclass, replace

from docx.table import _Cell
from docx.text.paragraph import Paragraph
from markdown_it.tree import SyntaxTreeNode

from eds.text.markdown import tree
from reports.writing.docx import document as docx_document
from reports.writing.docx.document import Place

DEEPEST = 3  # Word's own list styles go so deep
WIDTH = 17  # cm of text on a page
MARGINS = 0.4  # cm beside the text of a cell
MOST_IN_A_CELL = (
    4  # columns of a table inside a cell; a wider one becomes lines, because its words would break
)


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a block stands in: how deep in lists, and whether in a quote."""

    depth: int = 0
    quoted: bool = False

    @property
    def style(self) -> str | None:
        """The style of a paragraph that is not a point of a list."""
        if self.depth:
            return _at_depth("List Continue", self.depth)
        return "Quote" if self.quoted else None


@dataclass(frozen=True, kw_only=True)
class Look:
    bold: bool = False
    italic: bool = False


def add_markdown(place: Place, markdown: str, *, heading_level: int = 4) -> None:
    """Writes the text into the document, or into a cell, where headings are bold and wide tables are lines."""
    for node in tree(markdown, heading_level=heading_level).children:
        _block(place, node, Around())


def _block(place: Place, node: SyntaxTreeNode, around: Around) -> None:
    if node.type in ("bullet_list", "ordered_list"):
        _list(place, node, around)
    elif node.type == "table":
        _table(place, node, around)
    elif node.type == "blockquote":
        for child in node.children:
            _block(place, child, replace(around, quoted=True))
    elif node.type in ("fence", "code_block"):
        docx_document.add_paragraph(place, node.content.rstrip("\n"), style=around.style)
    elif node.type == "heading":
        _heading(place, node, around)
    elif node.type == "paragraph":
        _inline(docx_document.add_paragraph(place, style=around.style), node, Look())


def _heading(place: Place, node: SyntaxTreeNode, around: Around) -> None:
    if isinstance(place, _Cell) or around != Around():
        _inline(docx_document.add_paragraph(place, style=around.style), node, Look(bold=True))
    else:
        _inline(place.add_heading(level=int(node.tag[1])), node, Look())


# Lists


def _list(place: Place, node: SyntaxTreeNode, around: Around) -> None:
    inside = replace(around, depth=around.depth + 1)
    kind = "List Bullet" if node.type == "bullet_list" else "List Number"
    style, number = _at_depth(kind, inside.depth), None
    if kind == "List Number":
        number = _new_numbering(place, style, int(node.attrs.get("start", 1)))
    for item in node.children:
        point = docx_document.add_paragraph(place, style=style)
        if number is not None:
            point._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
        first, *rest = item.children or [None]
        if first is not None and first.type == "paragraph":
            _inline(point, first, Look())
        elif first is not None:
            rest = item.children
        for child in rest:
            _block(place, child, inside)


def _at_depth(style: str, depth: int) -> str:
    return style if depth == 1 else f"{style} {min(depth, DEEPEST)}"


def _new_numbering(place: Place, style: str, start: int) -> int:
    """The id of a new numbering that looks like the style's and begins anew: Word would go on counting."""
    numbering = place.part.numbering_part.element
    used = place.part.styles[style].element.pPr.numPr.numId.val
    (found,) = (num for num in numbering.num_lst if num.numId == used)
    new = numbering.add_num(found.abstractNumId.val)
    new.add_lvlOverride(ilvl=0).add_startOverride(start)
    return new.numId


# Tables


def _table(place: Place, node: SyntaxTreeNode, around: Around) -> None:
    rows = [row.children for part in node.children for row in part.children]
    if around != Around() or (isinstance(place, _Cell) and len(rows[0]) > MOST_IN_A_CELL):
        for cells in rows:
            paragraph = docx_document.add_paragraph(place, style=around.style)
            for number, cell in enumerate(cells):
                docx_document.add_text(paragraph, " | " if number else "")
                _inline(paragraph, cell, Look())
        return
    _real_table(place, rows)


def _real_table(place: Place, rows: list[list[SyntaxTreeNode]]) -> None:
    header, *body = rows
    room = place.width.cm - MARGINS if isinstance(place, _Cell) else WIDTH
    columns, width = [_words(cell) for cell in header], room / len(header)
    table = docx_document.add_table(place, "", columns, [width] * len(header))
    for nodes in body:
        for cell, node in zip(docx_document.add_row(table), nodes, strict=False):
            _inline(docx_document.add_paragraph(cell), node, Look())
    if isinstance(place, _Cell):  # it has a paragraph after each table by itself, and its row may break
        for row in table.rows:
            docx_document.keep_whole(row)
    else:
        docx_document.keep_together(table)
        docx_document.add_paragraph(place)


# Within a line


def _inline(paragraph: Paragraph, node: SyntaxTreeNode, look: Look) -> None:
    for child in node.children:
        if child.type in ("text", "code_inline", "image"):
            docx_document.add_text(paragraph, child.content, bold=look.bold, italic=look.italic)
        elif child.type == "softbreak":
            docx_document.add_text(paragraph, " ")
        elif child.type == "hardbreak":
            docx_document.break_line(paragraph)
        elif child.type == "link":
            address = str(child.attrs["href"])
            docx_document.add_link(paragraph, _words(child) or address, address)
        else:
            _inline(paragraph, child, _with(look, child.type))


def _with(look: Look, kind: str) -> Look:
    return replace(look, bold=look.bold or kind == "strong", italic=look.italic or kind == "em")


def _words(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return node.content if not node.children else "".join(_words(child) for child in node.children)
