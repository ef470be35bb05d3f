"""The picture of a domain for a report's cover: a column of blocks for each outcome area, as high as its score."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from reports.writing.drawing.svg import BLUE, FONT, GREY
from reports.writing.ooxml import xml_text

BLOCK, BLOCK_HEIGHT, GAP = 34, 17, 4
CODE_HEIGHT, LETTERS, LEAST_WIDTH = 22, 15, 120


@dataclass(frozen=True, kw_only=True)
class Column:
    """An outcome area: its code, each step of its scale from below (`tables.marks_of`), and its score in words."""

    code: str
    marks: tuple[str, ...]
    words: str


def domain_picture(*, title: str, columns: Sequence[Column]) -> str:
    """The picture as SVG, with every score in its description."""
    steps = max((len(column.marks) for column in columns), default=0)
    width = max(len(columns) * (BLOCK + GAP) - GAP, LEAST_WIDTH)
    height = steps * (BLOCK_HEIGHT + GAP) + CODE_HEIGHT
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "class": "report-picture report-picture--domain",
            "width": str(width),
            "height": str(height),
            "viewBox": f"0 0 {width} {height}",
        },
    )
    ElementTree.SubElement(svg, "title").text = title
    ElementTree.SubElement(svg, "desc").text = " ".join(f"{one.code}: {one.words}." for one in columns)
    for place, column in enumerate(columns):
        _column(svg, column, place * (BLOCK + GAP), steps)
    return xml_text(ElementTree.tostring(svg, encoding="unicode"))


def _column(svg: ElementTree.Element, column: Column, x: float, steps: int) -> None:
    for step, state in enumerate(column.marks):
        y = (steps - 1 - step) * (BLOCK_HEIGHT + GAP)
        if state in ("full", "half"):
            share = 1 if state == "full" else 0.5
            height = BLOCK_HEIGHT * share
            _block(svg, x, y + BLOCK_HEIGHT - height, height, {"fill": BLUE})
        if state != "full":
            dashes = {"stroke-dasharray": "3 3"} if state == "none" else {}
            look = {"fill": "none", "stroke": GREY, "stroke-width": "1.5"} | dashes
            _block(svg, x, y, BLOCK_HEIGHT, look, inset=0.75)
    place = {
        "x": f"{x + BLOCK / 2:g}",
        "y": f"{steps * (BLOCK_HEIGHT + GAP) + 14:g}",
        "text-anchor": "middle",
    }
    look = {"font-family": FONT, "font-size": str(LETTERS), "fill": "currentColor"}
    ElementTree.SubElement(svg, "text", place | look).text = column.code


def _block(
    svg: ElementTree.Element, x: float, y: float, height: float, look: dict[str, str], *, inset: float = 0
) -> None:
    place = {"x": f"{x + inset:g}", "y": f"{y + inset:g}"}
    size = {"width": f"{BLOCK - 2 * inset:g}", "height": f"{height - 2 * inset:g}"}
    ElementTree.SubElement(svg, "rect", place | size | look)
