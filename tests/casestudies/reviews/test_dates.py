"""A date that a page shows is accepted when it is typed back, and so are the other ways in which people write one."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import formats
from hypothesis import given
from hypothesis import strategies as st

from eds.text import labels
from edsportal.nhsuk.dates import MONTHS, as_month
from edsportal.nhsuk.text_fields import DayOrMonthField, DaysField, read_days, read_month, read_months, say

DAYS = st.dates(min_value=datetime.date(1000, 1, 1))
MONTHS_OF_YEARS = DAYS.map(lambda day: day.isoformat()[:7])
DAY_OR_MONTH = DayOrMonthField()
DAYS_FIELD = DaysField()


@given(DAYS)
def test_a_day_that_any_page_shows_is_accepted_back(day):
    shown = {
        say(str(day)),
        labels.day(str(day)),
        formats.date_format(day, "j F Y"),
        formats.date_format(day, "j M Y"),
    }
    shown |= {str(day), f"{day.day}/{day.month}/{day.year}", DAY_OR_MONTH.prepare_value(str(day))}
    for text in shown:
        assert DAY_OR_MONTH.clean(text) == str(day), text
        assert DAYS_FIELD.clean(text) == [str(day)], text


@given(MONTHS_OF_YEARS)
def test_a_month_that_any_page_shows_is_accepted_back(month):
    first = datetime.date.fromisoformat(f"{month}-01")
    shown = {
        say(month),
        labels.day(month),
        formats.date_format(first, "F Y"),
        formats.date_format(first, "M Y"),
    }
    for text in shown | {month, DAY_OR_MONTH.prepare_value(month)}:
        assert DAY_OR_MONTH.clean(text) == month, text


@given(st.lists(DAYS.map(str), min_size=1, max_size=6))
def test_days_are_accepted_back_as_the_form_and_the_report_show_them_in_order(days):
    expected = sorted(set(days))
    assert DAYS_FIELD.clean(DAYS_FIELD.prepare_value(days)) == expected
    line = labels.listed([labels.day(day) for day in days])
    if len(line) <= DAYS_FIELD.longest:
        assert DAYS_FIELD.clean(line) == expected


@given(DAYS.filter(lambda day: day.year < 9999), st.integers(1, 30), st.sampled_from([" to ", "–", " - "]))
def test_a_range_is_each_of_its_days(first, more, to):
    last = first + datetime.timedelta(days=more)
    days = [str(first + datetime.timedelta(days=number)) for number in range(more + 1)]
    assert read_days(f"{labels.day(str(first))}{to}{labels.day(str(last))}") == days
    if first.year == last.year:
        assert read_days(f"{first.day} {first:%B}{to}{labels.day(str(last))}") == days
    if (first.year, first.month) == (last.year, last.month):
        assert read_days(f"{first.day}{to}{labels.day(str(last))}") == days


@pytest.mark.parametrize("name", MONTHS)
@pytest.mark.parametrize("year", ["2028", "1999"])
def test_every_month_by_its_name_or_three_or_more_letters_of_it(name, year):
    number = MONTHS.index(name) + 1
    for length in range(3, len(name) + 1):
        assert read_month(f"{name[:length].title()} {year}") == f"{year}-{number:02}"
    assert as_month(name[:2]) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("June 2028", "2028-06"), ("July 2028", "2028-07"), ("Sept 2028", "2028-09"), ("Sept. 2028", "2028-09")],
)
def test_months_that_were_refused(text, month):
    assert DAY_OR_MONTH.clean(text) == month


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("8th March 2026", ["2026-03-08"]),
        ("8 March, 2026", ["2026-03-08"]),
        ("8, 9 and 11 March 2026", ["2026-03-08", "2026-03-09", "2026-03-11"]),
        ("8-10 March 2026", ["2026-03-08", "2026-03-09", "2026-03-10"]),
        ("8 to 9 March and 1 April 2026", ["2026-03-08", "2026-03-09", "2026-04-01"]),
        ("2026-03-08", ["2026-03-08"]),
        ("8-3-2026", ["2026-03-08"]),
        ("10 to 8 March 2026", None),
        ("1 January to 31 December 2026", None),
        ("1 to 2 to 3 March 2026", None),
        ("March to June 2026", None),
        ("8 and March 2026", None),
        ("and", None),
    ],
)
def test_lists_and_ranges_of_days(text, days):
    assert read_days(text) == days


@pytest.mark.parametrize(
    "text", ["Ju 2028", "Junes 2028", "June 28", "June 0000", "2028", "June to July 2028"]
)
def test_what_is_no_month_is_refused_with_an_example(text):
    with pytest.raises(ValidationError, match="Enter a month like March 2026"):
        DAY_OR_MONTH.clean(text)


@given(DAYS.filter(lambda day: day.year < 9998), st.integers(1, 11), st.sampled_from([" to ", "–", " - "]))
def test_a_range_of_months_is_each_of_them_and_is_accepted_back(first, more, to):
    start = first.year * 12 + first.month - 1
    months = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, start + more + 1)]
    line = f"{labels.day(months[0])}{to}{labels.day(months[-1])}"
    assert DAYS_FIELD.clean(line) == months
    assert DAYS_FIELD.clean(DAYS_FIELD.prepare_value(months)) == months
    if months[0][:4] == months[-1][:4]:
        assert read_months(f"{first:%B}{to}{labels.day(months[-1])}") == months


@pytest.mark.parametrize(
    "text", ["June to March 2027", "March to March 2027", "March 2026 to June 2027", "to"]
)
def test_what_is_no_range_of_months_is_refused(text):
    assert read_months(text) is None
