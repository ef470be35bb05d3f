"""A CSV file of organisations: what each column means, and what would become of each row. Nothing is stored here.

NHS ODS publishes files without a row of headings, whose first columns are code and name; ours have headings.
"""

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

ODS_CODE = re.compile(r"[A-Z0-9]{3,10}")
MOST_BYTES, MOST_ROWS = 500_000, 2000
LEAVE_OUT = ""
MEANINGS = {
    LEAVE_OUT: "Leave out",
    "name": "Name",
    "ods_code": "ODS code",
    "kind": "Kind of organisation",
    "system": "Integrated care system",
}
HEADINGS = {
    **dict.fromkeys(("name", "organisation", "organisation name"), "name"),
    **dict.fromkeys(("ods code", "code", "organisation code"), "ods_code"),
    **dict.fromkeys(("kind", "type", "kind of organisation"), "kind"),
    **dict.fromkeys(("integrated care system", "care system", "ics", "system"), "system"),
}
ICB, TRUST, OTHER = "icb", "trust", "other"
KINDS = {  # words of a kind or of a name, in small letters
    "integrated care board": ICB,
    "icb": ICB,
    "trust": TRUST,
    "foundation trust": TRUST,
}
CONTROLS = re.compile(r"[\x00-\x1f\x7f\s]+")


class NotReadable(Exception):
    """The file is no table of organisations; the text says what to do."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One row of the file. `problem` says why it can't be added; "" where it can."""

    line: int
    name: str
    ods_code: str = ""
    kind: str = ""
    system: str = ""
    problem: str = ""
    is_there: bool = False


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in the code page that Excel writes. Raises NotReadable."""
    if len(data) > MOST_BYTES:
        raise NotReadable("The file is too large. Choose one of up to 500 kB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_rows(text: str) -> list[list[str]]:
    """The rows that are not empty, all as wide as the widest. Raises NotReadable."""
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        read = [
            [CONTROLS.sub(" ", cell).strip() for cell in row]
            for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
        ]
    except csv.Error:
        raise NotReadable("We can’t read this file. Save it as CSV and choose it again") from None
    rows = [row for row in read if any(row)]
    if not rows:
        raise NotReadable("The file is empty. Choose a file with a row for each organisation")
    if len(rows) > MOST_ROWS:
        raise NotReadable("The file has more than 2,000 rows. Split it into smaller files")
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def guess(rows: Sequence[Sequence[str]]) -> tuple[list[str], bool]:
    """What the columns seem to mean, and whether the first row holds headings."""
    headed = [HEADINGS.get(cell.casefold(), LEAVE_OUT) for cell in rows[0]]
    if "name" in headed:
        return [each if each not in headed[:place] else LEAVE_OUT for place, each in enumerate(headed)], True
    width = len(rows[0])
    first_rows = rows[:20]
    coded = sum(bool(ODS_CODE.fullmatch(row[0].upper())) for row in first_rows)
    is_coded = 2 * coded > len(first_rows)
    first = ["ods_code", "name"] if width > 1 and is_coded else ["name"]
    return first + [LEAVE_OUT] * (width - len(first)), False


def candidates(
    rows: Sequence[Sequence[str]],
    meanings: Sequence[str],
    *,
    has_headings: bool,
    names: Collection[str],
    codes: Collection[str],
) -> list[Candidate]:
    """What each row says; `names` (in small letters) and `codes` are those of organisations that are there."""
    made: list[Candidate] = []
    seen_names: dict[str, int] = {}
    seen_codes: dict[str, int] = {}
    for line, row in enumerate(rows, start=1):
        if has_headings and line == 1:
            continue
        says = {meaning: cell for meaning, cell in zip(meanings, row, strict=True) if meaning}
        name, code = says.get("name", ""), says.get("ods_code", "").upper()
        is_there = name.casefold() in names or code in codes
        made.append(
            Candidate(
                line=line,
                name=name,
                ods_code=code,
                kind=_kind(says.get("kind", ""), name),
                system=says.get("system", "")[:200],
                is_there=is_there,
                problem="" if is_there else _problem(name, code, seen_names, seen_codes),
            )
        )
        seen_names.setdefault(name.casefold(), line)
        if code:
            seen_codes.setdefault(code, line)
    return made


def _problem(name: str, code: str, names: dict[str, int], codes: dict[str, int]) -> str:
    if not name:
        return "It has no name"
    if len(name) > 200:
        return "Its name is longer than 200 characters"
    if code and not ODS_CODE.fullmatch(code):
        return f"“{code[:20]}” is not an ODS code: use 3 to 10 letters and digits"
    if name.casefold() in names:
        return f"Line {names[name.casefold()]} has the same name"
    if code in codes:
        return f"Line {codes[code]} has the same ODS code"
    return ""


def _kind(words: str, name: str) -> str:
    """The kind that the file gives, else the one that is part of the name; "" where neither says."""
    given = KINDS.get(words.casefold().removeprefix("nhs ").strip())
    if words:
        return given or OTHER
    return next((kind for part, kind in KINDS.items() if name.casefold().endswith(part)), "")
