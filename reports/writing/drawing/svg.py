"""Pictures of scores as SVG, the same on a page and in a PDF. Pure: values in, one `<svg>` element out.

Each picture has a title and a description for people who do not see it, says every value in words beside its
mark, and tells nothing by colour alone. Its table stands by it on the page. Its look is set by presentation
attributes, because the content security policy forbids style attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.etree import ElementTree

from eds.evidence_map import NO_OUTCOME, EvidenceMap, MapCell, MapRow
from eds.text import labels as words
from reports.writing.ooxml import xml_text

FONT = "Arimo,Frutiger W01,Arial,sans-serif"
BLUE = "#005eb8"  # NHS Blue: 6.4:1 on white
PALE, WHITE = "#d2e2f1", "#ffffff"
GREY = "#4c6272"  # NHS Grey 1: 6.3:1 on white

TEXT_SIZE = 16  # of a picture's own units; its width is in em, so the text is as large as the text around it
LETTER, BOLD_LETTER = 9, 11  # generous widths of one letter
ROW, MARK_HEIGHT, MARK, GAP, LINE = 30, 16, 40, 4, 1.5

WIDE, CARD = 240, 150  # length of a bar that stands alone
LABEL = 22  # letters of a row's label in one line
LINE_HEIGHT, NARROW, SPOT, SPOT_HEIGHT = 20, 36, 10, 20

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


def score_bar(*, title: str, bars: Sequence[Bar], length: float = 0) -> str:
    """A row of marks for each bar, all of one length: empty marks for 0, a dashed line for no score."""
    left = max(len(bar.label) for bar in bars) * BOLD_LETTER + 12
    length = length or max(1, *(bar.marks for bar in bars)) * (MARK + GAP) - GAP
    words_at = left + length + 12
    width = words_at + max(len(bar.words) for bar in bars) * LETTER
    svg = _picture(title, [f"{bar.label}: {bar.words}" for bar in bars], width, len(bars) * ROW)
    for row, bar in enumerate(bars):
        top = row * ROW
        _text(svg, bar.label, 0, top, bold=True)
        if bar.marks:
            _marks(svg, bar, left, top + (ROW - MARK_HEIGHT) / 2, length)
        _text(svg, bar.words, words_at, top, bold=bar.bold)
    return _written(svg)


def grouped(*, title: str, groups: Sequence[tuple[str, Sequence[Bar]]], first_is_earlier: bool = True) -> str:
    """Bars under headings, for example the years of each domain; the lengths of a group are in its own proportion.

    The first bar of a group is grey and its last is bold where it is the earlier of what is compared.
    """
    bars = [bar for _, group in groups for bar in group]
    left = max(len(bar.label) for bar in bars) * LETTER + 12
    words_at = left + WIDE + 12
    named = max(len(heading) for heading, _ in groups) * BOLD_LETTER
    width = max(words_at + max(len(bar.words) for bar in bars) * LETTER, named)
    rows = len(bars) + len(groups)
    facts = [f"{name}, {bar.label}: {bar.words}" for name, group in groups for bar in group]
    svg = _picture(title, facts, width, rows * ROW)
    top = 0
    for heading, group in groups:
        _text(svg, heading, 0, top, bold=True)
        for place, bar in enumerate(group):
            top += ROW
            _text(svg, bar.label, 0, top, bold=False)
            _marks(
                svg,
                bar,
                left,
                top + (ROW - MARK_HEIGHT) / 2,
                WIDE,
                colour=GREY if first_is_earlier and not place else BLUE,
            )
            _text(svg, bar.words, words_at, top, bold=first_is_earlier and place == len(group) - 1)
        top += ROW
    return _written(svg)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One place of a grid: `share` from 0 to 1 is how much of it is filled.

    `mark` is what stands in it, `words` the same for the description, "" where there is nothing.
    """

    share: float
    mark: str
    words: str


