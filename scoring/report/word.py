"""The annual report as a Word file to `ReportContent`."""

from casestudies.edition import Edition
from scoring.report import word_blocks, word_file
from scoring.report.blocks import Mended
from scoring.report.text import with_mended
from scoring.report.understand import TextImport, understood


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
    document = word_file.opened(data)
    try:
        blocks, notes = word_blocks.blocks_of(document, edition)
    except word_file.BROKEN as error:
        raise word_file.broken() from error
    blocks = with_mended(blocks, mended or {}, notes)
    return understood(blocks, edition, organisation=organisation, year=year, notes=notes)
