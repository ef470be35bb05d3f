"""The demo moves with today's date: all that is told as of 2026 is moved by whole years.

The story is told as of 1 November 2026, after the last day that it speaks of as past. From each 1 November on it moves
on by a year, in all texts and dates at once, so that none contradicts another and none lies ahead of its telling.
"""

import re
from datetime import date, datetime, time

from django.utils import timezone

TOLD_ON = date(2026, 11, 1)
# Years that are names, and stay: the edition.
YEAR = re.compile(r"(?<!EDS )(?<![0-9.])(20[123][0-9])(?![0-9.]*[0-9])")


def years_on(today: date) -> int:
    """By how many years the story is moved on this day."""
    return today.year - TOLD_ON.year - ((today.month, today.day) < (TOLD_ON.month, TOLD_ON.day))


def moved(text: str, years: int) -> str:
    """A text with every year in it moved; an edition keeps its name. "2026-10-14" becomes "2027-10-14"."""
    return YEAR.sub(lambda year: str(int(year[0]) + years), text)


def moved_day(day: date, years: int) -> date:
    """The story has no 29 February."""
    return day.replace(year=day.year + years)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
