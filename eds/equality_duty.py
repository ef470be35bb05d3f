"""Deadlines under the Public Sector Equality Duty, and the quarters in which progress is noted: dates, no ORM.

Sources: the duty (Equality Act 2010, section 149, with its regulations on specific duties) asks for equality
information within one year of the last and equality objectives within four years of the last; EDS 2022 asks that the
result of each year is published by 28 February of the next.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

INFORMATION_YEARS = 1
OBJECTIVES_YEARS = 4
FIRST_EDS_YEAR = 2022
SOON_DAYS = 90
NOT_RECORDED, OVERDUE, SOON, LATER = "not recorded", "overdue", "soon", "later"
MONTHS = ("January", "April", "July", "October"), ("March", "June", "September", "December")


def years_after(day: date, years: int) -> date:
    """The same day that many years later; for 29 February 28 February where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def information_due(last: date | None) -> date | None:
    """The last day on which equality information is published in time; None where no publication is recorded."""
    return years_after(last, INFORMATION_YEARS) if last else None


def objectives_due(last: date | None) -> date | None:
    """The last day on which equality objectives are published in time; None where no publication is recorded."""
    return years_after(last, OBJECTIVES_YEARS) if last else None


def eds_due(year: str) -> date:
    """The last day for the EDS report of a year, "2025" or "2025-26": 28 February after it began."""
    return date(int(year[:4]) + 1, 2, 28)


def eds_years_due(published: Collection[str], started: Collection[str], today: date) -> list[str]:
    """The years whose EDS report is still to be published, the first due first: every year from the first that was
    `published` or `started` to the next whose deadline has not passed. Without either, that one alone.

    No year before the first of EDS 2022 is due.
    """
    done = {int(year[:4]) for year in published}
    known = done | {int(year[:4]) for year in started}
    running = today.year - 1 if today <= date(today.year, 2, 28) else today.year
    last = max([running, *(year + 1 for year in done if year >= running)])
    first = max(min(known, default=last), FIRST_EDS_YEAR)
    return [str(year) for year in range(min(first, last), last + 1) if year not in done]


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing that falls due: what, when it was last done, by which day it is due; None where no date is recorded."""

    what: str
    last: date | None
    by: date | None

    def standing(self, today: date) -> str:
        """OVERDUE from the day after; SOON within the last 90 days and on the day itself."""
        if self.by is None:
            return NOT_RECORDED
        if today > self.by:
            return OVERDUE
        return SOON if self.by - today <= timedelta(days=SOON_DAYS) else LATER


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months from January, April, July or October; `first` is their first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(date(day.year, day.month - (day.month - 1) % 3, 1))

    @property
    def following(self) -> "Quarter":
        after = date(self.first.year + self.first.month // 10, (self.first.month + 2) % 12 + 1, 1)
        return Quarter(after)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    def __str__(self) -> str:
        begins, ends = (names[self.first.month // 3] for names in MONTHS)
        return f"{begins} to {ends} {self.first.year}"


def quarters(first: date, last: date) -> list[Quarter]:
    """Every quarter from that of the first day to that of the last, in order; none where the last comes before."""
    listed, quarter = [], Quarter.of(first)
    while quarter.first <= last:
        listed.append(quarter)
        quarter = quarter.following
    return listed if first <= last else []


def without_note(
    *, starts_on: date, until: date, noted: Collection[date], today: date
) -> tuple[list[Quarter], Quarter | None]:
    """The quarters of an objective that are over and have no note, and the running one if it has none yet.

    `until` is the objective's last day; `noted` are the first days of the quarters that have a note.
    """
    open_ones = [one for one in quarters(starts_on, min(until, today)) if one.first not in noted]
    over = [one for one in open_ones if one.last < today]
    running = [one for one in open_ones if one.last >= today]
    return over, running[0] if running else None


# When a recommendation is overdue: dates only, no ORM.

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
