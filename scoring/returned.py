"""What a Word file that came back would change in a case study."""

from collections.abc import Sequence
from dataclasses import dataclass

from eds.content import Section
from eds.edition import Edition
from eds.markdown import to_plain
from eds.text_diff import Piece, compared
from reports.case_study_docx import Returned, from_word, to_word

CHANGED, NEW, GONE = "changed", "new", "gone"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One section that differs. `place` is its position from 0 among those of the case study; None for a new one.

    `section` is what the file says; None where it has no such section.
    """

    kind: str
    heading: str
    pieces: tuple[Piece, ...]
    place: int | None = None
    section: Section | None = None

    @property
    def words(self) -> str:
        return {CHANGED: "Changed", NEW: "New section", GONE: "No longer in the file"}[self.kind]


def read_back(data: bytes, edition: Edition, sections: Sequence[Section]) -> tuple[Returned, list[Change]]:
    """What the file says, and what it would change in these sections.

    The sections themselves are written to Word and read back first, so that only what somebody changed differs.
    Raises ImportProblem for a file that can't be read.
    """
    theirs = from_word(data, edition, sections)
    ours = from_word(to_word(title="Case study 1: A", about="A", sections=sections), edition, sections)
    return theirs, changes_of(ours.sections, theirs.sections)


def changes_of(ours: Sequence[Section], theirs: Sequence[Section]) -> list[Change]:
    """Sections are the same by heading and outcome area; of two with the same, the first is the first."""
    left = list(enumerate(ours))
    found = []
    for section in theirs:
        match = next((one for one in left if _name(one[1]) == _name(section)), None)
        if match is None:
            found.append(_change(NEW, None, section))
            continue
        left.remove(match)
        if match[1].body != section.body:
            found.append(_change(CHANGED, match, section))
    return found + [_change(GONE, match, None) for match in left]


def _name(section: Section) -> tuple[str, str | None]:
    return section.heading, section.outcome


def _change(kind: str, match: tuple[int, Section] | None, section: Section | None) -> Change:
    place, old = match or (None, None)
    before, after = (to_plain(one.body) if one else "" for one in (old, section))
    return Change(
        kind=kind,
        heading=(section or old).heading,
        pieces=compared(before, after),
        place=place,
        section=section,
    )
