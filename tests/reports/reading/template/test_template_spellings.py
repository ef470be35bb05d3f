"""How people write ratings, outcome areas and dates in the template."""

import pytest

from eds.content import Judgement
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.dates import day_or_month
from reports.reading.template.cells.ratings import rating_of
from tests.reports.reading.template.template_files import EDS, EDS2

TWO = [
    *["2", "2.0", "2 - Achieving activity", "2 – Achieving", "2 Achieving activity", "Achieving (2)", "Achieving - 2"],
    *["Achieving activity", "2/Achieving", "Score: 2", "Rating 2", "2 out of 3", "2/3", "(2)", "2 = Achieving"],
    *["2, Achieving", "2\nAchieving activity", "Rating: 2 – Achieving", "achieving", "2 points"],
    *["☐ Developing ☒ Achieving"],
]  # fmt: skip
ODD = [
    "",
    "4",
    "2.3",
    "-1",
    "2 - Developing",
    "1 or 2",
    "1–2",
    "2/5",
    "Good",
    "2 because we met it",
    "20",
    "2024",
]


@pytest.mark.parametrize("text", TWO)
def test_ways_of_writing_two(text):
    assert rating_of(text, EDS, "1A").judgement == Judgement(score=2)


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_rating(text):
    assert rating_of(text, EDS, "1A") is None


@pytest.mark.parametrize("text", ["1.5", "1½", "1.5 out of 3"])
def test_half_points_are_kept_for_the_checks(text):
    assert rating_of(text, EDS, "1A").judgement == Judgement(score=1.5)


@pytest.mark.parametrize("text", ["Not scored", "Not assessed", "TBC", "N/A", "-", "–", "To be confirmed"])
def test_what_was_not_scored(text):
    assert rating_of(text, EDS, "1A").judgement == Judgement()


@pytest.mark.parametrize(
    ("text", "score"), [("Achieving – Green", 2), ("Amber", 1), ("Purple", 3), ("Undeveloped (red)", 0)]
)
def test_grades_of_eds2_may_be_colours(text, score):
    assert rating_of(text, EDS2, "1.1").judgement == Judgement(score=score)


def test_not_applicable_is_a_grade_where_the_edition_has_it():
    assert rating_of("N/A", EDS2, "1.1").judgement == Judgement(not_applicable=True)


@pytest.mark.parametrize(
    "start",
    ["1A", "1A:", "1A.", "1a)", "(1A)", "1 A:", "1.A", "1A-", "1A –", "Outcome 1A:", "[1A]", "1A\n", "1A,"],
)
def test_ways_of_writing_an_outcome(start):
    found = Codes(EDS).named(f"{start} Access for all")
    assert (found.code, found.words) == ("1A", "Access for all")


@pytest.mark.parametrize("text", ["1 a day", "2", "21A", "Domain 1", "1E: Other", "A1", "1Ambulance", ""])
def test_what_is_no_outcome(text):
    assert Codes(EDS).named(text) is None


def test_several_outcomes_and_a_statement_without_its_code():
    codes = Codes(EDS)
    assert codes.all_in("1B, 1C and 2A: needs") == (("1B", "1C", "2A"), "needs")
    assert codes.named(EDS.outcome("1C").statement).code == "1C"
    assert Codes(EDS2).named("1.2: Needs").code == "1.2"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[("14 May 2024", "2024-05-14"), ("14/05/2024", "2024-05-14"), ("14th May, 2024", "2024-05-14")],
        *[
            ("Tuesday 14 May 2024", "2024-05-14"),
            ("May 14, 2024", "2024-05-14"),
            ("2024-05-14", "2024-05-14"),
        ],
        *[("May 2024", "2024-05"), ("Sept 2025", "2025-09"), ("by the end of March 2026", "2026-03")],
        *[("05/2024", "2024-05"), ("14.5.24", "2024-05-14"), ("2024-05", "2024-05")],
        *[("31 February 2024", None), ("Ongoing", None), ("Q3 2025", None), ("2025", None), ("", None)],
    ],
)
def test_ways_of_writing_a_date(text, day):
    assert day_or_month(text) == day
