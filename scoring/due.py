"""When a recommendation is overdue: dates only, no ORM."""

from calendar import monthrange
from datetime import date

CLOSED = ("complete", "dropped")


def last_day(due: str) -> date | None:
    """The last day of "2027-03-31" or of the month "2027-03"; None where no date is given."""
    if not due:
        return None
    parts = [int(part) for part in due.split("-")]
    return date(*parts) if len(parts) == 3 else date(*parts, monthrange(*parts)[1])


def is_overdue(due: str, status: str, today: date) -> bool:
    """From the day after its last day, unless it is complete or dropped."""
    last = last_day(due)
    return last is not None and status not in CLOSED and today > last
