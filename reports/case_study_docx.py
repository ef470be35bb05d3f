"""One case study as a Word file for colleagues, and back: what the file says now, section by section.

A section is a heading of the first level; "1A: " before it names the outcome area that it speaks to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eds.content import Evidence, Group, Section
from eds.edition import Edition
from eds.text import labels
from eds.text.markdown import to_plain
from eds.text.text_diff import Piece, compared
from reports.reading.blocks import Block, Remark, Skipped, markdown_of
from reports.reading.docx import blocks as docx_blocks
from reports.reading.docx import guard
from reports.reading.prose import patterns
from reports.writing.docx import document as docx_document
from reports.writing.docx.domain import add_evidence
from reports.writing.docx.markdown_blocks import add_markdown

EVIDENCE = "Evidence (change it in the portal)"
NOT_TOLD = ("a comment", *docx_blocks.WHERE.values())  # comments are told apart, page numbers not at all
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (the same text gives the same file)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What a file says: its sections, what is not in them, and what colleagues remarked in Word's comments."""

    sections: tuple[Section, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[Remark, ...]


def to_docx(
    *,
    title: str,
    about: str,
    sections: Sequence[Section],
    evidence: Sequence[Evidence] = (),
    groups: Sequence[Group] = (),
) -> bytes:
    """The Word file. `title` is the case study's, `about` says whose it is and of which year.

    `groups` are those of which evidence may speak and that the national lists lack.
    """
    document = docx_document.new_document(title=title, author=about, made=MADE)
    docx_document.add_paragraph(document, title, style="Title")
    docx_document.add_paragraph(document, about, style="Subtitle")
    for section in sections:
        docx_document.add_heading(document, written(section), 1)
        add_markdown(document, section.body, heading_level=2)
    if evidence:
        docx_document.add_heading(document, EVIDENCE, 1)
        for item in evidence:
            add_evidence(document, item, groups=[labels.group_of(groups, code) for code in item.groups])
    return docx_document.saved(document, MADE)


def written(section: Section) -> str:
    """The heading as it stands in the file."""
    if section.outcome is None or section.heading.strip(" .:)").upper() == section.outcome:
        return section.heading
    return f"{section.outcome}: {section.heading}"


def from_docx(data: bytes, edition: Edition, known: Sequence[Section]) -> Returned:
    """What the file says. `known` are the sections as they are, by whose headings those of the file are known.

    Raises ImportProblem for a file that can't be read, as for a whole report.
    """
    document = guard.opened(data)
    try:
        blocks, notes = docx_blocks.blocks_of(document, edition, exact=True)
    except guard.BROKEN as error:
        raise guard.broken() from error
    parts: list[tuple[Block, list[Block]]] = []
    in_evidence, second = False, blocks[1] if len(blocks) > 1 else None
    for block in blocks:
        if block.kind == "heading" and block.level == 1:
            in_evidence = block.text == EVIDENCE
            if not in_evidence and not _is_title(block, parts):
                parts.append((block, []))
        elif parts and not in_evidence:
            parts[-1][1].append(_inner(block))
        elif not in_evidence and not (block is second and _is_title(blocks[0], parts)):
            notes.skip(block, "text above the first section")
    names = {written(section): section for section in known}
    return Returned(
        sections=tuple(_section(heading, body, names, edition) for heading, body in parts),
        skipped=tuple(line for line in notes.skipped if line.why not in NOT_TOLD),
        remarks=tuple(notes.remarks),
    )


def _is_title(block: Block, parts: Sequence) -> bool:
    return not parts and patterns.CASE_STUDY.fullmatch(block.text) is not None


def _inner(block: Block) -> Block:
    """A heading in a section as Markdown has it."""
    if block.kind != "heading":
        return block
    marked = f"{'#' * min(block.level, 6)} {replace(block, kind='line').as_markdown()}"
    return replace(block, kind="line", markdown=marked)


def _section(
    heading: Block, body: Sequence[Block], names: Mapping[str, Section], edition: Edition
) -> Section:
    text = " ".join(heading.text.split())
    if text in names:
        return replace(names[text], body=markdown_of(body))
    match = patterns.code_pattern(edition).fullmatch(text)
    codes = {code for domain in edition.domains for code in domain.codes}
    if match and match.group(1).upper() in codes:
        code = match.group(1).upper()
        return Section(heading=(match.group(2) or "").strip() or code, outcome=code, body=markdown_of(body))
    return Section(heading=text, body=markdown_of(body))


# What a Word file that came back would change in a case study.

CHANGED, NEW, GONE = "changed", "new", "gone"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One section that differs. `place` is its position from 0 among those of the case study; None for a new one.

    `section` is what the file says; None where it has no such section.
    """

    kind: str
    heading: str
    pieces: tuple[Piece, ...]
    place: int | None = None
    section: Section | None = None

    @property
    def words(self) -> str:
        return {CHANGED: "Changed", NEW: "New section", GONE: "No longer in the file"}[self.kind]


def read_back(data: bytes, edition: Edition, sections: Sequence[Section]) -> tuple[Returned, list[Change]]:
    """What the file says, and what it would change in these sections.

    The sections themselves are written to Word and read back first, so that only what somebody changed differs.
    Raises ImportProblem for a file that can't be read.
    """
    theirs = from_docx(data, edition, sections)
    ours = from_docx(to_docx(title="Case study 1: A", about="A", sections=sections), edition, sections)
    return theirs, changes_of(ours.sections, theirs.sections)


def changes_of(ours: Sequence[Section], theirs: Sequence[Section]) -> list[Change]:
    """Sections are the same by heading and outcome area; of two with the same, the first is the first."""
    left = list(enumerate(ours))
    changes = []
    for section in theirs:
        match = next((one for one in left if _name(one[1]) == _name(section)), None)
        if match is None:
            changes.append(_change(NEW, None, section))
            continue
        left.remove(match)
        if match[1].body != section.body:
            changes.append(_change(CHANGED, match, section))
    return changes + [_change(GONE, match, None) for match in left]


def _name(section: Section) -> tuple[str, str | None]:
    return section.heading, section.outcome


def _change(kind: str, match: tuple[int, Section] | None, section: Section | None) -> Change:
    place, old = match or (None, None)
    before, after = (to_plain(one.body) if one else "" for one in (old, section))
    return Change(
        kind=kind,
        heading=(section or old).heading,
        pieces=compared(before, after),
        place=place,
        section=section,
    )
