"""What changed between two versions of a case study, word by word (difflib of the standard library)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scoring.markdown import to_plain

SAME, REMOVED, ADDED = "same", "removed", "added"
AROUND = 12  # unchanged words that are shown on each side of a change


@dataclass(frozen=True)
class Piece:
    """Words that are the same in both versions, were removed, or were added."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ChangedPart:
    """A section, or the title or the evidence, that says something else now."""

    heading: str
    pieces: tuple[Piece, ...]


def changes(old: Mapping, new: Mapping) -> tuple[ChangedPart, ...]:
    """The parts that differ between the contents of two versions, in the order of the newer one."""
    before, after = _parts(old), _parts(new)
    headings = [*after, *(heading for heading in before if heading not in after)]
    return tuple(
        ChangedPart(heading=heading, pieces=compared(before.get(heading, ""), after.get(heading, "")))
        for heading in headings
        if before.get(heading) != after.get(heading)
    )


def compared(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one, word by word. Long stretches without a change are cut in the middle by "…"."""
    before, after = _words(old), _words(new)
    pieces = []
    for kind, first, second, third, fourth in _steps(before, after):
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(before[first:second])))
            continue
        if second > first:
            pieces.append(Piece(REMOVED, "".join(before[first:second])))
        if fourth > third:
            pieces.append(Piece(ADDED, "".join(after[third:fourth])))
    return tuple(_shortened(pieces))


def _parts(content: Mapping) -> dict[str, str]:
    """The words of a version under the headings that a reader sees; a heading that comes twice is numbered."""
    parts = {"Title": content["title"]}
    for section in content["sections"]:
        heading, times = section["heading"], 1
        while heading in parts:
            times += 1
            heading = f"{section['heading']} ({times})"
        outcome = (
            f"Outcome {section['outcome']}\n\n"
            if section["outcome"] not in (None, section["heading"])
            else ""
        )
        parts[heading] = outcome + to_plain(section["body"])
    parts["Evidence"] = "\n".join(_evidence(item) for item in content["evidence"])
    return parts


def _evidence(item: Mapping) -> str:
    said = [
        item["title"],
        item["text"],
        item["url"],
        item["source"],
        item["date"],
        ", ".join(item["outcomes"]),
    ]
    return "• " + " · ".join(str(part) for part in said if part)


def _words(text: str) -> list[str]:
    """Words with the space after them, so that joined they are the text again."""
    return re.findall(r"\s*\S+\s*?(?=\s|$)", text) if text.strip() else []


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        words = _words(piece.text)
        first, last = place == 0, place == len(pieces) - 1
        if piece.kind != SAME or len(words) <= 2 * AROUND:
            yield piece
            continue
        head = "" if first else "".join(words[:AROUND])
        tail = "" if last else "".join(words[-AROUND:])
        yield Piece(SAME, f"{head} … {tail}")
