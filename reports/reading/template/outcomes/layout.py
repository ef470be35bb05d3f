"""How a table of outcome areas is laid out: where the codes stand, what its columns are, and for which services."""

import re
from dataclasses import dataclass, field, replace

from eds.edition import Edition
from reports.reading.questions import plainest
from reports.reading.template.cells import columns as role
from reports.reading.template.cells.codes import Codes, Named
from reports.reading.template.cells.columns import Column, column_of, is_head
from reports.reading.template.cells.ratings import rating_of
from reports.reading.template.forms import Grid

NOT_CODES = (
    role.EVIDENCE,
    role.RATING,
    role.TOTAL,
    role.SELF,
    role.OWNER,
    role.REASON,
    role.ACTION,
    role.OBJECTIVE,
)
AVERAGE = re.compile(r"(?:(?:overall|domain) )?(?:average|mean)(?: of .{1,40})?", re.IGNORECASE)
PANEL = {"panel", "agreed", "final", "moderated", "overall", "eds", "stakeholder", "stakeholders"}


@dataclass
class Layout:
    """`codes` is by row the column and the outcome area; `head` are the rows of column names."""

    columns: list[Column]
    codes: dict[int, tuple[int, Named]]
    head: set[int] = field(default_factory=set)
    head_texts: set[str] = field(default_factory=set)
    services: tuple[str, ...] = ()
    wide: set[int] = field(default_factory=set)

    def has(self, *roles: str) -> bool:
        return any(column.role in roles for column in self.columns)

    def is_wide(self, row: int) -> bool:
        """Is it a row of one cell over all columns, or over all but some empty ones?"""
        return row in self.wide


def layout_of(grid: Grid, edition: Edition) -> Layout:
    codes = Codes(edition)
    head = _head_rows(grid, codes)
    columns = [_column(grid, head, column) for column in range(grid.width)]
    code_cells = _codes(grid, head, columns, codes)
    layout = Layout(
        columns=columns,
        codes=code_cells,
        head=set(head),
        head_texts={plainest(text) for row in head for text in grid.texts(row) if text},
        wide={row for row in range(len(grid.rows)) if len(grid.filled(row)) == 1 and () in grid.rows[row]},
    )
    _name_by_content(grid, layout, edition, codes)
    _settle_ratings(layout)
    return layout


def _head_rows(grid: Grid, codes: Codes) -> list[int]:
    """The rows with the names of the columns: the first that has them, and one beside it with names of services."""
    for row in range(len(grid.rows)):
        texts = grid.texts(row)
        if any(codes.named(text) for text in texts):
            return [row - 1] if row and _names_services(grid.texts(row - 1), codes) else []
        is_one_column = len(grid.filled(row)) == 1 and () not in grid.rows[row]
        if (len(grid.filled(row)) > 1 or is_one_column) and is_head(texts):
            return [*_group_row(grid, row, row - 1, codes), row, *_group_row(grid, row, row + 1, codes)]
    return []


def with_head_of(rows: list[list], last: list, edition: Edition) -> tuple[list[list], list]:
    """The rows with the names of the columns of the table before, where they go on with it; and the last names.

    A table goes on where it has none of its own, as many columns, and begins with a row of an outcome area.
    """
    grid, codes = Grid(rows=rows), Codes(edition)
    head = _head_rows(grid, codes)
    if head:
        is_of_outcomes = len(head) == 1 and role.OUTCOME in {
            column_of(text).role for text in grid.texts(head[0])
        }
        return rows, grid.rows[head[0]] if is_of_outcomes else []
    at = [column for column, text in enumerate(grid.texts(0)) if codes.named(text)] if rows else []
    names = [column_of(" ".join(block.text for block in cell)).role for cell in last]
    if at and len(last) == grid.width and names[at[0]] == role.OUTCOME and () not in grid.rows[0]:
        return [list(last), *rows], last
    return rows, []


def goes_on(before: list[list], rows: list[list], edition: Edition) -> bool:
    """Does a table only go on with the last row of the one before, over a page?

    It has as many columns; its first row, below the same names or none, names no outcome area, and says something
    in a column of what is told of one.
    """
    grid, codes = Grid(rows=before), Codes(edition)
    head = _head_rows(grid, codes)
    if not (head and rows) or max(map(len, rows)) != grid.width:
        return False
    roles = [column_of(text).role for text in grid.texts(head[0])]
    body = [row for row in Grid(rows=rows).rows if _plain_texts(row) != _plain_texts(before[head[0]])]
    if role.OUTCOME not in roles or not body:
        return False
    first = {roles[at] for at, cell in enumerate(body[0]) if cell}
    has_outcomes = any(codes.named(text) for row in range(len(before)) for text in grid.texts(row))
    return has_outcomes and role.OUTCOME not in first and bool(first & set(NOT_CODES))


def _plain_texts(row: list) -> list[str]:
    return [plainest(" ".join(block.text for block in cell)) for cell in row]


def _names_services(texts: list[str], codes: Codes) -> bool:
    """Is it "Outcome", and beside it nothing but names, each another?"""
    first, *others = texts
    names = [plainest(text) for text in others]
    return (
        column_of(first).role == role.OUTCOME
        and len(names) > 1
        and all(names)
        and len(set(names)) == len(names)
        and not any(name.replace(" ", "").isdigit() for name in names)
    )


