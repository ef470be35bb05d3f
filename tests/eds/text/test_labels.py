"""The words of a report."""

from dataclasses import replace
from datetime import date

import pytest

from casestudies.models import Review
from eds.content import Header
from eds.text import labels
from scoring.models import Recommendation
from tests.reports.samples import EDS2, EDS_2022, FULL


def test_the_words_are_those_of_the_forms():
    assert dict(Recommendation.Status.choices) == labels.STATUSES
    assert dict(Review.Level.choices) == labels.LEVELS


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2025-02-28", "28 February 2025"),
        ("2025-02", "February 2025"),
        ("spring 2025", "spring 2025"),
        ("2025-02-30", "2025-02-30"),
        ("", ""),
    ],
)
def test_dates_are_said_in_words(value, said):
    assert labels.day(value) == said


def test_the_scale_is_said_from_the_lowest_score_up():
    assert labels.scale(EDS_2022) == "0 Undeveloped, 1 Developing, 2 Achieving or 3 Excelling"
    assert labels.scale(EDS2) == "Undeveloped, Developing, Achieving or Excelling"


@pytest.mark.parametrize(
    ("header", "year", "day"),
    [
        (Header(authorised_on="2025-01-30", published="2025-02"), "2024", date(2025, 1, 30)),
        (Header(published="2025-02", completed_on="2024-12-20"), "2024", date(2025, 2, 1)),
        (Header(authorised_on="soon", completed_on="2024-12-20"), "2024", date(2024, 12, 20)),
        (Header(), "2024-25", date(2024, 1, 1)),
        (Header(), "last year", date(2000, 1, 1)),
    ],
)
def test_a_file_bears_the_day_on_which_its_content_was_done(header, year, day):
    assert labels.made_on(replace(FULL, header=header, year=year)) == day


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("sex", "Sex"),
        ("homelessness", "People who experience homelessness"),
        ("farm-workers", "Farm workers"),
    ],
)
def test_a_group_is_named(code, name):
    assert labels.group(FULL, code) == name
