"""A date as day, month and year in three boxes."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class DatePartsWidget(forms.Widget):
    """Three boxes. Its value is a date, or what was typed: a list of day, month and year as text."""

    def value_from_datadict(self, data, files, name) -> list[str]:
        return [data.get(f"{name}_{part}", "").strip() for part in PARTS]

    def value_omitted_from_data(self, data, files, name) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)

    def decompress(self, value) -> list:
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return value or ["", "", ""]


class DateField(forms.Field):
    """A day of the calendar, typed as "8", "3" or "March", "2026".

    Its errors name the parts that are wrong. `subject` begins them: "The review date must be a real date".
    """

    widget = DatePartsWidget

    def __init__(self, *, subject: str = "The date", **kwargs):
        self.subject = subject
        for unused in ("max_length", "input_formats"):
            kwargs.pop(unused, None)
        super().__init__(**kwargs)

    def to_python(self, value) -> datetime.date | None:
        if value is None or isinstance(value, datetime.date):
            return value
        if not any(value):
            return None
        missing = [part for part, text in zip(PARTS, value, strict=True) if not text]
        if missing:
            raise self.wrong(f"must include a {' and a '.join(missing)}", missing)
        return self.real_date(*value)

    def real_date(self, day: str, month: str, year: str) -> datetime.date:
        if not re.fullmatch(r"[0-9]{4}", year):
            raise self.wrong("must have a year of 4 numbers, like 2026", ["year"])
        numbers = {"day": as_number(day), "month": as_month(month)}
        unreal = [part for part, number in numbers.items() if number is None]
        if unreal:
            raise self.wrong("must be a real date", unreal)
        try:
            return datetime.date(int(year), numbers["month"], numbers["day"])
        except ValueError:
            raise self.wrong("must be a real date", list(PARTS)) from None

    def wrong(self, words: str, parts: list[str]) -> ValidationError:
        subject = self.subject.replace("%", "%%")  # Django fills params into the message
        return ValidationError(f"{subject} {words}", code="invalid", params={"parts": parts})

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def as_number(text: str) -> int | None:
    """1 to 31, or None."""
    return int(text) if re.fullmatch(r"0?[1-9]|[12][0-9]|3[01]", text) else None


def as_month(text: str) -> int | None:
    """1 to 12 from a number, or from a month's name or three or more of its first letters; else None."""
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    name = text.lower().rstrip(".")
    if len(name) < 3:
        return None
    return next((number for number, full in enumerate(MONTHS, 1) if full.startswith(name)), None)
