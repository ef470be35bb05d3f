"""Reading a report from a file, whatever its form, with the frameworks of this portal."""

from dataclasses import replace
from pathlib import Path

from casestudies.edition import Edition
from casestudies.models import Framework
from scoring.report.content import Organisation
from scoring.report.json_form import from_json
from scoring.report.problems import ImportProblem, Problem
from scoring.report.text import TextImport, from_text

TEXT_EDITION = "EDS 2022"  # a text holds the outcome areas of an edition, not its name


def edition_named(name: str) -> Edition:
    """The edition of that name. Raises KeyError where the portal has none."""
    framework = Framework.objects.whole().filter(name=name).first()
    if framework is None:
        raise KeyError(name)
    return framework.as_edition()


def read_report(path: Path, *, organisation: str | None = None, year: str | None = None) -> TextImport:
    """The report in the file, and the lines that were skipped, each with its reason.

    `organisation` and `year` stand for what the file does not state, and win over what it does. Raises ImportProblem
    for a file that can't be read or understood.
    """
    readers = {".txt": _read_text, ".json": _read_json}
    if path.suffix.lower() not in readers:
        wanted = f"a file ending in {' or '.join(readers)}"
        raise ImportProblem([Problem(found=f"{path.name} is another kind of file", expected=wanted)])
    try:
        data = path.read_bytes()
    except OSError as error:
        found = f"{path} can't be read ({error.strerror})"
        raise ImportProblem([Problem(found=found, expected="a file that can be read")]) from error
    return readers[path.suffix.lower()](data, organisation, year)


def _read_text(data: bytes, organisation: str | None, year: str | None) -> TextImport:
    return from_text(data, edition_named(TEXT_EDITION), organisation=organisation, year=year)


def _read_json(data: bytes, organisation: str | None, year: str | None) -> TextImport:
    content = from_json(data, edition_named)
    if organisation and organisation != content.organisation.name:
        content = replace(content, organisation=Organisation(name=organisation))
    return TextImport(content=replace(content, year=year or content.year), skipped=())
