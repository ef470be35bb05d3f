"""Points bands that a text quotes."""

from dataclasses import replace

import pytest

from eds.content import Action, Judgement
from tests.eds.checks.clean import CLEAN, EDS2, codes, only, with_actions, with_part, with_text


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        (
            "Scores between 22 and 30 are Achieving.",
            "between 22 and 30 are Achieving",
            "Achieving is 22 to 32",
        ),
        (
            "between 22 and 30 are rated achieving",
            "between 22 and 30 are rated achieving",
            "Achieving is 22 to 32",
        ),
        ("8-20 Developing", "8-20 Developing", "Developing is 8 to 21"),
        ("Undeveloped: 0–8; Developing: 8–21", "Undeveloped: 0–8", "Undeveloped is 0 to 7"),
        ("**Achieving** (22 to 33 points)", "Achieving (22 to 33", "Achieving is 22 to 32"),
        ("| Developing | 8-22 |", "Developing | 8-22", "Developing is 8 to 21"),
        (
            "Those who score under 9, adding all outcome scores in all domains, are rated Undeveloped",
            "under 9, adding all outcome scores in all domains, are rated Undeveloped",
            "Undeveloped is 0 to 7",
        ),
        (
            "Those who score 32, adding all outcome scores in all domains, are rated Excelling",
            "Those who score 32, adding all outcome scores in all domains, are rated Excelling",
            "Excelling is 33",
        ),
        ("between 22 and 30 are ‘Achieving’", "between 22 and 30 are ‘Achieving", "Achieving is 22 to 32"),
        ("‘Developing’ is 8 to 22", "Developing’ is 8 to 22", "Developing is 8 to 21"),
        ("“Developing” is 8 to 22", "Developing” is 8 to 22", "Developing is 8 to 21"),
        ("8-22 are 'Developing'", "8-22 are 'Developing", "Developing is 8 to 21"),
        ("22 or more is Achieving", "22 or more is Achieving", "Achieving is 22 to 32"),
        ("8-21 Developing, 22-31 Achieving", "22-31 Achieving", "Achieving is 22 to 32"),
        ("Developing 8-21, Achieving 22-31", "Achieving 22-31", "Achieving is 22 to 32"),
    ],
)
def test_a_band_that_the_framework_does_not_have(text, quote, right):
    found = only(with_text(text))

    assert (found.code, found.severity, found.case_study) == ("band-misquoted", "error", 1)
    assert found.message == (
        f"The section “More about it” of case study 1 says “{quote}”, but in EDS 2022 {right} points. Correct the text."
    )


@pytest.mark.parametrize(
    "text",
    [
        "8-21 Developing",
        "Scores between 22 and 32 are Achieving.",
        "Undeveloped: 0-7; Developing: 8–21; Achieving (22 to 32 points); Excelling 33",
        "0-7 Undeveloped, 8-21 Developing, 22-32 Achieving, 33 Excelling",
        "| Undeveloped | 0-7 | Developing | 8-21 |",
        "Those who score under 8, adding all outcome scores in all domains, are rated Undeveloped",
        "Those who score 33, adding all outcome scores in all domains, are rated Excelling",
        "33 or more: Excelling",
        "A score of 2 or 3 is Achieving or Excelling; 2-3 Achieving",
        "Developing the 8-19 school nursing service",
        "Between 22 and 30 people are achieving their goals",
        "between 22 and 30 are achieving more",
        "Of 40 people, between 22 and 30 are achieving.",
        "Achieving 22-30% uptake",
        "Achieving 22-30 referrals",
        "2023-24 Developing",
        "Ages 8-25 Developing skills for life",
        "8-25 year olds. Developing: we will see",
        "Rated Developing on 8-9 May",
        "Pages 22-30, Achieving better access",
        "We scored 20, Developing",
        "Domain 1: 5, Developing",
    ],
)
def test_other_numbers_near_the_name_of_a_rating(text):
    assert codes(with_text(text)) == []


def test_every_text_of_the_report_is_read():
    action = Action(
        action="Aim for 22-30 Achieving", outcomes=("1A", "1B", "1C", "1D", "2C", "3B"), owner="A", due="2025"
    )
    wrong = "8-20 Developing"
    places = {
        "The title says": replace(CLEAN, title=wrong),
        "The recommendation “Aim for 22-30 Achieving” says": with_actions(action),
        "The commentary of case study 1 says": with_part(1, commentary=wrong),
        "The reason for the score of 1A of case study 1 says": with_part(
            1, scores={**CLEAN.case_studies[0].scores, "1A": Judgement(score=2, rationale=wrong)}
        ),
    }

    for place, content in places.items():
        found = only(content)
        assert found.code == "band-misquoted"
        assert found.message.startswith(place)


def test_an_edition_without_points_has_no_bands_to_quote():
    graded = replace(CLEAN, edition=EDS2, case_studies=(), title="EDS2: 8-21 Developing")

    (found,) = [message for message in codes(graded) if message == "band-misquoted"]
    assert found
