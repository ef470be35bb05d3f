"""Deadlines, day by day: every boundary."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eds.equality_duty import (
    Due,
    Quarter,
    eds_due,
    eds_years_due,
    information_due,
    objectives_due,
    quarters,
    without_note,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 1, 1))


@pytest.mark.parametrize(
    ("last", "information", "objectives"),
    [
        (date(2018, 3, 30), date(2019, 3, 30), date(2022, 3, 30)),
        (date(2024, 2, 28), date(2025, 2, 28), date(2028, 2, 28)),
        (date(2024, 2, 29), date(2025, 2, 28), date(2028, 2, 29)),
        (date(2024, 3, 1), date(2025, 3, 1), date(2028, 3, 1)),
        (date(2096, 2, 29), date(2097, 2, 28), date(2100, 2, 28)),  # 2100 is no leap year
        (date(2025, 12, 31), date(2026, 12, 31), date(2029, 12, 31)),
        (None, None, None),
    ],
)
def test_information_is_due_within_a_year_and_objectives_within_four(last, information, objectives):
    assert information_due(last) == information
    assert objectives_due(last) == objectives


@pytest.mark.parametrize(
    ("year", "by"),
    [
        ("2025", date(2026, 2, 28)),
        ("2025-26", date(2026, 2, 28)),
        ("2027", date(2028, 2, 28)),  # not 29 February in a leap year
        ("1999-00", date(2000, 2, 28)),
    ],
)
def test_the_eds_of_a_year_is_due_by_28_february_of_the_next(year, by):
    assert eds_due(year) == by


@pytest.mark.parametrize(
    ("published", "started", "today", "years"),
    [
        ((), (), date(2026, 2, 27), ["2025"]),
        ((), (), date(2026, 2, 28), ["2025"]),
        ((), (), date(2026, 3, 1), ["2026"]),
        ((), (), date(2028, 2, 29), ["2028"]),
        (("2024", "2025", "2023"), (), date(2026, 11, 22), ["2026"]),
        (("2022-23",), (), date(2026, 11, 22), ["2023", "2024", "2025", "2026"]),
        (("2028",), ("2024", "2026"), date(2028, 6, 1), ["2024", "2025", "2026", "2027", "2029"]),
        (("2013",), (), date(2024, 1, 1), ["2022", "2023"]),  # EDS 2022 has no year before its first
        ((), ("2027",), date(2026, 6, 1), ["2026"]),
    ],
)
def test_every_year_from_the_first_known_is_due_until_it_is_published(published, started, today, years):
    assert eds_years_due(published, started, today) == years


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2026, 12, 31), "soon"),
        (date(2027, 1, 1), "overdue"),
        (date(2026, 10, 2), "soon"),  # 90 days before
        (date(2026, 10, 1), "later"),
        (date(2020, 1, 1), "later"),
    ],
)
def test_a_due_day_is_in_time_until_it_is_over(today, standing):
    assert Due(what="x", last=None, by=date(2026, 12, 31)).standing(today) == standing


def test_without_a_date_nothing_is_said_to_be_in_time():
    assert Due(what="x", last=None, by=None).standing(date(2026, 1, 1)) == "not recorded"


@pytest.mark.parametrize(
    ("day", "first", "last", "words"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31), "January to March 2026"),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31), "January to March 2026"),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31), "January to March 2024"),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30), "April to June 2026"),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30), "July to September 2026"),
        (date(2026, 10, 1), date(2026, 10, 1), date(2026, 12, 31), "October to December 2026"),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31), "October to December 2026"),
    ],
)
def test_a_day_lies_in_its_quarter(day, first, last, words):
    quarter = Quarter.of(day)
    assert (quarter.first, quarter.last, str(quarter)) == (first, last, words)


@given(DAYS)
def test_quarters_follow_without_gap(day):
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert Quarter.of(quarter.last + timedelta(days=1)) == quarter.following
    assert 90 <= (quarter.last - quarter.first).days + 1 <= 92


def test_quarters_are_counted_from_the_first_day_to_the_last():
    assert [str(one) for one in quarters(date(2025, 12, 31), date(2026, 4, 1))] == [
        "October to December 2025",
        "January to March 2026",
        "April to June 2026",
    ]
    assert quarters(date(2026, 4, 1), date(2026, 3, 31)) == []
    assert len(quarters(date(2026, 4, 1), date(2030, 3, 31))) == 16


@pytest.mark.parametrize(
    ("today", "over", "running"),
    [
        (date(2026, 3, 31), [], None),
        (date(2026, 4, 1), [], "April to June 2026"),
        (date(2026, 6, 30), [], "April to June 2026"),
        (date(2026, 7, 1), ["April to June 2026"], None),  # July to September has its note
        (date(2026, 10, 1), ["April to June 2026"], "October to December 2026"),
        (date(2027, 1, 1), ["April to June 2026", "October to December 2026"], "January to March 2027"),
        (date(2027, 6, 1), ["April to June 2026", "October to December 2026", "January to March 2027"], None),
    ],
)
def test_a_quarter_lacks_a_note_once_it_is_over(today, over, running):
    found = without_note(
        starts_on=date(2026, 4, 1), until=date(2027, 3, 31), noted={date(2026, 7, 1)}, today=today
    )
    assert ([str(one) for one in found[0]], found[1] and str(found[1])) == (over, running)
