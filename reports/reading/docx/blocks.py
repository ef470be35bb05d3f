"""A Word file as blocks: what stands in it in order, and by name what is left out.

Tracked changes are taken as accepted. Text boxes are read where they are anchored. Footnotes, comments, headers and
footers, pictures, hidden and deleted text are no part of a report: each is named as skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from eds.edition import Edition
from eds.text.markdown import Span
from reports.reading.blocks import Block, Notes, Remark
from reports.reading.docx.colours import colour_of
from reports.reading.docx.numbering import Label, Numbering
from reports.reading.docx.runs import (
    Words,
    WordsReader,
    is_all_bold,
    plain,
    split,
    stripped,
    without_common_look,
)
from reports.reading.docx.styles import Look, Styles, listed
from reports.reading.docx.tables import Table, blocks_of_table, data_of_table
from reports.reading.prose import patterns as reading_patterns
from reports.reading.prose.text import NUMBERED, POINT
from reports.reading.template.cells.codes import Codes
from reports.reading.template.forms import Above, Merged
from reports.reading.template.meanings import NO_MEANINGS, Meanings
from reports.reading.template.outcomes.layout import goes_on, with_head_of
from reports.reading.template.outcomes.service_names import CONTINUED

ALL_BOLD = -1  # a mark in `Block.level` of a line that may be a heading
LONGEST_BOLD_HEADING = 120  # characters
NO_HEADING_ENDS = (".", ",", ";")
CONTAINERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
LAYOUT_NUMBER = re.compile(r"[0-9.\s]*")  # "2.1" before a heading
PLAIN_NUMBER = re.compile(r"[0-9]{1,9}[.)]?")
PLACEHOLDER = re.compile(  # what Word shows in a form's field
    r"(?:click|tap)(?: or (?:tap|click))?(?: here)? to enter (?:text|a date)\.?|choose an item\.?",
    re.IGNORECASE,
)
WHERE = {"header": "the page header", "footer": "the page footer"}


def blocks_of(
    document: Document, edition: Edition, *, exact: bool = False, meanings: Meanings = NO_MEANINGS
) -> tuple[list[Block], Notes]:
    """The blocks in order, and what is left out.

    `exact` keeps the look of whole paragraphs (bold, quotes), for a text that came out of the portal and goes back.
    `meanings` are what a person said that the words of its tables mean.
    """
    reader = _BlocksReader(document, edition, exact=exact, meanings=meanings)
    blocks = list(reader.read(document.element.body))
    reader.tell_furniture()
    return blocks if exact else _with_bold_headings(blocks), reader.notes


@dataclass
class _OpenTable:
    """A table that the next one may go on with; `below` are lines like "Domain 1 (continued)"."""

    rows: list[list]
    heading: str
    outcome: str
    below: list[Block] = field(default_factory=list)

    def add(self, rows: list[list], notes: Notes) -> None:
        for block in self.below:
            notes.skip(block, "a line that says that the table continues")
        self.rows, self.below = [*self.rows, *rows], []


class _BlocksReader:
    def __init__(self, document: Document, edition: Edition, *, exact: bool, meanings: Meanings):
        self._document, self._edition, self._exact = document, edition, exact
        self._meanings = meanings
        self.notes = Notes(unit="paragraph")
        self._styles, self._numbering = Styles(document), Numbering(document)
        links = {
            key: relation.target_ref
            for key, relation in document.part.rels.items()
            if relation.is_external and relation.reltype.endswith("/hyperlink")
        }
        self._words = WordsReader(self._styles, links)
        self._hanging = {kind: _notes_of(document, kind) for kind in ("footnote", "endnote", "comment")}
        self._authors = _authors_of(document)
        self._number = 0  # of the paragraph
        self._before: list[Span] = []  # of a paragraph that a deleted mark joined to the next
        self._open: dict[int, tuple[str, int]] = {}  # by depth, the list that goes on, and its first number
        self._above = ""  # the heading, or the line, that a table stands below
        self._outcome_above = ""  # the code of the outcome area that the last heading, or a line since, names
        self._codes = Codes(edition)
        self._head: list = []  # of the last table whose columns have names
        self._is_new = True  # has no point come since the last heading?

    # What stands in the text

    def read(self, container) -> Iterator[Block]:
        """Blocks of a body, a cell or a text box, in order."""
        table: _OpenTable | None = None  # the last, which the next table may go on with
        for child in container:
            if child.tag == qn("w:tbl"):
                rows = self._rows(child)
                if table and not self._exact and goes_on(table.rows, rows, self._edition):
                    table.add(rows, self.notes)
                    continue
                yield from self._blocks_of(table)
                table = _OpenTable(rows, self._above, self._outcome_above)
            elif child.tag == qn("w:p"):
                blocks = list(self._paragraph(child))
                if table and all(CONTINUED.fullmatch(block.text) for block in blocks):
                    table.below += blocks
                    continue
                yield from self._blocks_of(table)
                table = None
                yield from blocks
            elif child.tag in CONTAINERS:
                yield from self._blocks_of(table)
                table = None
                yield from self.read(child)
            elif child.tag == qn("w:altChunk"):
                self._skip("…", "a part in another format, which is not read")
        yield from self._blocks_of(table)

    def _paragraph(self, element) -> Iterator[Block]:
        self._number += 1
        properties = element.find(qn("w:pPr"))
        look = self._styles.of_paragraph(properties)
        look = replace(look, italic=None) if look.is_quote else look  # a quote's own look
        words = self._words.words(element, look)
        self._tell_hanging(words)
        mark = None if properties is None else properties.find(qn("w:rPr"))
        spans, self._before = [*self._before, *words.spans], []
        if mark is not None and mark.find(qn("w:del")) is not None:
            self._before = spans
        elif text := "".join(span.text for span in spans).strip():
            blocks = list(self._blocks(spans, look, properties))
            if element.getparent().tag != qn("w:tc"):
                self._remember_above(text, blocks)
            yield from blocks
        for box in words.boxes:
            yield from self.read(box)

    def _remember_above(self, text: str, blocks: list[Block]) -> None:
        """What a table that comes next would stand below."""
        if len(text) <= LONGEST_BOLD_HEADING:
            self._above = text
        named = self._codes.named(text)
        if named and self._codes.is_statement(named.code, named.words):
            self._outcome_above = named.code
        elif any(block.kind == "heading" or block.level == ALL_BOLD for block in blocks):
            self._outcome_above = ""

    def _blocks(self, spans: list[Span], look: Look, properties) -> Iterator[Block]:
        text = plain(spans)
        if look.is_contents:
            self._skip(text, "the list of contents")
            return
        if PLACEHOLDER.fullmatch(text) and not self._exact:
            self._skip(text, "a part of a form that nobody filled in")
            return
        label = self._label(look, properties)
        heading = look.heading or _outline(properties)
        if heading:
            yield self._heading(spans, label, heading)
        elif label is not None and (label.is_bullet or PLAIN_NUMBER.fullmatch(label.text.strip())):
            yield self._point(spans, look, properties, label)
        else:
            yield from self._lines(spans, look, label)

    def _label(self, look: Look, properties) -> Label | None:
        place = listed(properties) or look.listed
        label = self._numbering.label(*place) if place else None
        if label is None and look.bullet is not None and (place is None or place[0] != "0"):
            label = Label(is_bullet=look.bullet, text="1.", value=1)
        return label

    def _heading(self, spans: list[Span], label: Label | None, level: int) -> Block:
        self._open, self._is_new = {}, True
        text = " ".join(plain(spans).split("\n"))
        if label is not None and not LAYOUT_NUMBER.fullmatch(label.text) and not label.is_bullet:
            text = f"{label.text} {text}"
        return Block(kind="heading", text=text, line=self._number, source=text, level=level)

    def _point(self, spans: list[Span], look: Look, properties, label: Label) -> Block:
        number, depth = listed(properties) or look.listed or ("", 0)
        depth = max(depth, look.depth)
        spans = spans if self._exact else [replace(one, text=one.text.replace("\n", " ")) for one in spans]
        block = self._block("point" if label.is_bullet else "numbered", spans)
        first = label.value
        if self._open.get(depth, ("",))[0] == number:
            first = self._open[depth][1]
        elif self._is_new and not depth and not self._exact:
            first = 1  # a numbering that runs on over a heading begins anew
        self._open = {one: kept for one, kept in self._open.items() if one < depth} | {depth: (number, first)}
        self._is_new = False
        if label.is_bullet:
            return replace(block, depth=depth)
        # Word counts, and so does Markdown: every point bears the number of the first of them.
        return replace(block, depth=depth, number=first, source=f"{label.text} {block.text}")

    def _lines(self, spans: list[Span], look: Look, label: Label | None) -> Iterator[Block]:
        """Lines of one paragraph; a point whose mark was typed is a point."""
        self._open = {} if not (self._exact and look.goes_on) else self._open
        if label is not None:
            spans = [Span(text=f"{label.text} "), *spans]
        if look.is_quote and (self._exact or plain(spans)[0] not in "“\"‘'"):
            block = self._block("line", spans)
            quote = block.as_markdown().replace("\n", "\n> ")
            yield replace(block, markdown=f"> {quote}")
        elif self._exact:
            yield replace(self._block("line", spans), depth=look.goes_on)
        else:
            for line in split(spans):
                yield _typed_point(self._block("line", line))

    def _block(self, kind: str, spans: list[Span]) -> Block:
        """A block; a look that the whole paragraph has is the paragraph's, not an emphasis, unless all is kept."""
        spans = stripped(spans)
        text = "".join(span.text for span in spans)
        is_bold = kind == "line" and is_all_bold(spans)
        if not self._exact:
            spans = without_common_look(spans)
        rich = any(span.bold or span.italic or span.address or "\n" in span.text for span in spans)
        return Block(
            kind=kind,
            text=text,
            line=self._number,
            source=text,
            level=ALL_BOLD if is_bold else 0,
            spans=tuple(spans) if rich else (),
        )

    def _rows(self, element) -> list[list]:
        """The rows of a table that say anything."""
        rows = []
        for row in element.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not element:
                continue  # of a table in a cell
            properties = row.find(qn("w:trPr"))
            if properties is not None and properties.find(qn("w:del")) is not None:
                self._skip(all_text(row), "a deleted row (a tracked change)")
            else:
                rows.append([() if cell == () else self._cell(cell) for cell in _cells(row)])
        self._open = {}
        return [row for row in rows if any(row)]

    def _blocks_of(self, table: "_OpenTable | None") -> Iterator[Block]:
        """What a table says, and the lines below it that say that it goes on."""
        if table is None:
            return
        if self._exact:
            yield from data_of_table(Table(rows=table.rows))
        else:
            rows, self._head = with_head_of(table.rows, self._head, self._edition)
            above = Above(heading=table.heading, outcome=table.outcome)
            yield from blocks_of_table(Table(rows=rows), self._edition, self.notes, above, self._meanings)
        yield from table.below

    def _cell(self, element) -> list[Block]:
        self._open = {}
        blocks = list(self.read(element))
        if not blocks and _goes_on(element):
            return Merged()
        if not blocks and (colour := colour_of(element)):
            why = f"a coloured cell without words; it is read as “{colour}”"
            block = Block(kind="line", text=colour, line=self._number, source=colour)
            self.notes.assume(block, why)
            return [block]
        return blocks

    # What is left out

    def _skip(self, text: str, why: str) -> None:
        text = " ".join(text.split())
        if text:
            self.notes.skip(Block(kind="line", text=text, line=self._number), why)

    def _tell_hanging(self, words: Words) -> None:
        self._skip(words.deleted, "deleted text (a tracked change)")
        self._skip(words.hidden, "hidden text")
        self._skip(words.struck, "struck-through text")
        for text in words.flattened:
            self._skip(text, "raised or lowered text, kept as ordinary text")
        for text in words.symbols:
            self._skip(text, "a symbol of a font that we do not know")
        for picture in words.pictures:
            self._skip(picture, "a picture")
        for kind, number in words.notes:
            if kind == "comment":
                author, said = self._authors.get(number, ""), self._hanging[kind].get(number, "")
                about = plain(words.spans)
                self.notes.remarks.append(Remark(author=author, text=said, about=about))
            self._skip(self._hanging[kind].get(number, ""), f"{'an' if kind == 'endnote' else 'a'} {kind}")

    def tell_furniture(self) -> None:
        """Names headers and footers, each text once."""
        self._number, noted = 0, set()
        for relation in self._document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind not in WHERE or relation.is_external:
                continue
            for paragraph in relation.target_part.element.iter(qn("w:p")):
                text = all_text(paragraph).strip()
                if text and (kind, text) not in noted:
                    noted.add((kind, text))
                    self._skip(text, WHERE[kind])


