"""The board's summary: two pages, whatever the report says."""

from dataclasses import replace

import pytest
from lxml import html as lxml_html

from eds.content import Judgement
from reports.formats import FORMATS
from reports.writing import board_summary
from tests.reports.rendered import page_texts, tables, text
from tests.reports.samples import BIRTH, EYES, FULL, GRADED, THEMES, UNFINISHED

pytestmark = pytest.mark.slow


def read(content, **more):
    return lxml_html.fromstring(board_summary.page(content, **more))


def test_it_says_the_same_figures_as_the_report():
    found = tables(read(FULL))
    assert found["Domains and overall rating"][-1] == "Overall | 21/33 Developing | 8 to 21 is Developing"
    assert found["Points in both years"][1] == "Domain 1 | 7 | 8 | Up 1 point"
    said = text(read(FULL).find(".//article"))
    assert "Overall: 21/33 Developing" in said
    assert "Up: 1A (up 1). Down: 1B (down 1)." in said
    assert "Approved by Amara Bello, Chief Nurse for Quality Committee on 30 January 2025." in said


def test_the_lowest_scores_come_first_and_those_that_nothing_answers():
    rows = tables(read(FULL))["Lowest scores"]
    assert [row.split(" ")[0] for row in rows[1:]] == ["1C", "1B", "2C", "3B", "1A", "1B"]
    assert rows[1].endswith(
        "| 0 Undeveloped | Diabetic Eye Screening | Review every missed result with the pathway board."
    )
    assert rows[2].endswith("| 1 Developing | Talking Therapies in Three Valleys | It has no recommendation")
    assert "4 more outcome areas scored 0 or 1: see the report." in text(read(FULL, most=2))


def test_open_actions_are_listed_by_the_day_when_they_are_due():
    rows = tables(read(FULL))["What comes next"]
    assert [row.split(" | ")[1:] for row in rows[1:]] == [
        ["Head of access", "September 2025", "On track"],
        ["Not recorded", "Not recorded", "Not started"],
    ]
    assert "1 action is complete or dropped." in text(read(FULL))


def test_a_report_without_low_scores_actions_or_a_year_before_says_so():
    content = replace(UNFINISHED, case_studies=(replace(BIRTH, number=1),), recommendations=())
    said = text(read(content))
    assert "No outcome areas are scored 0 or 1." in said
    assert "There are no open actions." in said
    assert "There is no published report of an earlier year to compare with." in said


def test_without_points_there_is_no_total():
    said = text(read(GRADED))
    assert "Overall:" not in said
    assert "1.2" in tables(read(GRADED))["Lowest scores"][1]


LONG = "A very long title that goes on and on about what the service does and for whom it does it " * 2


@pytest.mark.parametrize("content", ["full", "long"])
def test_it_has_two_pages_whatever_it_says(content):
    low = {code: Judgement(score=0) for code in ("1A", "1B", "1C", "1D")}
    studies = tuple(replace(EYES, number=n, title=LONG, scores=low) for n in range(1, 9))
    actions = tuple(replace(THEMES[0].actions[0], action=LONG * 20, owner=LONG) for _ in range(40))
    long = replace(
        FULL,
        title=LONG,
        case_studies=studies,
        interests=(),
        recommendations=(replace(THEMES[0], actions=actions),),
    )
    data = FORMATS["board"].make({"full": FULL, "long": long}[content])
    assert len(page_texts(data)) == 2
