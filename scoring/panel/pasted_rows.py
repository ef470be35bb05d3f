"""A list of people as somebody pastes it from a spreadsheet or a mail program: one person on each line."""

import csv
import re
from collections.abc import Iterator

COLUMNS = ("name", "email", "group", "domains")
HEADINGS = {
    "name": ("name", "names", "full name", "first name", "forename", "last name", "surname", "family name"),
    "email": ("email", "e-mail", "mail", "email address", "e-mail address"),
    "group": ("group", "represents", "group they represent"),
    "domains": ("domain", "domains"),
}
COLUMN_OF = {heading: column for column, headings in HEADINGS.items() for heading in headings}
WITH_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?:mailto:)?(?P<address>[^<>\s]+@[^<>\s]+)>")


def rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each person's cells by COLUMNS, with the number of their line; "" for what the line leaves out.

    A first line of headings says in which order the columns are. Empty lines are counted and left out.
    """
    order: list[str | None] = list(COLUMNS)
    lines = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if lines and "name" in (headings := [COLUMN_OF.get(cell.casefold()) for cell in lines[0][1]]):
        order, lines = headings, lines[1:]
    for number, cells in lines:
        yield number, _by_column(_address_apart(cells), order)


def _cells(line: str) -> list[str]:
    """Divided by tabs, as a spreadsheet copies them; else by semicolons or commas, but for those in quotation marks."""
    divided_by = next((mark for mark in "\t;" if mark in line), ",")
    cells = next(csv.reader([line], delimiter=divided_by, skipinitialspace=True))
    return [" ".join(cell.split()) for cell in cells]


def _address_apart(cells: list[str]) -> list[str]:
    """`Ann Other <ann@example.org>`, as mail programs write it, in two cells; and an address without its brackets."""
    if not (person := WITH_ADDRESS.fullmatch(cells[0])):
        return [written["address"] if (written := WITH_ADDRESS.fullmatch(cell)) else cell for cell in cells]
    name = person["name"].strip(" \"'")
    rest = cells[1:]
    if rest and (not rest[0] or "@" in rest[0]):
        rest = rest[1:]
    return [name, person["address"], *rest]


def _by_column(cells: list[str], order: list[str | None]) -> dict[str, str]:
    """What stands in several cells of a column is one text: a first and a last name, or domains divided by commas."""
    last = len(order) - 1
    found = dict.fromkeys(COLUMNS, "")
    for place, cell in enumerate(cells):
        if column := order[min(place, last)]:
            found[column] = f"{found[column]} {cell}".strip()
    return found
