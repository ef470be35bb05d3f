"""Pictures of scores as SVG, the same on a page and in a PDF. Pure: values in, one `<svg>` element out.

Each picture has a title and a description for people who do not see it, says every value in words beside its
mark, and tells nothing by colour alone. Its table stands by it on the page. Its look is set by presentation
attributes, because the content security policy forbids style attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

FONT = "Atkinson Hyperlegible Next,Frutiger W01,Arial,sans-serif"
BLUE = "#005eb8"  # NHS Blue: 6.4:1 on white
GREY = "#4c6272"  # NHS Grey 1: 6.3:1 on white

TEXT_SIZE = 16  # of a picture's own units; its width is in em, so the text is as large as the text around it
LETTER, BOLD_LETTER = 9, 11  # generous widths of one letter
ROW, MARK_HEIGHT, MARK, GAP, LINE = 30, 16, 40, 4, 1.5

MOST_MARKS = 10  # in a row, so that a picture stays readable


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row of a picture: `points` out of `out_of`, drawn as `marks` marks, and the same in `words`.

    `points` is None where there is no score; `marks` is 0 where nothing is to be scored (not applicable).
    """

    label: str
    points: int | float | None
    out_of: int
    words: str
    marks: int
    bold: bool = False


def score_bar(*, title: str, bars: Sequence[Bar]) -> str:
    """A row of marks for each bar, all of one length: empty marks for 0, a dashed line for no score."""
    left = max(len(bar.label) for bar in bars) * BOLD_LETTER + 12
    length = max(1, *(bar.marks for bar in bars)) * (MARK + GAP) - GAP
    words_at = left + length + 12
    width = words_at + max(len(bar.words) for bar in bars) * LETTER
    svg = _picture(title, [f"{bar.label}: {bar.words}" for bar in bars], width, len(bars) * ROW)
    for row, bar in enumerate(bars):
        top = row * ROW
        _text(svg, bar.label, 0, top, bold=True)
        if bar.marks:
            _marks(svg, bar, left, top + (ROW - MARK_HEIGHT) / 2, length)
        _text(svg, bar.words, words_at, top, bold=bar.bold)
    return ElementTree.tostring(svg, encoding="unicode")


def counts(*, title: str, rows: Sequence[tuple[str, int, str]], out_of: int) -> str:
    """How many people chose each answer: label, number, and the number in words; a mark for each person.

    `out_of` is how many people there are, at least 1. Where they are many, a mark stands for several.
    """
    marks = min(out_of, MOST_MARKS)
    bars = [
        Bar(label=label, points=count, out_of=out_of, words=words, marks=marks)
        for label, count, words in rows
    ]
    return score_bar(title=title, bars=bars)


def _picture(title: str, facts: Sequence[str], width: int, height: int) -> ElementTree.Element:
    """An empty picture with its title and, as its description, every fact that it shows."""
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "class": "report-picture",
            "width": f"{width / TEXT_SIZE:g}em",
            "height": f"{height / TEXT_SIZE:g}em",
            "viewBox": f"0 0 {width} {height}",
        },
    )
    ElementTree.SubElement(svg, "title").text = title
    ElementTree.SubElement(svg, "desc").text = ". ".join(facts) + "."
    return svg


def _marks(svg: ElementTree.Element, bar: Bar, left: float, top: float, length: float) -> None:
    if bar.points is None:
        middle = f"{top + MARK_HEIGHT / 2:g}"
        place = {"x1": f"{left:g}", "x2": f"{left + length:g}", "y1": middle, "y2": middle}
        look = {"stroke": GREY, "stroke-width": "2", "stroke-dasharray": "4 6"}
        ElementTree.SubElement(svg, "line", place | look)
        return
    mark, share = (length + GAP) / bar.marks - GAP, bar.points / bar.out_of * bar.marks
    for place in range(bar.marks):
        x = left + place * (mark + GAP)
        filled = min(max(share - place, 0), 1)
        if filled:
            _rectangle(svg, x, top, mark * filled, {"fill": BLUE})
        outline = {"fill": "none", "stroke": BLUE if filled else GREY, "stroke-width": f"{LINE:g}"}
        _rectangle(svg, x, top, mark, outline, inset=LINE / 2)


def _rectangle(
    svg: ElementTree.Element, x: float, y: float, width: float, look: dict[str, str], *, inset: float = 0
) -> None:
    """A mark of `width`, drawn `inset` inside its edges so that its line does not reach beyond them."""
    place = {"x": f"{x + inset:g}", "y": f"{y + inset:g}"}
    size = {"width": f"{width - 2 * inset:g}", "height": f"{MARK_HEIGHT - 2 * inset:g}"}
    ElementTree.SubElement(svg, "rect", place | size | look)


def _text(svg: ElementTree.Element, words: str, x: float, top: float, *, bold: bool) -> None:
    place = {"x": f"{x:g}", "y": f"{top + ROW / 2 + TEXT_SIZE * 0.35:g}"}
    look = {"font-family": FONT, "font-size": str(TEXT_SIZE), "fill": "currentColor"}
    element = ElementTree.SubElement(svg, "text", place | look | ({"font-weight": "bold"} if bold else {}))
    element.text = words