def grid(*, title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Spot]]]) -> str:
    """A bar for each row and column, filled from below by its share, with its mark beside it."""
    labels = [wrap(label, LABEL) or [""] for label, _ in rows]
    left = max(len(line) for lines in labels for line in lines) * LETTER + 12
    column = max(NARROW, *(len(name) * LETTER + 12 for name in columns))
    heights = [max(ROW, len(lines) * LINE_HEIGHT + 10) for lines in labels]
    facts = [f"{label}: {_told(columns, spots)}" for label, spots in rows]
    svg = _picture(title, facts, left + column * len(columns), ROW + sum(heights))
    for place, name in enumerate(columns):
        _text(svg, name, left + place * column, 0, bold=True)
    top = ROW
    for lines, height, (_, spots) in zip(labels, heights, rows, strict=True):
        for number, line in enumerate(lines):
            _text(svg, line, 0, top + (number * LINE_HEIGHT if len(lines) > 1 else 0), bold=False)
        for place, spot in enumerate(spots):
            _spot(svg, spot, left + place * column, top)
        top += height
    return _written(svg)


def _told(columns: Sequence[str], spots: Sequence[Spot]) -> str:
    """A row in words; only what there is, so that somebody who listens to it comes to the end."""
    parts = [f"{name} {spot.words}" for name, spot in zip(columns, spots, strict=True) if spot.words]
    return ", ".join(parts) or "none"


def _spot(svg: ElementTree.Element, spot: Spot, x: float, top: float) -> None:
    if spot.share:
        height = SPOT_HEIGHT * min(spot.share, 1)
        place = {"x": f"{x:g}", "y": f"{top + (ROW + SPOT_HEIGHT) / 2 - height:g}"}
        size = {"width": f"{SPOT:g}", "height": f"{height:g}"}
        ElementTree.SubElement(svg, "rect", place | size | {"fill": BLUE})
    _text(svg, spot.mark, x + SPOT + 4, top, bold=bool(spot.share))


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


COLUMN, NO_AREA, PLACE, PLACE_HEIGHT = 48, 80, 38, 22  # of the evidence map
MAP_LOOKS = {  # what a number is written on tells the kind of proof, and so does the table
    "figures": {"fill": BLUE, "stroke": BLUE},
    "feedback": {"fill": PALE, "stroke": BLUE},
    "narrative": {"fill": "none", "stroke": GREY, "stroke-dasharray": "4 3"},
    "untold": {"fill": "none", "stroke": GREY},
}
MAP_KEY = (*words.STRENGTHS.items(), ("untold", "Kind not given"), ("none", "No evidence"))
MAP_PARTS = {
    "protected": "Protected characteristics",
    "inclusion": "Inclusion health groups",
    "core20plus5": "Core20PLUS5 groups",
    "local": "Local groups",
}


def evidence_map(evidence: EvidenceMap, *, title: str) -> str:
    """Groups down, outcome areas across: how many pieces of evidence, each number on the look of the strongest."""
    left = max(len(row.group) for row in (evidence.every, *evidence.rows)) * LETTER + 12
    wide = [NO_AREA if code == NO_OUTCOME else COLUMN for code in evidence.outcomes]
    middles = [left + sum(wide[:place]) + wide[place] / 2 for place in range(len(wide))]
    width = max(left + sum(wide), 480)
    lines = _map_lines(evidence)
    key = _key_places(width)
    facts = [_map_fact(evidence, row) for row in (evidence.every, *evidence.rows)]
    svg = _picture(title, facts, width, (len(lines) + key[-1][1] + 2.5) * ROW)
    for code, middle in zip(evidence.outcomes, middles, strict=True):
        _text(svg, code or "No area", middle, 0, bold=True, centred=True)
    for top, (label, cells) in enumerate(lines, start=1):
        _text(svg, label, 0, top * ROW, bold=not cells)
        for cell, middle in zip(cells, middles, strict=False):
            name = (cell.strength or "untold") if cell.count else "none"
            _map_mark(svg, name, str(cell.count), middle, top * ROW)
    for (name, label), (x, line) in zip(MAP_KEY, key, strict=True):
        top = (len(lines) + 1.5 + line) * ROW
        _map_mark(svg, name, "", x + PLACE / 2, top)
        _text(svg, label, x + PLACE + 8, top, bold=False)
    return _written(svg)


