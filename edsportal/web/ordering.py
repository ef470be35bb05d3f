"""Rows that people put in order: each has a `position`, which is there once among its neighbours."""

from collections.abc import Sequence

from django.db.models import Model


def number_rows(rows: Sequence[Model], by: str = "position") -> None:
    """Number the rows from 1 in this order. The caller has locked what they belong to."""
    moved = [(position, row) for position, row in enumerate(rows, start=1) if getattr(row, by) != position]
    highest = max((getattr(row, by) for row in rows), default=0)
    for aside in (highest, 0):  # out of the way first, as no two may have the same position
        for position, row in moved:
            type(row).objects.filter(pk=row.pk).update(**{by: aside + position})


def move_row(rows: Sequence[Model], row: Model, *, up: bool, by: str = "position") -> bool:
    """Let a row change places with the one before or after it. False at the end, where nothing happens.

    `by` is the field that holds its place.
    """
    rows = list(rows)
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    number_rows(rows, by)
    return True
