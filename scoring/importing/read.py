"""Reading a report from a file, whatever its form, with the frameworks of this portal."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from casestudies.models import Framework
from eds.content import ReportContent
from eds.edition import Edition
from reports.reading.blocks import Mended, Skipped
from reports.reading.docx.edits import Edit, edited
from reports.reading.docx.guard import LARGEST_FILE, SAVE_AGAIN
from reports.reading.docx.report import from_docx, with_given
from reports.reading.problems import ImportProblem, Problem
from reports.reading.prose.text import TextImport, from_text
from reports.reading.template.meanings import NO_MEANINGS, Meanings
from reports.writing.data.json_report import from_json, to_json

KINDS = (".docx", ".txt", ".json")
OTHER_KINDS = {  # that Word opens
    ".doc": "a file of Word 2003 or older",
    ".odt": "an OpenDocument file",
    ".pdf": "a PDF",
    ".rtf": "a rich text file",
    ".docm": "a Word file with macros",
    ".dotx": "a template for Word files",
}
OLDER_EDITIONS = ("EDS2",)  # known by the codes of their outcomes
TEXT_EDITION = "EDS 2022"  # a text holds the outcome areas of an edition, not its name


def edition_named(name: str) -> Edition:
    """The edition of that name. Raises KeyError where the portal has none."""
    framework = Framework.objects.whole().filter(name=name).first()
    if framework is None:
        raise KeyError(name)
    return framework.as_edition()


def read_report(
    path: Path, *, organisation: str | None = None, year: str | None = None, lenient: bool = False
) -> TextImport:
    """The report in the file at `path`, with what was changed in Word; see `read_data`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        found = f"{path} can't be read ({error.strerror})"
        raise ImportProblem([Problem(found=found, expected="a file that can be read")]) from error
    return _with_all_edits(read_data(data, path.name, organisation=organisation, year=year, lenient=lenient))


def with_edits(content: ReportContent, edits: Sequence[Edit]) -> ReportContent:
    """The content of a Word report of the portal with what somebody changed in its text."""
    return edited(to_json(content), edits, content.edition) if edits else content


def _with_all_edits(found: TextImport) -> TextImport:
    """With every change that can be taken; each is named, and so is each that can't."""
    named = tuple(
        Skipped(
            number=0,
            text=f"“{edit.old}” → “{edit.new}”",
            why="changed in Word" if edit.can_be_taken else "changed in Word, and not clear in which text",
            is_assumed=edit.can_be_taken,
        )
        for edit in found.edits
    )
    content = with_edits(found.content, found.edits)
    return replace(found, content=content, skipped=(*found.skipped, *named))


def read_data(
    data: bytes,
    name: str,
    *,
    organisation: str | None = None,
    year: str | None = None,
    mended: Mended | None = None,
    meanings: Meanings = NO_MEANINGS,
    lenient: bool = False,
) -> TextImport:
    """The report in a file of that name, and the lines that were skipped, each with its reason.

    `organisation` and `year` stand for what the file does not state, and win over what it does; `mended` are lines
    that somebody corrected, `meanings` what the words of tables mean. Raises ImportProblem for a file that can't be
    read or understood; a `lenient` reader gives what it could understand, with the problems.
    """
    kind = PurePath(name).suffix.lower()
    wanted = f"a file ending in {', '.join(KINDS)}"
    if kind in OTHER_KINDS:
        found, how = f"{name} is {OTHER_KINDS[kind]}", SAVE_AGAIN.split(". ", 1)[1]
        raise ImportProblem([Problem(found=found, expected=f"{wanted}. {how}")])
    if kind not in KINDS:
        raise ImportProblem([Problem(found=f"{name} is another kind of file", expected=wanted)])
    if len(data) > LARGEST_FILE:
        wanted = f"at most {LARGEST_FILE // 1024**2} MB"
        raise ImportProblem([Problem(found="the file is too large", expected=wanted)])
    if kind == ".json":
        return _read_json(data, organisation, year)
    edition = edition_named(TEXT_EDITION)
    others = [one.as_edition() for one in Framework.objects.whole().filter(name__in=OLDER_EDITIONS)]
    given = {"organisation": organisation, "year": year, "mended": mended, "lenient": lenient}
    given |= {"others": others, "meanings": meanings}
    if kind == ".txt":
        return from_text(data, edition, **given)
    return from_docx(data, edition, editions=edition_named, **given)


def _read_json(data: bytes, organisation: str | None, year: str | None) -> TextImport:
    content = from_json(data, edition_named)
    return TextImport(content=with_given(content, organisation, year), skipped=())