def _with_bold_headings(blocks: list[Block]) -> list[Block]:
    """Where the file marks no heading of a section as one, short lines that are all bold are headings."""
    if any(block.kind == "heading" and not _is_outer(block.text) for block in blocks):
        return blocks
    return [
        replace(block, kind="heading", spans=()) if _is_bold_heading(block) else block for block in blocks
    ]


def _is_outer(text: str) -> bool:
    """The heading of something larger than a section."""
    patterns = (
        reading_patterns.CASE_STUDY,
        reading_patterns.DOMAIN,
        reading_patterns.RECOMMENDATIONS,
        reading_patterns.LIST_HEADING,
    )
    matches = [pattern.fullmatch(text) for pattern in (*patterns, reading_patterns.CONTENTS)]
    return any(matches) or reading_patterns.TITLE.search(text) is not None


def _is_bold_heading(block: Block) -> bool:
    is_short = len(block.text) <= LONGEST_BOLD_HEADING and not block.text.endswith(NO_HEADING_ENDS)
    return block.kind == "line" and block.level == ALL_BOLD and is_short


def _typed_point(block: Block) -> Block:
    """A point where its mark was typed by hand; "1. Background" all in bold is a title."""
    if match := POINT.fullmatch(block.text):
        if match.group(1):
            return replace(block.ending(match.group(1).strip()), kind="point")
    elif block.level != ALL_BOLD and (match := NUMBERED.fullmatch(block.text)):
        return replace(block.ending(match.group(2)), kind="numbered", number=int(match.group(1)))
    return block


