"""What is wrong with a file that somebody imports: where, what was found, and what was expected."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to mend. `place` is for JSON ("case_studies[0].scores.1E"), `line` and `text` for text.

    `unit` says what `line` counts: lines of a text, paragraphs of a Word file. `is_of_line` is true where the report
    would be understood if that line said something else.
    """

    found: str
    expected: str
    place: str = ""
    line: int | None = None
    text: str | None = None
    unit: str = "line"
    is_of_line: bool = False

    def __str__(self) -> str:
        where = self.place if self.line is None else f"{self.unit} {self.line}, “{_short(self.text or '')}”"
        sentence = f"{self.found}; expected {self.expected}"
        return f"{where}: {sentence}" if where else sentence


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 80 else f"{folded[:79]}…"


class ImportProblem(Exception):
    """A file could not be read, and nothing was changed. `problems` holds all that was found, in order."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def decoded(data: bytes | str) -> str:
    """The text of a file in UTF-8. Raises ImportProblem where it is empty or something else."""
    if isinstance(data, bytes):
        data = _utf_8(data)
    data = data.removeprefix("\ufeff")
    if not data.strip():
        raise ImportProblem([Problem(found="the file is empty", expected="a report")])
    return data


def _utf_8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.split(b"\n")[line - 1].decode("utf-8", errors="replace")
        found = f"a byte that is not UTF-8 text (0x{data[error.start]:02x})"
        problem = Problem(found=found, expected="a file saved as UTF-8", line=line, text=text)
        raise ImportProblem([problem]) from error


def unstorable(text: str) -> str | None:
    """What in the text no database can store, in words; None when all of it can be."""
    if "\x00" in text:
        return "a null character"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "half of a surrogate pair"
    return None
