"""The annual report as a Word file to `ReportContent`."""

from eds.edition import Edition
from reports.reading.blocks import Mended
from reports.reading.docx import blocks as docx_blocks
from reports.reading.docx import guard
from reports.reading.report import TextImport, understood
from reports.reading.text import with_mended


def from_word(
    data: bytes,
    edition: Edition,
    *,
    organisation: str | None = None,
    year: str | None = None,
    mended: Mended | None = None,
) -> TextImport:
    """The report that the file holds, and every paragraph that is not in it with the reason.

    `organisation` (its name) and `year` ("2024" or "2024-25") stand for what the file does not state, and win over
    what it does; `mended` are paragraphs that somebody corrected. Raises ImportProblem with all that is wrong, each
    with its paragraph and what was expected.
    """
    document = guard.opened(data)
    try:
        blocks, notes = docx_blocks.blocks_of(document, edition)
    except guard.BROKEN as error:
        raise guard.broken() from error
    blocks = with_mended(blocks, mended or {}, notes)
    return understood(blocks, edition, organisation=organisation, year=year, notes=notes)
