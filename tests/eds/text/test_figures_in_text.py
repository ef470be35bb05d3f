"""Figures in the lead's words: filled in by the software, never typed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from eds.content import Organisation
from eds.text.figures_in_text import figures, filled, typed, unknown
from tests.reports.samples import CHOSEN, FULL, GRADED, UNFINISHED
from tests.strategies import contents


def value(content, name):
    return {figure.name: figure.value for figure in figures(content)}[name]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (FULL, "overall total", "21/33"),
        (FULL, "overall rating", "Developing"),
        (FULL, "total of Domain 1", "8/12"),
        (FULL, "score of 1A", "2 Achieving"),
        (FULL, "score of 1C in case study 2", "0 Undeveloped"),
        (FULL, "total of case study 3", "11/12"),
        (FULL, "number of case studies", "5"),
        (FULL, "number of panel members", "2"),
        (FULL, "number of recommendations", "3"),
        (FULL, "year before", "2023-24"),
        (FULL, "change in the overall total", "not compared"),
        (CHOSEN, "score of 1A", "1 Developing"),
        (UNFINISHED, "overall total", "no total"),
        (UNFINISHED, "overall rating", "no rating"),
        (UNFINISHED, "score of 1B in case study 1", "Not scored"),
        (GRADED, "score of 1.1 in case study 1", "Achieving"),
        (GRADED, "score of 1.3 in case study 1", "Not applicable"),
    ],
)
def test_each_figure_is_that_of_the_report(content, name, expected):
    assert value(content, name) == expected


def test_a_score_of_an_outcome_area_is_that_of_the_case_study_that_stands_if_one_does():
    assert value(UNFINISHED, "score of 1A") == "Not scored"
    assert value(UNFINISHED, "score of 1A in case study 1") == "2 Achieving"
    assert value(CHOSEN, "score of 1C") == "0 Undeveloped"


@pytest.mark.parametrize(("before", "words"), [(18, "up 3 points"), (22, "down 1 point"), (21, "the same")])
def test_the_change_since_last_year_is_worked_out(before, words):
    content = replace(FULL, previous_results=replace(FULL.previous_results, overall=before))
    assert value(content, "change in the overall total") == words


def test_nothing_of_another_edition_is_compared():
    content = replace(FULL, previous_results=replace(FULL.previous_results, framework="EDS2"))
    assert not [figure.name for figure in figures(content) if "year before" in figure.name]


def test_the_text_is_filled_in_whatever_the_case_and_spaces():
    text = "We got {Overall  total}; 1A was {SCORE of 1a}. {not that}"
    assert filled(text, FULL) == "We got 21/33; 1A was 2 Achieving. {not that}"
    assert filled(None, FULL) == ""


def test_a_name_is_filled_in_as_plain_text():
    content = replace(FULL, organisation=Organisation(name="A *bold* <b>trust</b>"))
    assert filled("{organisation}", content) == r"A \*bold\* \<b>trust\</b>"


def test_what_is_no_figure_is_named_with_what_was_meant():
    assert unknown("{score of 1A} {score for 1A} {score for 1A} {weather}", FULL) == [
        "{score for 1A} is not a figure of this report. Did you mean {score of 1A}?",
        "{weather} is not a figure of this report. Choose one from the list of figures.",
    ]
    assert unknown("{ Score of 1a }", FULL) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We got 5/12 and 7 / 12.", ["5/12", "7 / 12"]),
        ("A total of 21 points", ["total of 21"]),
        ("1A scored 2.", ["scored 2"]),
        ("1A is 2 Achieving", ["2 Achieving"]),
        ("We are rated Developing.", ["rated Developing"]),
        ("It gained 3 points", ["3 points"]),
        ("We reached {overall total} points, rated {overall rating}.", []),
        ("In 2024 we asked 60 people on 3 June; 4 of 58 practices offer it.", []),
        ("Waits went from 74% to 93%.", []),
    ],
)
def test_what_looks_like_a_typed_figure_is_pointed_out(text, found):
    assert typed(text, FULL) == found


@settings(max_examples=20)
@given(contents())
def test_every_figure_that_is_offered_is_known_and_filled_in(content):
    offered = figures(content)
    assert len({figure.name for figure in offered}) == len(offered)
    assert unknown(" ".join(figure.mark for figure in offered), content) == []
