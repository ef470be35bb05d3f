"""What changed between two versions of a case study, word by word (difflib of the standard library)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eds.edition import AGGREGATION_WORDS, Edition, Outcome
from eds.text import labels
from eds.text.markdown import to_plain

SAME, REMOVED, ADDED = "same", "removed", "added"
AROUND = 12  # unchanged words that are shown on each side of a change
MOST = 300_000  # pairs of equal words up to which two texts are compared word by word


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


def changes(old: Mapping, new: Mapping, *, around: int | None = AROUND) -> tuple[ChangedPart, ...]:
    """The parts that differ between the contents of two versions, in the order of the newer one.

    `around` as for `compared`.
    """
    before, after = _parts(old), _parts(new)
    headings = [*after, *(heading for heading in before if heading not in after)]
    return tuple(
        ChangedPart(
            heading=heading,
            pieces=compared(before.get(heading, ""), after.get(heading, ""), around=around),
        )
        for heading in headings
        if before.get(heading) != after.get(heading)
    )


def compared(old: str, new: str, *, around: int | None = AROUND) -> tuple[Piece, ...]:
    """Two texts as one, word by word; very long ones that repeat the same words, paragraph by paragraph or as a whole.

    Of a long stretch without a change `around` words are left at each end, with "…" between; None leaves it whole.
    """
    before, after = _units(old, new)
    pieces = []
    for kind, first, second, third, fourth in _steps(before, after):
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(before[first:second])))
            continue
        if second > first:
            pieces.append(Piece(REMOVED, "".join(before[first:second])))
        if fourth > third:
            pieces.append(Piece(ADDED, "".join(after[third:fourth])))
    return tuple(pieces if around is None else _shortened(pieces, around))


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
    parts = [
        item["title"],
        item["text"],
        item["url"],
        labels.source_words(item.get("source_kind"), item["source"]),
        item["date"],
        ", ".join(item["outcomes"]),
    ]
    return "• " + " · ".join(str(part) for part in parts if part)


def _units(old: str, new: str) -> tuple[list[str], list[str]]:
    """The largest number of parts that can be compared in a moment: what difflib does grows with equal pairs."""
    for split in (_words, _paragraphs):
        before, after = split(old), split(new)
        counts = Counter(after)
        if sum(counts[part] for part in before) <= MOST:
            return before, after
    return [old], [new]


def _paragraphs(text: str) -> list[str]:
    return re.findall(r"[^\n]+\n*|\n+", text)


def _words(text: str) -> list[str]:
    """Words with the space after them, so that joined they are the text again."""
    return re.findall(r"\s*\S+\s*?(?=\s|$)", text) if text.strip() else []


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _shortened(pieces: Sequence[Piece], around: int) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        words = _words(piece.text)
        first, last = place == 0, place == len(pieces) - 1
        if piece.kind != SAME or len(words) <= 2 * around:
            yield piece
            continue
        head = "" if first else "".join(words[:around])
        tail = "" if last else "".join(words[-around:])
        yield Piece(SAME, f"{head} … {tail}")


# What differs between two editions of the EDS, field by field and word by word.


def edition_changes(old: Edition, new: Edition) -> tuple[ChangedPart, ...]:
    """The parts that say something else in the new edition, in its order; those that it lacks come last."""
    before, after = _texts(old), _texts(new)
    headings = [*after, *(heading for heading in before if heading not in after)]
    return tuple(
        ChangedPart(heading=heading, pieces=compared(before.get(heading, ""), after.get(heading, "")))
        for heading in headings
        if before.get(heading, "") != after.get(heading, "")
    )


def _texts(edition: Edition) -> dict[str, str]:
    """Everything that an edition says but its name, each under a heading."""
    texts = {
        "Where it comes from": edition.source,
        "Where the help text comes from": edition.help_source,
        "Grades count as points": _yes_or_no(edition.has_points),
        "An outcome area may be not applicable": _yes_or_no(edition.allows_not_applicable),
    }
    for grade in edition.grades:
        activity = f" ({grade.activity})" if grade.activity else ""
        texts[f"Grade {grade.score}"] = f"{grade.name}{activity}"
    for place, band in enumerate(edition.bands, start=1):
        texts[f"Overall rating {place}"] = f"{band.lowest} to {band.highest} points: {band.name}"
    for domain in edition.domains:
        texts[domain.name] = domain.title
        texts[f"{domain.name}: how its scores add up"] = AGGREGATION_WORDS[domain.aggregation]
        texts[f"{domain.name}: tested by third parties"] = _yes_or_no(domain.tested_by_third_parties)
        texts[f"{domain.name}: practice case study"] = domain.practice_title
        texts[f"{domain.name}: order of outcome areas"] = ", ".join(domain.codes)
        for outcome in domain.outcomes:
            texts |= _outcome_texts(edition, outcome)
    return texts


def _yes_or_no(value: bool) -> str:
    return "Yes" if value else "No"


def _outcome_texts(edition: Edition, outcome: Outcome) -> dict[str, str]:
    meanings = {
        f"{outcome.code}: what “{grade.name}” means": outcome.descriptor(grade.score)
        for grade in edition.grades
    }
    easy, reasons = dict(outcome.easy_descriptors), dict(outcome.practice_reasons)
    for grade in edition.grades:
        meanings[f"{outcome.code}: “{grade.name}” in easy words"] = easy.get(grade.score, "")
        meanings[f"{outcome.code}: practice reason for “{grade.name}”"] = reasons.get(grade.score, "")
    return {
        f"{outcome.code}: statement": outcome.statement,
        f"{outcome.code}: guidance": outcome.guidance,
        f"{outcome.code}: statement in easy words": outcome.easy_statement,
        f"{outcome.code}: picture": outcome.picture,
        f"{outcome.code}: practice text": outcome.practice,
    } | meanings
