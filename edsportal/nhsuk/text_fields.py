"""Fields for lists and dates that people type as text."""

import datetime
import re

from django import forms

from edsportal.nhsuk.dates import as_month, as_number
from edsportal.nhsuk.forms import Textarea

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


SEPARATOR = re.compile(r"[\s/.,-]+")
LISTED = re.compile(r"\s*(?:[,;&]|\band\b)\s*")
TO = re.compile(r"\s*(?:[–—]|\bto\b|(?<=\d)-(?=\d{1,2}\s)|\s-\s)\s*")
LONGEST_RANGE = 31  # days: a longer one is more likely a slip than an engagement
LONGEST_RANGE_OF_MONTHS = 12


def _parts(text: str) -> list[str]:
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.strip(), flags=re.IGNORECASE)
    return [part for part in SEPARATOR.split(bare) if part]


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{4}", text)) and int(text) > 0


def read_day(text: str) -> str | None:
    """ "8 March 2026", "8th Mar 2026", "8/3/2026" or "2026-03-08" as ISO 8601 text; None where it is no day."""
    parts = _parts(text)
    if len(parts) != 3:
        return None
    day, month, year = reversed(parts) if _is_year(parts[0]) else parts
    numbers = as_number(day), as_month(month)
    if None in numbers or not _is_year(year):
        return None
    try:
        return datetime.date(int(year), numbers[1], numbers[0]).isoformat()
    except ValueError:
        return None


def read_month(text: str) -> str | None:
    """ "March 2026", "Sept 2026", "3/2026" or "2026-03" as "2026-03"; None where it is no month."""
    parts = _parts(text)
    if len(parts) != 2:
        return None
    month, year = reversed(parts) if _is_year(parts[0]) else parts
    number = as_month(month)
    return None if number is None or not _is_year(year) else f"{year}-{number:02}"


def read_days(text: str) -> list[str] | None:
    """One day, several ("8, 9 and 11 March 2026") or a range ("8 to 10 March 2026"); None where it is none of them.

    A day without a month or a year has that of the day after it.
    """
    if day := read_day(text):
        return [day]
    days, after = [], ""
    for piece in reversed([piece for piece in LISTED.split(text.strip()) if piece]):
        ends = []
        for end in reversed(TO.split(piece)):
            after = _completed(end, after)
            if after is None:
                return None
            ends.insert(0, after)
        if (between := _between(*ends)) is None:
            return None
        days = between + days
    return days or None


def read_months(text: str) -> list[str] | None:
    """ "March to June 2027" or "November 2026 to January 2027" as every month of it, like "2027-03"; None otherwise.

    A month without a year has that of the month after it.
    """
    ends = [end for end in TO.split(text.strip()) if end]
    if len(ends) == 1:
        month = read_month(ends[0])
        return None if month is None else [month]
    if len(ends) != 2 or (last := read_month(ends[1])) is None:
        return None
    first = read_month(ends[0]) or read_month(f"{ends[0]} {last[:4]}")
    if first is None:
        return None
    start, end = _months_from_zero(first), _months_from_zero(last)
    if not 0 < end - start < LONGEST_RANGE_OF_MONTHS:
        return None
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def _months_from_zero(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _completed(text: str, after: str) -> str | None:
    """The day that this says, with the year, or the month and year, of the day after it where it has none."""
    year, month = after.split("-")[:2] if after else ("", "")
    return read_day(text) or read_day(f"{text} {year}") or read_day(f"{text} {month} {year}")


def _between(first: str, last: str | None = None, *more: str) -> list[str] | None:
    """Every day from the first to the last; None where they are no range, or a long one."""
    if last is None:
        return [first]
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    length = (end - start).days + 1
    if more or not 1 < length <= LONGEST_RANGE:
        return None
    return [(start + datetime.timedelta(days=number)).isoformat() for number in range(length)]


def say(when: str) -> str:
    """ISO 8601 text as people write it: "8 March 2026", "March 2026"."""
    year, month, *day = when.split("-")
    return " ".join([*(str(int(part)) for part in day), MONTH_NAMES[int(month) - 1], year])


class LinesField(forms.CharField):
    """Several short texts, one on each line; gives a list of them."""

    widget = Textarea(attrs={"rows": 3})
    longest = 200

    def __init__(self, **kwargs):
        super().__init__(**{"required": False} | kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value) -> list[str]:
        lines = [line.strip() for line in (value or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for line in value:
            if len(line) > self.longest:
                raise forms.ValidationError(
                    f"Use {self.longest} characters or fewer for each line: “{line[:40]}…” is longer"
                )


class DaysField(LinesField):
    """Days and months, on a line each, or several or a range on one line; gives ISO 8601 texts, each once, sorted."""

    def prepare_value(self, value):
        return "\n".join(map(say, value)) if isinstance(value, list) else value

    def clean(self, value) -> list[str]:
        days: set[str] = set()
        for line in super().clean(value):
            found = read_days(line) or read_months(line)
            if found is None:
                raise forms.ValidationError(
                    "Enter each date like 8 March 2026, a month like March 2026, or a range of either: "
                    f"“{line}” is none of these"
                )
            days.update(found)
        return sorted(days)


class DayOrMonthField(forms.CharField):
    """A day or a month as people write it; gives ISO 8601 text, or ""."""

    def prepare_value(self, value):
        known = value and value in (
            read_month(value),
            read_day(value),
        )  # what was typed wrongly stays as it is
        return say(value) if known else value

    def clean(self, value) -> str:
        text = super().clean(value)
        if not text:
            return ""
        when = read_month(text) or read_day(text)
        if when is None:
            raise forms.ValidationError("Enter a month like March 2026, or a date like 8 March 2026")
        return when