def _map_lines(evidence: EvidenceMap) -> list[tuple[str, Sequence[MapCell]]]:
    """The lines below the head: all evidence, then each kind of group with its groups."""
    lines = [(evidence.every.group, evidence.every.cells)]
    for kind, heading in MAP_PARTS.items():
        rows = [(row.group, row.cells) for row in evidence.rows if row.kind == kind]
        lines += [(heading, ()), *rows] if rows else []
    return lines


def _key_places(width: float) -> list[tuple[float, int]]:
    """Where each mark of the key stands: how far from the left, and in which line."""
    places, x, line = [], 0.0, 0
    for _, label in MAP_KEY:
        length = PLACE + 8 + len(label) * LETTER + 16
        if x and x + length > width:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += length
    return places


def _map_fact(evidence: EvidenceMap, row: MapRow) -> str:
    """For example "Age: 1A 3, figures; 1B none"."""
    cells = [
        f"{code or 'no outcome area'} "
        + (f"{cell.count}, {words.strengths(cell.strengths[:1])}" if cell.count else "none")
        for code, cell in zip(evidence.outcomes, row.cells, strict=True)
    ]
    return f"{row.group}: {'; '.join(cells)}"


def _map_mark(svg: ElementTree.Element, name: str, number: str, middle: float, top: float) -> None:
    group = ElementTree.SubElement(svg, "g", {"class": f"report-map-{name}"})
    if name == "none":
        centre = f"{top + ROW / 2:g}"
        ends = {"x1": f"{middle - 4:g}", "x2": f"{middle + 4:g}", "y1": centre, "y2": centre}
        ElementTree.SubElement(group, "line", ends | {"stroke": GREY, "stroke-width": "2"})
        return
    place = {"x": f"{middle - PLACE / 2 + 1:g}", "y": f"{top + (ROW - PLACE_HEIGHT) / 2 + 1:g}"}
    size = {"width": f"{PLACE - 2:g}", "height": f"{PLACE_HEIGHT - 2:g}"}
    ElementTree.SubElement(group, "rect", place | size | {"stroke-width": "2"} | MAP_LOOKS[name])
    if number:
        fill = WHITE if name == "figures" else "currentColor"
        _text(group, number, middle, top, bold=True, centred=True, fill=fill)


def _written(svg: ElementTree.Element) -> str:
    """Without what no XML file may hold, wherever it came from."""
    return xml_text(ElementTree.tostring(svg, encoding="unicode"))


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


def _marks(
    svg: ElementTree.Element, bar: Bar, left: float, top: float, length: float, *, colour: str = BLUE
) -> None:
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
            _rectangle(svg, x, top, mark * filled, {"fill": colour})
        outline = {"fill": "none", "stroke": colour if filled else GREY, "stroke-width": f"{LINE:g}"}
        _rectangle(svg, x, top, mark, outline, inset=LINE / 2)


def _rectangle(
    svg: ElementTree.Element, x: float, y: float, width: float, look: dict[str, str], *, inset: float = 0
) -> None:
    """A mark of `width`, drawn `inset` inside its edges so that its line does not reach beyond them."""
    place = {"x": f"{x + inset:g}", "y": f"{y + inset:g}"}
    size = {"width": f"{width - 2 * inset:g}", "height": f"{MARK_HEIGHT - 2 * inset:g}"}
    ElementTree.SubElement(svg, "rect", place | size | look)


def _text(
    svg: ElementTree.Element,
    text: str,
    x: float,
    top: float,
    *,
    bold: bool,
    centred: bool = False,
    fill: str = "currentColor",
) -> None:
    place = {"x": f"{x:g}", "y": f"{top + ROW / 2 + TEXT_SIZE * 0.35:g}"}
    look = {"font-family": FONT, "font-size": str(TEXT_SIZE), "fill": fill}
    if centred:
        look["text-anchor"] = "middle"
    element = ElementTree.SubElement(svg, "text", place | look | ({"font-weight": "bold"} if bold else {}))
    element.text = text
