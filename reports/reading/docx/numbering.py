"""The numbers that Word gives to paragraphs by itself, which stand nowhere in their text."""

import re
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn

BULLET, NONE = "bullet", "none"
ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, kw_only=True)
class Level:
    format: str
    text: str  # such as "%1%2)"
    start: int


@dataclass(frozen=True, kw_only=True)
class Label:
    """What Word draws before a paragraph: a bullet, or a text such as "1a)" whose own number is `value`."""

    is_bullet: bool
    text: str = ""
    value: int = 0


class Numbering:
    """Counts as Word does; `label` is to be asked once for each numbered paragraph, in order."""

    def __init__(self, document: Document):
        self._lists: dict[str, str] = {}  # the abstract list of each list
        self._levels: dict[tuple[str, int], Level] = {}
        self._starts: dict[tuple[str, int], int] = {}  # where a list begins anew
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        part = _numbering_part(document)
        if part is not None:
            self._read(part)

    def _read(self, numbering) -> None:
        for abstract in numbering.findall(qn("w:abstractNum")):
            for level in abstract.findall(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"))))
                self._levels[key] = _level(level)
        for num in numbering.findall(qn("w:num")):
            number = num.get(qn("w:numId"))
            self._lists[number] = num.find(qn("w:abstractNumId")).get(qn("w:val"))
            for change in num.findall(qn("w:lvlOverride")):
                start = change.find(qn("w:startOverride"))
                if start is not None:
                    key = (number, int(change.get(qn("w:ilvl"))))
                    self._starts[key] = int(start.get(qn("w:val")))

    def label(self, number: str, depth: int) -> Label | None:
        """The label of the next paragraph of that list at that depth (0 and more); None where it has none."""
        abstract = self._lists.get(number, "")
        level = self._levels.get((abstract, depth))
        if level is None or level.format == NONE:
            return None
        if level.format == BULLET:
            return Label(is_bullet=True)
        counts = self._counts.setdefault(abstract, {})
        if (number, depth) in self._starts and (number, depth) not in self._begun:
            counts[depth] = self._starts[number, depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((number, depth))
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return Label(is_bullet=False, text=self._text(abstract, level, counts), value=counts[depth])

    def _text(self, abstract: str, level: Level, counts: dict[int, int]) -> str:
        def number(match: re.Match) -> str:
            depth = int(match.group(1)) - 1
            of = self._levels.get((abstract, depth))
            return _written(counts.get(depth, of.start), of.format) if of else ""

        return re.sub("%([1-9])", number, level.text)


def _numbering_part(document: Document):
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/numbering"):
            return relation.target_part.element
    return None


def _level(level) -> Level:
    def value(name: str, otherwise: str) -> str:
        element = level.find(qn(name))
        return otherwise if element is None else element.get(qn("w:val"), otherwise)

    return Level(
        format=value("w:numFmt", "decimal"), text=value("w:lvlText", ""), start=int(value("w:start", "1"))
    )


def _written(number: int, format: str) -> str:
    if format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if format == "upperLetter" else letter
    if format in ("lowerRoman", "upperRoman") and 0 < number < 40:
        roman, left = "", number
        for value, sign in ROMANS:
            while left >= value:
                roman, left = roman + sign, left - value
        return roman.upper() if format == "upperRoman" else roman
    return f"{number:02}" if format == "decimalZero" else str(number)