def _group_row(grid: Grid, head: int, row: int, codes: Codes) -> list[int]:
    """A row beside the head that belongs to it: one of the two has cells over several columns."""
    if not 0 <= row < len(grid.rows) or len(grid.filled(row)) < 2:
        return []
    texts = grid.texts(row)
    if len(grid.filled(row)) == 2 and column_of(texts[grid.filled(row)[0]]).role == role.SERVICE:
        return []  # "Service: | Maternity"
    wide = grid.rows[min(head, row)]
    is_figure = any(text.replace(".", "").isdigit() for text in texts)
    if () not in wide or is_figure or any(codes.named(text) for text in texts):
        return []
    return [row]


def _column(grid: Grid, head: list[int], column: int) -> Column:
    """A column by its names; of two, one is its role and the other the service."""
    names = [text for row in head if (text := grid.spread(row)[column])]
    kinds = [column_of(name) for name in dict.fromkeys(names)]
    known = [one for one in kinds if one.is_known] or [one for one in kinds if one.role]
    if not known:
        return kinds[0] if kinds else Column(name="")
    others = [one.name for one in kinds if one is not known[-1] and not one.is_known]
    return replace(known[-1], about=" ".join(others)) if others else known[-1]


def _codes(grid: Grid, head: list[int], columns: list[Column], codes: Codes) -> dict[int, tuple[int, Named]]:
    cells = {}
    for row in range(len(grid.rows)):
        if row in head:
            continue
        for column in grid.filled(row):
            if columns[column].role not in NOT_CODES and (named := codes.named(grid.text(row, column))):
                cells[row] = (column, named)
                break
    return cells


def _name_by_content(grid: Grid, layout: Layout, edition: Edition, codes: Codes) -> None:
    """Roles of the columns whose names say none, by what is in them."""
    at = {column for column, _ in layout.codes.values()}
    asks_how = [one for one in layout.columns if one.role == role.EVIDENCE]  # "How did we do?"
    nameless = ("",) if layout.has(role.RATING) else ("", role.STATUS)  # "RAG" is a rating where no other is
    for column, one in enumerate(layout.columns):
        cells = [
            (named, text) for row, (_, named) in layout.codes.items() if (text := grid.text(row, column))
        ]
        if column in at:
            layout.columns[column] = replace(one, role=role.OUTCOME)
        elif one.role == role.OUTCOME:
            layout.columns[column] = replace(one, role=role.STATEMENT)
        elif (
            (one.role in nameless or (one in asks_how[1:] and not layout.has(role.RATING)))
            and cells
            and all(rating_of(text, edition, named.code) for named, text in cells)
        ):
            layout.columns[column] = replace(one, role=role.RATING, about=one.name)
        elif not one.role and cells and _are_statements(cells, codes, one):
            layout.columns[column] = replace(one, role=role.STATEMENT)
        elif not one.role and _is_domain_column(grid, layout, column, edition):
            layout.columns[column] = replace(one, role=role.DOMAIN)


def _are_statements(cells: list[tuple[Named, str]], codes: Codes, column: Column) -> bool:
    same = [bool(plainest(text)) and codes.is_statement(named.code, text) for named, text in cells]
    return all(same) or (sum(same) * 2 >= len(same) and not column.name)


def _is_domain_column(grid: Grid, layout: Layout, column: int, edition: Edition) -> bool:
    names = tuple(plainest(domain.name) for domain in edition.domains)
    texts = [plainest(text) for row in layout.codes if (text := grid.text(row, column))]
    return bool(texts) and all(text.startswith(names) for text in texts)


def _settle_ratings(layout: Layout) -> None:
    """Of several ratings, which is the panel's, which the organisation's own, and which are of which service."""
    ratings = _without_averages(layout)
    abouts = {place: layout.columns[place].about for place in ratings}
    years = [place for place in ratings if layout.columns[place].is_year]
    if years and len(ratings) > 1:
        latest = max(years, key=lambda place: abouts[place][-2:])
        for place in years:
            if place != latest or len(years) < len(ratings):
                layout.columns[place] = replace(layout.columns[place], role="")
        return
    named = {place: about for place, about in abouts.items() if about and not _is_panel(about)}
    if len(set(named.values())) > 1 and len(named) == len(ratings):
        layout.services = tuple(dict.fromkeys(named.values()))
    elif len(ratings) > 1:
        best = next((place for place in ratings if place not in named), ratings[0])
        for place in ratings:
            if place != best:
                layout.columns[place] = replace(layout.columns[place], role="")


def _without_averages(layout: Layout) -> list[int]:
    """The places of the ratings; an average beside two or more of them is no rating."""
    ratings = [place for place, one in enumerate(layout.columns) if one.role == role.RATING]
    others = [place for place in ratings if not AVERAGE.fullmatch(layout.columns[place].about)]
    if len(others) < 2:
        return ratings
    for place in set(ratings) - set(others):
        layout.columns[place] = replace(layout.columns[place], role="")
    return others


def _is_panel(about: str) -> bool:
    return set(plainest(about).split()) <= PANEL
