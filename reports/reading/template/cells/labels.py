"""Labels with their values, in cells or on lines: the header, third parties, the overall rating."""

import re
from collections.abc import Iterator
from dataclasses import replace

from reports.reading.blocks import Block, Notes
from reports.reading.template.cells import columns
from reports.reading.template.cells.columns import column_of
from reports.reading.template.cells.ratings import TICKED, UNTICKED
from reports.reading.template.forms import Grid, Labels

NAMES = {  # by field, the whole of a label
    "organisation": r"name of (?:the )?(?:organisation|trust|icb|provider)(?:\(s\)|s)?"
    r"|organisation(?:'s)? name(?:\(s\)|s)?|organisation(?:\(s\)|s)?",
    "board_sponsor": r"(?:organisation )?board sponsor(?: ?/ ?lead)?"
    r"|(?:eds )?(?:executive |board )?sponsor(?: ?/ ?lead)?",
    "ics": r"(?:name of )?(?:the )?integrated care (?:system|board)(?: \(ic[sb]\))?|(?:name of )?ics",
    "eds_lead": r"eds ?(?:2022|2)? lead(?:\(s\)|s)?(?: name)?",
    "level": r"at what level has (?:this|the eds|it) been completed",
    "individual": r"individual organisation",
    "partnership": r"partnership\*?(?: ?\(two or more organisations\))?\*?",
    "system": r"integrated care system[- ]?wide\*?",
    "partners": r"\*? ?list (?:of )?organisations(?: involved)?",
    "engagement_dates": r"(?:eds )?engagement date(?:\(s\)|s)?",
    "completed_on": r"date (?:eds )?completed",
    "published": r"month and year published|date published|published",
    "authorised_on": r"date (?:of )?authori[sz](?:ed|ation)|authori[sz]ation date",
    "revision_date": r"(?:revision|review) date",
    "active": r"year(?:\(s\)|s)? active",
    "trade_union_reps": r"trade union (?:rep(?:\(s\)|s)?|representative(?:\(s\)|s)?)",
    "independent_evaluators": r"independent evaluator(?:\(s\)|s)?(?: ?(?:/|or|and) ?peer reviewer(?:\(s\)|s)?)?"
    r"|peer reviewer(?:\(s\)|s)?",
    "overall": r"eds (?:2022 )?organisation(?:al)? rating(?: ?\(overall rating\))?"
    r"|(?:organisation(?:'s)? |eds )?overall (?:eds )?(?:organisation )?(?:rating|score)",
}
OPTIONS = ("individual", "partnership", "system")
PATTERNS = {name: re.compile(pattern) for name, pattern in NAMES.items()}
STARTS = {
    name: re.compile(rf"({pattern})\s*[:?]\s*(.*)", re.DOTALL | re.IGNORECASE)
    for name, pattern in NAMES.items()
}
TITLES = re.compile(
    r"third[- ]party involvement.{0,60}|eds action plan|eds (?:2022 )?reporting template"
    r"|nhs equality delivery system.{0,60}",
    re.IGNORECASE,
)
THIRD_PARTIES = ("trade_union_reps", "independent_evaluators")
BELOW_DOMAINS = re.compile(
    r"third[- ]party involvement|eds (?:2022 )?organisation(?:al)? rating", re.IGNORECASE
)
SIGNS = dict.fromkeys(map(ord, TICKED + UNTICKED))


def label_of(text: str) -> str:
    """The field whose label the whole text is; "" for none."""
    plain = text.translate(SIGNS).casefold().replace("’", "'").strip(" :?\n")
    if len(plain) > 80:
        return ""
    return next((name for name, pattern in PATTERNS.items() if pattern.fullmatch(plain)), "")


def labelled(text: str) -> tuple[str, str] | None:
    """The field and the value of a text like "EDS Lead: Head of Inclusion"."""
    for name, pattern in STARTS.items():
        if (match := pattern.fullmatch(text.strip())) and match.group(match.lastindex).strip():
            return name, match.group(match.lastindex).strip()
    return None


def is_label_table(grid: Grid) -> bool:
    """Do at least two cells, and a quarter of those with words, begin with labels of the template?"""
    cells = [(row, column) for row in range(len(grid.rows)) for column in grid.filled(row)]
    labels = [cell for cell in cells if _cell_label(grid, *cell)]
    return len(labels) > 1 and 4 * len(labels) >= len(cells)


def parts_by_labels(rows: list[list]) -> tuple[list[list], list[list], list[list]]:
    """The rows of a table with labels above its columns, or below them, in three parts: labels, the table, labels.

    Above the columns of the action plan stand "EDS Lead" and the like, below Domain 3 its third parties.
    """
    grid = Grid(rows=rows)
    start = next((row for row in range(len(rows)) if _names_columns(grid.texts(row))), None)
    if start is None:
        return [], rows, []
    end = next((row for row in range(start + 1, len(rows)) if _ends_table(grid, row)), len(rows))
    first, last = rows[:start], rows[end:]
    has_first, has_last = (bool(part) and is_label_table(Grid(rows=part)) for part in (first, last))
    middle = rows[start if has_first else 0 : end if has_last else None]
    return first if has_first else [], middle, last if has_last else []


