"""The words of one paragraph of a Word file: as they read once tracked changes are accepted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn

from eds.text.markdown import Span
from reports.reading.docx.styles import Look, Styles, is_on
from reports.reading.docx.symbols import FONTS, lowered, raised, symbol

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VECTOR = "{urn:schemas-microsoft-com:vml}"

INSIDE = {
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo")
}
GONE = {qn("w:del"), qn("w:moveFrom")}
MARKS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
NOTES = {
    qn("w:footnoteReference"): "footnote",
    qn("w:endnoteReference"): "endnote",
    qn("w:commentReference"): "comment",
}
DRAWINGS = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))(.*)', re.IGNORECASE | re.DOTALL)
PLACE = re.compile(r'\\l\s+"([^"]*)"')  # in the page that a link leads to


@dataclass
class Words:
    """What a paragraph says, and what hangs on it."""

    spans: list[Span] = field(default_factory=list)
    deleted: str = ""
    hidden: str = ""
    struck: str = ""
    flattened: list[str] = field(
        default_factory=list
    )  # raised or lowered words that are kept as ordinary ones
    symbols: list[str] = field(default_factory=list)  # of a font, which we don't know
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind ("footnote", "comment"), id
    boxes: list = field(default_factory=list)  # the contents of text boxes
    pictures: list[str] = field(default_factory=list)  # what stands for each


class WordsReader:
    """`links` are the web addresses by the id of their relation."""

    def __init__(self, styles: Styles, links: Mapping[str, str]):
        self._styles, self._links = styles, links

    def words(self, paragraph, look: Look) -> Words:
        reading = _Reading(self._styles, self._links, look)
        reading.walk(paragraph)
        return reading.words


@dataclass
class _Field:
    """A field of Word: its instruction, and whether its result has begun."""

    instruction: str = ""
    has_result: bool = False


class _Reading:
    def __init__(self, styles: Styles, links: Mapping[str, str], look: Look):
        self._styles, self._links, self._look = styles, links, look
        self._fields: list[_Field] = []  # that are open
        self._has_gap = False  # were words left out right before?
        self.words = Words()

    def walk(self, element, address: str = "") -> None:
        for child in element:
            tag = child.tag
            if tag == qn("w:r"):
                self._run(child, address)
            elif tag in INSIDE:
                self.walk(child, _address(child.get(qn("w:instr"), "")) or address)
            elif tag in GONE:
                self.words.deleted += _text(child)
            elif tag == qn("w:hyperlink"):
                self.walk(
                    child, _with_place(self._links.get(child.get(qn("r:id")), ""), child.get(qn("w:anchor")))
                )
            elif tag in (f"{MATHS}oMath", f"{MATHS}oMathPara"):
                self._say("".join(part.text or "" for part in child.iter(f"{MATHS}t")), None, address)
            elif tag == f"{COMPATIBILITY}AlternateContent":
                self._alternative(child)

    def _run(self, run, address: str) -> None:
        properties = run.find(qn("w:rPr"))
        for child in run:
            if text := _sign(child):
                self._say(text, properties, address)
            elif child.tag == qn("w:sym"):
                self._symbol(child, properties, address)
            elif child.tag == qn("w:ruby"):
                self.walk(child.find(qn("w:rubyBase")), address)
            else:
                self._hang(child)

    def _hang(self, element) -> None:
        """What a run holds besides words."""
        tag = element.tag
        if tag == qn("w:fldChar"):
            self._say(_form_field(element), None, "")
            self._field(element.get(qn("w:fldCharType")))
        elif tag == qn("w:instrText") and self._fields:
            self._fields[-1].instruction += element.text or ""
        elif tag in DRAWINGS:
            self._drawing(element)
        elif tag == f"{COMPATIBILITY}AlternateContent":
            self._alternative(element)
        elif tag in NOTES:
            self.words.notes.append((NOTES[tag], element.get(qn("w:id"), "")))
        elif tag == qn("w:delText"):
            self.words.deleted += element.text or ""

    def _say(self, text: str, properties, address: str) -> None:
        if not text or not all(one.has_result for one in self._fields):
            return  # the instruction of a field, such as what it counts
        style = None if properties is None else properties.find(qn("w:rStyle"))
        own = Look() if style is None else self._styles.look(style.get(qn("w:val"), ""))
        if _first(is_on(properties, "w:vanish"), own.hidden, self._look.hidden):
            self.words.hidden += text
            self._has_gap = True
            return
        struck = [on for look in ("w:strike", "w:dstrike") if (on := is_on(properties, look)) is not None]
        if any(struck) or (not struck and _first(own.struck, self._look.struck)):
            self.words.struck += text
            self._has_gap = True
            return
        if self._has_gap and self.words.spans and self.words.spans[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        self._has_gap = False
        text = self._placed(self._in_its_font(text, properties), properties)
        address = next((target for one in self._fields if (target := _address(one.instruction))), address)
        self.words.spans.append(
            Span(
                text=text,
                bold=_first(is_on(properties, "w:b"), own.bold, self._look.bold),
                italic=_first(is_on(properties, "w:i"), own.italic, self._look.italic),
                address=address,
            )
        )

    def _in_its_font(self, text: str, properties) -> str:
        """Letters of a font of symbols, such as "ü" in Wingdings, as the characters that they show."""
        fonts = None if properties is None else properties.find(qn("w:rFonts"))
        font = "" if fonts is None else fonts.get(qn("w:ascii"), "")
        if font.casefold() not in FONTS:
            return text
        shown = [letter if letter.isspace() else symbol(font, f"{ord(letter):X}") for letter in text]
        self.words.symbols += [
            f"{font} {ord(letter):X}" for letter, sign in zip(text, shown, strict=True) if not sign
        ]
        return "".join(shown)

    def _placed(self, text: str, properties) -> str:
        """Raised and lowered figures as the characters made for them."""
        element = None if properties is None else properties.find(qn("w:vertAlign"))
        place = "" if element is None else element.get(qn("w:val"), "")
        if place not in ("superscript", "subscript"):
            return text
        moved = raised(text) if place == "superscript" else lowered(text)
        if moved is None:
            self.words.flattened.append(text)
        return text if moved is None else moved

    def _symbol(self, element, properties, address: str) -> None:
        font, code = element.get(qn("w:font"), ""), element.get(qn("w:char"), "")
        if character := symbol(font, code):
            self._say(character, properties, address)
        else:
            self.words.symbols.append(f"{font} {code}".strip())

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _alternative(self, element) -> None:
        """The same thing said for newer and for older programs: the first is read."""
        first = next(iter(element), None)
        if first is not None:
            for child in first:
                if child.tag in DRAWINGS:
                    self._drawing(child)
                elif child.tag == qn("w:r"):
                    self._run(child, "")

    def _drawing(self, element) -> None:
        boxes = _outermost_boxes(element)
        self.words.boxes += boxes
        if not boxes:
            named = [*element.iter(qn("wp:docPr")), *element.iter(f"{VECTOR}shape")]
            about = next((text for one in named if (text := one.get("descr") or one.get("alt"))), "")
            drawn = " ".join(part.text or "" for part in element.iter(f"{DRAWN}t"))
            self.words.pictures.append(" ".join((about or drawn or "without a description").split()))


def _outermost_boxes(element) -> list:
    tag = qn("w:txbxContent")
    boxes = []
    for child in element:
        if child.tag == tag:
            boxes.append(child)
        elif child.tag == f"{COMPATIBILITY}Fallback" and boxes:
            continue
        else:
            boxes += _outermost_boxes(child)
    return boxes


def _sign(element) -> str:
    tag = element.tag
    if tag == qn("w:t"):
        return element.text or ""
    if tag == qn("w:br"):
        return "\n" if element.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
    return MARKS.get(tag, "")


def _form_field(element) -> str:
    """What a box to tick, or a list to choose from, of Word's older forms shows; "" for any other field."""
    box, choice = (element.find(f"{qn('w:ffData')}/{qn(name)}") for name in ("w:checkBox", "w:ddList"))
    if box is not None:
        ticked = is_on(box, "w:checked")
        return "☒" if (is_on(box, "w:default") if ticked is None else ticked) else "☐"
    if choice is None:
        return ""
    at = next(
        (one.get(qn("w:val"), "0") for name in ("w:result", "w:default") for one in choice.iter(qn(name))),
        "0",
    )
    entries = [entry.get(qn("w:val"), "") for entry in choice.iter(qn("w:listEntry"))]
    return entries[int(at)] if at.isdigit() and int(at) < len(entries) else ""


