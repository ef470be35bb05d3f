"""Word reports that the portal wrote: each carries its content, and its text as it was, as a custom XML part.

What somebody changed in the text since is found by comparing the two, and put back into the content where it is clear
what was changed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

NAMESPACE = "urn:eds-portal:report:1"
MOST_LINES = 2000  # that differ; comparing takes the square of it
GONE = {qn("w:del"), qn("w:moveFrom")}
CONTENTS = ("TOC1", "TOC2")  # lines of a table of contents, to which Word adds page numbers
BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}


@dataclass(frozen=True, kw_only=True)
class Carried:
    """`content` is eds-report/1; `lines` are the paragraphs of the file as the portal wrote it."""

    content: str
    lines: tuple[str, ...]

    @property
    def values(self) -> dict:
        """The content as JSON holds it."""
        return json.loads(self.content)


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """Paragraphs that were changed. `at` is the place of the first of them among those that the portal wrote."""

    at: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def part_of(content: str, document: Document) -> bytes:
    """The custom XML part of a document that says what `content` does."""
    root = etree.Element(f"{{{NAMESPACE}}}report", nsmap={None: NAMESPACE})
    etree.SubElement(root, f"{{{NAMESPACE}}}content").text = content
    for line in lines_of(document):
        etree.SubElement(root, f"{{{NAMESPACE}}}line").text = line
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def carried_by(document: Document) -> Carried | None:
    """What the file carries; None for any other file."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/customXml"):
            continue
        blob = relation.target_part.blob
        if NAMESPACE.encode() not in blob[:1000]:
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(blob, parser)
        content = root.findtext(f"{{{NAMESPACE}}}content")
        if content:
            lines = tuple(line.text or "" for line in root.iterfind(f"{{{NAMESPACE}}}line"))
            return Carried(content=content, lines=lines)
    return None


def lines_of(document: Document) -> list[str]:
    """The paragraphs that say something, with tracked changes accepted; not those that Word works out, like pages."""
    lines = []
    for paragraph in document.element.body.iter(qn("w:p")):
        if (
            paragraph.style in CONTENTS
            or next(paragraph.iter(qn("w:fldChar"), qn("w:fldSimple")), None) is not None
        ):
            continue
        text = "".join(_texts(paragraph)).strip()
        if text:
            lines.append(text)
    return lines


def _texts(paragraph) -> Iterator[str]:
    for element in paragraph.iter(qn("w:t"), *BREAKS):
        above = list(element.iterancestors())
        owner = next(one for one in above if one.tag == qn("w:p"))
        if owner is paragraph and not GONE & {one.tag for one in above}:
            yield BREAKS.get(element.tag) or element.text or ""


def changes_between(old: Sequence[str], new: Sequence[str]) -> list[LineChange] | None:
    """What differs, in order; None where it is too much to compare."""
    first = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    if first is None:
        first = min(len(old), len(new))
    most = min(len(old), len(new)) - first
    backward = zip(reversed(old), reversed(new), strict=False)
    last = next((at for at, pair in enumerate(backward) if pair[0] != pair[1] or at >= most), most)
    old_part, new_part = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(old_part), len(new_part)) > MOST_LINES:
        return None
    matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
    return [
        LineChange(at=first + start, old=tuple(old_part[start:end]), new=tuple(new_part[begin:stop]))
        for kind, start, end, begin, stop in matcher.get_opcodes()
        if kind != "equal"
    ]