def _names_columns(texts: list[str]) -> bool:
    roles = {column_of(text).role for text in texts if text and column_of(text).is_known}
    return len(roles) > 1 and bool(roles & {columns.OUTCOME, columns.ACTION})


def _ends_table(grid: Grid, row: int) -> bool:
    """Does a row begin what stands below the domains: third parties, or the overall rating of the organisation?"""
    text = grid.text(row, grid.filled(row)[0]) if grid.filled(row) else ""
    name = label_of(text) or (labelled(text) or ("",))[0]
    return name in THIRD_PARTIES or bool(BELOW_DOMAINS.match(text))


def _cell_label(grid: Grid, row: int, column: int) -> str:
    cell = grid.rows[row][column]
    if not cell or (row, column) in grid.values:
        return ""
    labelled_value = labelled(grid.text(row, column))
    return (
        label_of(grid.text(row, column))
        or (labelled_value[0] if labelled_value else "")
        or label_of(cell[0].text)
    )


def read_labels(grid: Grid, notes: Notes) -> Labels:
    """Every label's value; a cell that is neither is named as left out."""
    grid.values = set(_places_of_values(grid))
    values = [value for row in range(len(grid.rows)) for value in _row_values(grid, row)]
    for row, column in grid.left():
        cell = grid.cell(row, column)
        if _cell_label(grid, row, column) or TITLES.fullmatch(cell.text):
            continue
        notes.skip(cell, "a cell beside the labels of the template, for none of them")
    return Labels(values=values)


def _places_of_values(grid: Grid) -> Iterator[tuple[int, int]]:
    """The cells that are values whatever they say ("EDS Lead" as a name): right of labels, or below a row of them."""
    labels = [
        [_cell_label(grid, row, column) for column in range(grid.width)] for row in range(len(grid.rows))
    ]
    if grid.width == 2 and len(labels) > 2:
        left, right = (sum(row[column] not in ("", *OPTIONS) for row in labels) for column in (0, 1))
        if left > 2 and left > 2 * right:
            yield from (
                (row, 1) for row, (name, beside) in enumerate(labels) if name and beside not in OPTIONS
            )
    elif len(labels) == 2 and all(labels[0]) and not {"level", *OPTIONS} & set(labels[0]):
        below = [label_of(grid.text(1, column)) for column in range(grid.width)]
        if not all(name not in ("", above) for name, above in zip(below, labels[0], strict=True)):
            yield from ((1, column) for column in range(grid.width))


def _row_values(grid: Grid, row: int) -> Iterator[tuple[str, Block, str]]:
    for column in grid.filled(row):
        if (row, column) in grid.taken:
            continue
        cell = grid.rows[row][column]
        if all(label_of(block.text) in OPTIONS for block in cell):
            yield from _options(grid, row, column)
        elif name := label_of(grid.text(row, column)):
            yield from _beside(grid, row, column, name)
        elif found := labelled(grid.text(row, column)):
            grid.take(row, column)
            after = "\n".join(block.text for block in cell)
            again = labelled(after)
            yield found[0], grid.cell(row, column), (again or found)[1]
        elif name := label_of(cell[0].text):
            grid.take(row, column)
            yield name, grid.cell(row, column), "\n".join(block.text for block in cell[1:])


def _beside(grid: Grid, row: int, column: int, name: str) -> Iterator[tuple[str, Block, str]]:
    """The value right of a label, or below it."""
    grid.take(row, column)
    right = next((other for other in range(column + 1, grid.width) if grid.rows[row][other] != ()), None)
    for place in ((row, right), (row + 1, column)):
        if place[1] is None or place[0] >= len(grid.rows) or place in grid.taken:
            continue
        cell = grid.rows[place[0]][place[1]]
        is_of_row_below = place[0] > row and not grid.text(*place).strip(
            TICKED + UNTICKED
        )  # a tick is of its row
        if not cell or _cell_label(grid, *place) or is_of_row_below:
            continue
        grid.take(*place)
        kind = "point" if all(block.is_point for block in cell) else "line"
        yield name, replace(grid.cell(*place), kind=kind), "\n".join(block.text for block in cell)
        return


def _options(grid: Grid, row: int, column: int) -> Iterator[tuple[str, Block, str]]:
    """Levels, each with the tick before or beside it; "?" for one that has no box and no tick."""
    cell = grid.cell(row, column)
    blocks = grid.take(row, column)
    right = next((other for other in range(column + 1, grid.width) if grid.rows[row][other] != ()), None)
    beside = ""
    if right is not None and grid.rows[row][right] and not _cell_label(grid, row, right):
        beside = "\n".join(block.text for block in grid.take(row, right))
        cell = grid.cell(row, right)
    for block in blocks:
        sign = next((sign for sign in block.text if sign in TICKED + UNTICKED), "")
        yield label_of(block.text), replace(cell, source=cell.text), beside or sign or "?"
