"""Dates as people write them in a report: "14 May 2024", "14/05/2024", "May 2024", "by the end of March 2026"."""

import calendar
import re
from datetime import date

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
NAME = rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
BEFORE = r"(?:(?:by|due|completed|before|on|in|the|end|of|late)\s+)*"
DAY_NAMED = re.compile(
    rf"{BEFORE}{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{NAME},?[\s-]*(\d{{4}}|\d{{2}})"
)
NAMED_DAY = re.compile(rf"{BEFORE}{WEEKDAY}{NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})")
DAY_FIGURES = re.compile(rf"{BEFORE}(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}})")
ISO = re.compile(rf"{BEFORE}(\d{{4}})-(\d{{2}})-(\d{{2}})")
MONTH_NAMED = re.compile(rf"{BEFORE}{NAME},?[\s/-]*(\d{{4}}|\d{{2}})")
MONTH_FIGURES = re.compile(rf"{BEFORE}(\d{{1,2}})[/.-](\d{{4}})")
ISO_MONTH = re.compile(rf"{BEFORE}(\d{{4}})-(\d{{2}})")


def day_or_month(text: str) -> str | None:
    """The date as ISO 8601, "2024-05-14" or "2024-05"; None where the text is anything else."""
    plain = " ".join(text.split()).casefold().strip(" .,;*")
    if match := DAY_NAMED.fullmatch(plain):
        return _day(match.group(3), MONTHS[match.group(2)], match.group(1))
    if match := NAMED_DAY.fullmatch(plain):
        return _day(match.group(3), MONTHS[match.group(1)], match.group(2))
    if match := DAY_FIGURES.fullmatch(plain):
        return _day(match.group(3), int(match.group(2)), match.group(1))
    if match := ISO.fullmatch(plain):
        return _day(match.group(1), int(match.group(2)), match.group(3))
    if match := MONTH_NAMED.fullmatch(plain):
        return _month(match.group(2), MONTHS[match.group(1)])
    if match := MONTH_FIGURES.fullmatch(plain):
        return _month(match.group(2), int(match.group(1)))
    if match := ISO_MONTH.fullmatch(plain):
        return _month(match.group(1), int(match.group(2)))
    return None


def last_day(month: str) -> str:
    """The last day of a month "2024-05"."""
    year, number = map(int, month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: str, month: int, day: str) -> str | None:
    try:
        return date(_year(year), month, int(day)).isoformat()
    except ValueError:
        return None


def _month(year: str, month: int) -> str | None:
    return f"{_year(year):04}-{month:02}" if 1 <= month <= 12 and _year(year) >= 1900 else None
