"""The letters of a file of plain text, as Word, Notepad and the like save it."""

import re

from reports.reading.blocks import Block
from reports.reading.problems import ImportProblem, Problem, decoded

MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHER_KINDS = {
    b"PK\x03\x04": "a Word file",
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
}
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
HOW = "plain text. Open it in Word, choose “Save as”, “Word Document (.docx)”, and use that file"


def letters_of(data: bytes | str) -> tuple[str, Block | None]:
    """The text, and the first line whose letters are taken for those of Windows, which no file states.

    Raises ImportProblem for a file that is empty or no text.
    """
    if isinstance(data, str):
        return decoded(data), None
    for start, kind in OTHER_KINDS.items():
        if data.startswith(start):
            raise ImportProblem([Problem(found=f"the file is {kind}, whatever its name says", expected=HOW)])
    if data.startswith(MARKS_OF_UTF_16):
        return decoded(data.decode("utf-16", errors="replace")), None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _of_windows(data)
    return decoded(data), None


def _of_windows(data: bytes) -> tuple[str, Block | None]:
    """Text in the Windows alphabet; `decoded` says what is wrong with any other."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return decoded(data), None
    if CONTROLS.search(data):
        return decoded(data), None
    number, line = next((at, line) for at, line in enumerate(lines_in(text), start=1) if not line.isascii())
    return decoded(text), Block(kind="line", text=line.strip(), line=number)


def lines_in(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)