def _address(instruction: str) -> str:
    """Where a field's link leads; "" for a place in the file itself, and for other fields."""
    match = HYPERLINK.fullmatch(instruction)
    if match is None:
        return ""
    place = PLACE.search(match.group(3))
    return _with_place(match.group(1) or match.group(2) or "", place.group(1) if place else None)


def _with_place(address: str, place: str | None) -> str:
    return f"{address}#{place}" if address and place and "#" not in address else address


def _text(element) -> str:
    """All words in it, whether deleted or not."""
    return "".join(part.text or "" for part in element.iter(qn("w:t"), qn("w:delText")))


def _first(*values: bool | None) -> bool:
    return next((one for one in values if one is not None), False)


# Cutting the words of a paragraph of a Word file.


def split(spans: list[Span]) -> list[list[Span]]:
    """The lines of a paragraph that breaks its lines itself."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=text)] for text in others]
    return [line for line in lines if plain(line)]


def plain(spans: list[Span]) -> str:
    return "".join(span.text for span in spans).strip()


def stripped(spans: list[Span]) -> list[Span]:
    """Without spaces at the paragraph's ends."""
    spans = [span for span in spans if span.text]
    while spans and not spans[0].text.strip():
        spans = spans[1:]
    while spans and not spans[-1].text.strip():
        spans = spans[:-1]
    if spans:
        spans = [replace(spans[0], text=spans[0].text.lstrip()), *spans[1:]]
        spans = [*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip())]
    return spans


def without_common_look(spans: list[Span]) -> list[Span]:
    visible = [span for span in spans if span.text.strip()]
    if visible and all(span.bold for span in visible):
        spans = [replace(span, bold=False) for span in spans]
    if visible and all(span.italic for span in visible):
        spans = [replace(span, italic=False) for span in spans]
    return spans


def is_all_bold(spans: list[Span]) -> bool:
    visible = [span for span in spans if span.text.strip()]
    return bool(visible) and all(span.bold for span in visible)
