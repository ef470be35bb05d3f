"""Tables in plain text: rows of cells between tabs, as Word saves them, or between bars, as Markdown has them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from eds.edition import Edition
from reports.reading.blocks import Block, Notes
from reports.reading.prose.letters import lines_in
from reports.reading.template.cells.columns import is_head
from reports.reading.template.forms import Above
from reports.reading.template.meanings import Meanings
from reports.reading.template.recognise import blocks_of_form

BAR = re.compile(r"\s*\|(.*)\|\s*")
RULE = re.compile(r"[\s|:-]*")


def with_tables(
    blocks: Sequence[Block], text: str, edition: Edition, notes: Notes, meanings: Meanings
) -> list[Block]:
    """The blocks with each table of NHS England's template in place of its lines. `text` is what they come from."""
    lines = lines_in(text)
    made: list[Block] = []
    for is_table, run in groupby(blocks, lambda block: bool(_cells(block, lines))):
        run = list(run)
        above = Above(heading=made[-1].text if made else "")
        found = _table(run, lines, above, edition, notes, meanings) if is_table and len(run) > 1 else None
        made += run if found is None else found
    return made


def _table(
    run: Sequence[Block],
    lines: Sequence[str],
    above: Above,
    edition: Edition,
    notes: Notes,
    meanings: Meanings,
) -> list[Block] | None:
    rows = [[*_row(block, lines)] for block in run if not RULE.fullmatch(block.source)]
    if len(rows) < 2 or not is_head([" ".join(one.text for one in cell) for cell in rows[0]]):
        return None
    return blocks_of_form(rows, edition, notes, above, meanings)


def _row(block: Block, lines: Sequence[str]) -> Iterator[list[Block]]:
    for text in _cells(block, lines):
        text = text.strip()
        yield [Block(kind="line", text=text, line=block.line, source=text)] if text else []


def _cells(block: Block, lines: Sequence[str]) -> list[str]:
    """The cells of a line; none for a line that is no row of a table. A tab at its start is an empty cell."""
    line = lines[block.line - 1].rstrip()
    if line.strip() != block.source:
        line = block.source  # somebody corrected it
    if bars := BAR.fullmatch(line):
        return re.split(r"(?<!\\)\|", bars.group(1))
    return line.split("\t") if "\t" in line else []
