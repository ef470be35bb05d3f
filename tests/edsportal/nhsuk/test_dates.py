import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from edsportal.nhsuk.forms import DateField


def clean(*parts, **options):
    return DateField(**options).clean(list(parts))


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_understood(day):
    assert clean(str(day.day), str(day.month), str(day.year)) == day
    assert clean(f"{day.day:02}", f"{day:%B}", str(day.year)) == day
    assert clean(str(day.day), f"{day:%b}".upper(), str(day.year)) == day


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (("", "", ""), "This field is required.", None),
        (("8", "", ""), "The date must include a month and a year", ["month", "year"]),
        (("", "3", "2026"), "The date must include a day", ["day"]),
        (("31", "2", "2026"), "The date must be a real date", ["day", "month", "year"]),
        (("29", "2", "2025"), "The date must be a real date", ["day", "month", "year"]),
        (("32", "1", "2026"), "The date must be a real date", ["day"]),
        (("0", "13", "2026"), "The date must be a real date", ["day", "month"]),
        (("x", "Smarch", "2026"), "The date must be a real date", ["day", "month"]),
        (("1", "1", "26"), "The date must have a year of 4 numbers, like 2026", ["year"]),
        (("1", "1", "0000"), "The date must be a real date", ["day", "month", "year"]),
        (("٣", "1", "2026"), "The date must be a real date", ["day"]),
    ],
)
def test_what_is_wrong_is_said_and_where(typed, message, parts):
    with pytest.raises(ValidationError) as caught:
        clean(*typed)
    (error,) = caught.value.error_list
    assert list(error) == [message]
    assert (error.params or {}).get("parts") == parts


def test_the_messages_begin_with_the_subject():
    with pytest.raises(ValidationError) as caught:
        clean("1", "13", "2026", subject="100% done on")
    assert caught.value.messages == ["100% done on must be a real date"]


def test_nothing_typed_is_no_date_where_one_may_leave_it_out():
    assert clean("", "", "", required=False) is None


def test_a_date_is_unchanged_until_another_is_typed():
    field, day = DateField(required=False), datetime.date(2026, 3, 8)
    assert not field.has_changed(day, ["8", "March", "2026"])
    assert field.has_changed(day, ["9", "3", "2026"])
    assert field.has_changed(day, ["", "", ""])
    assert field.has_changed(day, ["x", "", ""])