def _goes_on(cell) -> bool:
    """Is the cell merged with the one above it?"""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _outline(properties) -> int:
    level = None if properties is None else properties.find(qn("w:outlineLvl"))
    value = "9" if level is None else level.get(qn("w:val"), "9")
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


def _cells(row) -> list:
    """The cells of a row, an empty one for each further column that a cell spans."""
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    cells = [()] * (min(int(before.get(qn("w:val"), "0")), 50) if before is not None else 0)
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue
        properties = cell.find(qn("w:tcPr"))
        span = None if properties is None else properties.find(qn("w:gridSpan"))
        cells.append(cell)
        cells += [()] * (min(int(span.get(qn("w:val"), "1")), 50) - 1 if span is not None else 0)
    return cells


def all_text(element) -> str:
    return "".join(part.text or "" for part in element.iter(qn("w:t"), qn("w:delText")))


def _authors_of(document: Document) -> dict[str, str]:
    """Who wrote each comment, by its id."""
    return {str(comment.comment_id): comment.author for comment in document.comments}


def _notes_of(document: Document, kind: str) -> dict[str, str]:
    """The texts of footnotes, endnotes or comments by their ids. Lines that only separate have no words."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}s"):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {note.get(qn("w:id"), ""): all_text(note) for note in root.iter(qn(f"w:{kind}"))}
    return {}
