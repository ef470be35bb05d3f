"""Points bands of ratings that a text quotes: "between 22 and 30 are Achieving", "8-21 Developing"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from eds.checks.finding import Finding, finding
from eds.checks.texts import plain_lines, texts
from eds.content import ReportContent
from eds.edition import Edition

NUMBER = r"(?<![\d/.,£-])(\d{1,2})(?![\d/%]|[.,]\d)"
RANGE = re.compile(
    rf"between\s+{NUMBER}\s+(?:and|to)\s+{NUMBER}"
    rf"|(?:from\s+)?{NUMBER}\s*(?:-|–|—|to)\s*(?<![\d/.,£])(\d{{1,2}})(?![\d/%-]|[.,]\d)"
    rf"|(?P<under>under|below|less than|fewer than)\s+{NUMBER}"
    rf"|{NUMBER}\s*(?P<over>\+|or (?:more|above|over)|and (?:above|over))"
    rf"|(?:those|organisations) (?:who|that|which) score\s+(?P<exact>\d{{1,2}})(?=\s*[,(]|\s+(?:are|is)\b)",
    re.IGNORECASE,
)
# What may stand between points and the rating that they are said to be, in either order
LINK = re.compile(
    r"(?:[\s:=|,()“”\"'‘’–—-]|\b(?:points?|score[sd]?|scoring|totals?|is|are|am|was|were|be|means?|for|from|of|an?|the|as|in"
    r"|gives?|rated|rating|rate[sd]?|overall|band|activity|who|those|organisations?|requires?)\b"
    r"|\badding all outcome scores in all domains\b)*",
    re.IGNORECASE,
)
# After the pair no word may follow that makes it something else ("8-21 Developing services", "Achieving 22-30 cases")
ENDS = re.compile(r"\s*(?:$|[^\w\s%]|(?:points?|activity|and|or|rating|band|overall|[A-Z0-9])\b)")


@dataclass(frozen=True, kw_only=True)
class _Item:
    """A rating's name or a range of points in a line."""

    start: int
    end: int
    name: str = ""
    points: tuple[int, int] | None = None


def band_misquoted(content: ReportContent) -> Iterator[Finding]:
    """A text gives a rating a range of points that the framework's overall bands don't give it.

    Ranges within the scale of one outcome area are left alone: a 2 on one outcome is Achieving too.
    """
    for text in texts(content):
        for line in plain_lines(text.value):
            for quote, name, points in _quoted(line, content.edition):
                if points not in [
                    (band.lowest, band.highest) for band in content.edition.bands if band.name == name
                ]:
                    yield finding(
                        "band-misquoted",
                        f"{text.place} says “{quote}”, but {_right(content.edition, name)}. Correct the text.",
                        case_study=text.case_study,
                        outcome=text.outcome,
                    )


def _right(edition: Edition, name: str) -> str:
    for band in edition.bands:
        if band.name == name:
            points = str(band.lowest) if band.lowest == band.highest else f"{band.lowest} to {band.highest}"
            return f"in {edition.name} {name} is {points} points"
    return f"{edition.name} gives no points to ratings"


def _quoted(line: str, edition: Edition) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Each pair of a rating and a range in the line, the leftmost first: with the words quoted."""
    items = _items(line, edition)
    used = -1
    for first, second in pairwise(items):
        if first.start <= used or bool(first.name) == bool(second.name):
            continue
        link = LINK.fullmatch(line, first.end, second.start)
        if link and ENDS.match(line, second.end) and _is_a_name(line, first, second, link[0]):
            used = second.start
            name, points = first.name or second.name, first.points or second.points
            if points[1] > edition.highest:
                yield line[first.start : second.end], name, points


def _is_a_name(line: str, first: _Item, second: _Item, link: str) -> bool:
    """A rating has a capital; in small letters it is a verb ("developing"), but for "rated developing"."""
    start = first.start if first.name else second.start
    return line[start].isupper() or "rated" in link.casefold().split()


def _items(line: str, edition: Edition) -> list[_Item]:
    names = [band.name for band in edition.bands] or [grade.name for grade in edition.grades]
    items = [
        _Item(start=match.start(), end=match.end(), name=name)
        for name in names
        for match in re.finditer(rf"\b{re.escape(name)}\b", line, re.IGNORECASE)
    ]
    most = max((band.highest for band in edition.bands), default=99)
    for match in RANGE.finditer(line):
        numbers = [int(group) for group in match.groups() if group and group.isdecimal()]
        points = _points(match, numbers, most)
        if points[0] <= points[1]:
            items.append(_Item(start=match.start(), end=match.end(), points=points))
    return sorted(items, key=lambda item: item.start)


def _points(match: re.Match, numbers: list[int], most: int) -> tuple[int, int]:
    if match["under"]:
        return 0, numbers[0] - 1
    if match["over"]:
        return numbers[0], most
    return numbers[0], numbers[-1]
