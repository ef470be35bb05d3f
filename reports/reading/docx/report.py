"""The annual report as a Word file to `ReportContent`."""

from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document
from docx.oxml.ns import qn

from eds.content import Organisation, ReportContent
from eds.edition import Edition
from reports.reading.blocks import Block, Mended, Notes
from reports.reading.docx import edits, guard, own_report
from reports.reading.docx.blocks import all_text, blocks_of
from reports.reading.json_report import Editions, from_json
from reports.reading.problems import ImportProblem
from reports.reading.prose.report import TextImport, understood
from reports.reading.prose.text import with_mended
from reports.reading.template.cells.codes import edition_of
from reports.reading.template.meanings import NO_MEANINGS, Meanings


def from_docx(
    data: bytes,
    edition: Edition,
    *,
    organisation: str | None = None,
    year: str | None = None,
    mended: Mended | None = None,
    others: Sequence[Edition] = (),
    meanings: Meanings = NO_MEANINGS,
    lenient: bool = False,
    editions: Editions | None = None,
) -> TextImport:
    """The report that the file holds, and every paragraph that is not in it with the reason.

    It is read in the words of `edition`, or of one of the `others` where more of its outcome areas are named.
    `organisation` (its name) and `year` ("2024" or "2024-25") stand for what the file does not state, and win over
    what it does; `mended` are paragraphs that somebody corrected, `meanings` what the words of tables mean. Raises
    ImportProblem with all that is wrong, each with its paragraph and what was expected; `lenient` see `understood`.

    A report that the portal wrote is read from the data that it carries, in one of the `editions`.
    """
    document = guard.opened(data)
    known = editions or {one.name: one for one in (edition, *others)}
    if (own := _own(document, known, organisation, year)) is not None:
        return own
    texts = {all_text(paragraph).strip() for paragraph in document.element.body.iter(qn("w:p"))}
    edition = edition_of(texts, (edition, *others))
    try:
        blocks, notes = blocks_of(document, edition, meanings=meanings)
    except guard.BROKEN as error:
        raise guard.broken() from error
    blocks = with_mended(blocks, mended or {}, notes)
    return understood(blocks, edition, organisation=organisation, year=year, notes=notes, lenient=lenient)


def _own(
    document: Document, editions: Editions, organisation: str | None, year: str | None
) -> TextImport | None:
    """A report that the portal wrote, as it wrote it, with what was changed in its text since; None for another."""
    try:
        carried = own_report.carried_by(document)
        content = from_json(carried.content, editions) if carried else None
    except (ImportProblem, *guard.BROKEN):
        return None
    if content is None:
        return None
    notes = Notes(unit="paragraph")
    changes = own_report.changes_between(carried.lines, own_report.lines_of(document))
    if changes is None:
        notes.skip(Block(kind="line", text="…", line=0), "too much was changed in the text to compare it")
        changes = []
    finder = edits.Edits(carried.values, content.edition)
    found = tuple(finder.of(changes, carried.lines))
    return TextImport(
        content=with_given(content, organisation, year), skipped=tuple(notes.skipped), edits=found
    )


def with_given(content: ReportContent, organisation: str | None, year: str | None) -> ReportContent:
    """The content of the organisation and the year that were given, where they were."""
    if organisation and organisation != content.organisation.name:
        content = replace(content, organisation=Organisation(name=organisation))
    return replace(content, year=year or content.year)
