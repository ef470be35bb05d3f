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


def read_day(text: str) -> str | None:
    """ "8 March 2026", "8/3/2026" or "2026-03-08" as ISO 8601 text; None where it is no day."""
    parts = re.split(r"[\s/.-]+", text.strip())
    if len(parts) != 3:
        return None
    day, month, year = reversed(parts) if len(parts[0]) == 4 else parts
    numbers = as_number(day), as_month(month)
    if None in numbers or not re.fullmatch(r"[0-9]{4}", year):
        return None
    try:
        return datetime.date(int(year), numbers[1], numbers[0]).isoformat()
    except ValueError:
        return None


def read_month(text: str) -> str | None:
    """ "March 2026", "3/2026" or "2026-03" as "2026-03"; None where it is no month."""
    parts = re.split(r"[\s/.-]+", text.strip())
    if len(parts) != 2:
        return None
    month, year = reversed(parts) if len(parts[0]) == 4 else parts
    number = as_month(month)
    if number is None or not re.fullmatch(r"[0-9]{4}", year) or int(year) == 0:
        return None
    return f"{year}-{number:02}"


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
    """Several days, one on each line; gives ISO 8601 texts."""

    def prepare_value(self, value):
        return "\n".join(map(say, value)) if isinstance(value, list) else value

    def clean(self, value) -> list[str]:
        days = []
        for line in super().clean(value):
            day = read_day(line)
            if day is None:
                raise forms.ValidationError(f"Enter each date like 8 March 2026: “{line}” is not a date")
            days.append(day)
        return days


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
