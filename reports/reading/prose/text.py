"""The annual report as plain text, for example saved from a word processor, to `ReportContent`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from eds.edition import Edition
from reports.reading.blocks import Block, Mended, Notes
from reports.reading.problems import unstorable
from reports.reading.prose.letters import letters_of, lines_in
from reports.reading.prose.report import TextImport, understood
from reports.reading.prose.text_tables import with_tables
from reports.reading.template.cells.codes import edition_of
from reports.reading.template.meanings import NO_MEANINGS, Meanings

BOOKMARK = re.compile(r"\[bookmark:\s*([^\]]*)\]")
LEFT_OUT = "you left it out"
OF_A_HEADING = "_Toc"  # a word processor's own bookmark for what its table of contents lists
HASHES = re.compile(r"#{1,6}\s+(.*)")
POINT = re.compile(r"[·•▪◦‣●*-](?:\s+(.*))?")
NUMBERED = re.compile(r"([0-9]{1,9})[.)]\s+(.*)")


def from_text(
    text: str | bytes,
    edition: Edition,
    *,
    organisation: str | None = None,
    year: str | None = None,
    mended: Mended | None = None,
    others: Sequence[Edition] = (),
    meanings: Meanings = NO_MEANINGS,
    lenient: bool = False,
) -> TextImport:
    """The report that the text holds, and every line that is not in it with the reason.

    It is read in the words of `edition`, or of one of the `others` where more of its outcome areas are named.
    `organisation` (its name) and `year` ("2024" or "2024-25") stand for what the text does not state, and win over
    what it does; `mended` are lines that somebody corrected, `meanings` what the words of tables mean. Raises
    ImportProblem with all that is wrong, each with its line and what was expected; `lenient` see `understood`.
    """
    text, assumed = letters_of(text)
    blocks, notes = blocks_of(text)
    if assumed:
        notes.assume(assumed, "letters beyond A to Z are read in the Windows alphabet")
    edition = edition_of([block.text for block in blocks], (edition, *others))
    blocks = with_mended(blocks, mended or {}, notes)
    blocks = with_tables(blocks, text, edition, notes, meanings)
    return understood(blocks, edition, organisation=organisation, year=year, notes=notes, lenient=lenient)


def blocks_of(text: str) -> tuple[list[Block], Notes]:
    """The lines that say something as blocks; bookmark tags are taken off and noted as skipped."""
    notes, blocks = Notes(), []
    for number, line in enumerate(lines_in(text), start=1):
        for tag in BOOKMARK.finditer(line):
            notes.skip(Block(kind="line", text=tag.group(), line=number), "a bookmark tag")
        marked = any(tag.group(1).startswith(OF_A_HEADING) for tag in BOOKMARK.finditer(line))
        line = BOOKMARK.sub("", line).strip()
        if line:
            block = _block(line, number, marked=marked)
            if block.text:
                blocks.append(block)
            else:
                notes.skip(block, "a point without words")
            if sign := unstorable(line):
                notes.refuse(block, sign, "text without it", is_of_line=False)
    return blocks, notes


def _block(line: str, number: int, *, marked: bool) -> Block:
    hashes = HASHES.fullmatch(line)
    if marked or hashes:
        text = hashes.group(1) if hashes else line
        return Block(kind="heading", text=text, line=number, source=line)
    if point := POINT.fullmatch(line):
        return Block(kind="point", text=(point.group(1) or "").strip(), line=number, source=line)
    if numbered := NUMBERED.fullmatch(line):
        first, text = int(numbered.group(1)), numbered.group(2)
        return Block(kind="numbered", text=text, line=number, source=line, number=first)
    return Block(kind="line", text=line, line=number, source=line)


def with_mended(blocks: list[Block], mended: Mended, notes: Notes) -> list[Block]:
    """The blocks as somebody corrected them; what is left out is noted as skipped."""
    kept = []
    for block in blocks:
        mended_text = mended.get((block.line, block.source or block.text))
        if mended_text:
            kept.append(_said_anew(block, mended_text))
        elif mended_text is None:
            kept.append(block)
        else:
            notes.skip(block, LEFT_OUT)
    return kept


def _said_anew(block: Block, text: str) -> Block:
    """A heading stays one, and so does a point, unless its new words have a mark of their own."""
    new = _block(text, block.line, marked=False)
    if new.kind == "line":
        new = replace(new, kind=block.kind, number=block.number, level=block.level)
    return new
