"""What Word's styles say of a paragraph: heading or not, list, bold, italic. A style has what the one below it has."""

import re
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn

HEADING = re.compile(r"heading ?([1-9])?\b|^title$", re.IGNORECASE)
CONTENTS = re.compile(r"^(toc ?[1-9]|table of figures)$", re.IGNORECASE)
CONTINUED = re.compile(r"^list continue(?: ([2-9]))?$", re.IGNORECASE)
LIST = re.compile(r"^list (bullet|number)(?: ([2-9]))?$", re.IGNORECASE)
DEEPEST = 9
OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, kw_only=True)
class Look:
    """`heading` is its level from 1, 0 for what is none. `listed` is (list, depth), or None."""

    name: str = ""
    heading: int = 0
    is_contents: bool = False
    is_quote: bool = False
    listed: tuple[str, int] | None = None
    bullet: bool | None = None  # a list's point by the style's name alone: bullet or number
    depth: int = 0
    goes_on: int = 0  # how many points deep a paragraph goes on with the point above; 0 for none
    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None


class Styles:
    def __init__(self, document: Document):
        styles = document.styles.element.findall(qn("w:style"))
        self._rows = {style.get(qn("w:styleId")): style for style in styles}
        self._looks: dict[str, Look] = {}
        defaults = [s for s in styles if s.get(qn("w:default")) == "1" and s.get(qn("w:type")) == "paragraph"]
        self._default = defaults[0].get(qn("w:styleId")) if defaults else ""

    def of_paragraph(self, properties) -> Look:
        style = None if properties is None else properties.find(qn("w:pStyle"))
        return self.look(self._default if style is None else style.get(qn("w:val"), ""))

    def look(self, style: str) -> Look:
        if style not in self._looks:
            self._looks[style] = self._made([*self._chain(style)])
        return self._looks[style]

    def _chain(self, style: str):
        """The style and those that it is based on."""
        for _ in range(DEEPEST):
            row = self._rows.get(style)
            if row is None:
                return
            yield row
            below = row.find(qn("w:basedOn"))
            style = "" if below is None else below.get(qn("w:val"), "")

    def _made(self, chain: list) -> Look:
        names = [_value(row, "w:name") or "" for row in chain]
        headings = [match for name in names if (match := HEADING.search(name))]
        lists = [match for name in names if (match := LIST.match(name))]
        going_on = [match for name in names if (match := CONTINUED.match(name))]
        outline = [_value(row, "w:pPr/w:outlineLvl") for row in chain]
        levels = [int(level) + 1 for level in outline if level and level.isdigit() and int(level) < DEEPEST]
        heading = int(headings[0].group(1) or 1) if headings else (levels or [0])[0]
        return Look(
            name=names[0] if names else "",
            heading=0 if any(name.casefold() == "subtitle" for name in names[:1]) else heading,
            is_contents=any(CONTENTS.match(name) for name in names),
            is_quote=any("quote" in name.casefold() for name in names),
            listed=next((match for row in chain if (match := listed(row.find(qn("w:pPr"))))), None),
            bullet=lists[0].group(1).casefold() == "bullet" if lists else None,
            depth=int(lists[0].group(2) or 1) - 1 if lists else 0,
            goes_on=int(going_on[0].group(1) or 1) if going_on else 0,
            bold=_first_on(chain, "w:b"),
            italic=_first_on(chain, "w:i"),
            struck=_first_on(chain, "w:strike", "w:dstrike"),
            hidden=_first_on(chain, "w:vanish"),
        )


def _first_on(chain: list, *looks: str) -> bool | None:
    """What the first style that says anything of one of these looks says of it."""
    on = (is_on(row.find(qn("w:rPr")), look) for row in chain for look in looks)
    return next((one for one in on if one is not None), None)


def listed(properties) -> tuple[str, int] | None:
    """The list and the depth in it that a paragraph's properties name."""
    element = None if properties is None else properties.find(qn("w:numPr"))
    number = None if element is None else _value(element, "w:numId")
    if number is None:
        return None
    return number, int(_value(element, "w:ilvl") or 0)


def is_on(properties, name: str) -> bool | None:
    """Is this look switched on? None where the properties say nothing of it."""
    element = None if properties is None else properties.find(qn(name))
    return None if element is None else element.get(qn("w:val"), "1") not in OFF


def _value(element, path: str) -> str | None:
    for name in path.split("/"):
        element = None if element is None else element.find(qn(name))
    return None if element is None else element.get(qn("w:val"))
