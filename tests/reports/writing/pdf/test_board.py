"""The board's summary: two pages, whatever the report says."""

from dataclasses import replace

import pytest
from lxml import html as lxml_html

from eds.content import Judgement, PanelScores
from reports.formats import FORMATS
from reports.writing.pdf import board_summary
from tests.reports.figures import expected
from tests.reports.rendered import page_texts, tables, text
from tests.reports.samples import BIRTH, EYES, FULL, GRADED, THEMES, UNFINISHED

pytestmark = pytest.mark.slow


def read(content, **more):
    return lxml_html.fromstring(board_summary.page(content, **more))


def asked(content):
    return [text(item) for item in read(content).xpath("//section[@class='board-asks']//li")]


def test_it_says_what_the_board_is_asked_to_do():
    assert asked(FULL) == [
        "note the rating, Developing: 21 out of 33 points;",
        "note that no evidence is linked to 15 of 17 groups;",
        "agree 2 actions and name an owner and a date for 1 of them;",
        "note that the report is approved.",
    ]
    assert asked(UNFINISHED) == [
        "note the scores of the panel;",
        "agree 1 action and name an owner and a date for it;",
        "approve the report for publication.",
    ]
    assert "Approved by Amara Bello, Chief Nurse for Quality Committee on 30 January 2025." in text(
        read(FULL)
    )


def test_it_says_the_same_figures_as_the_report():
    found = tables(read(FULL))
    assert "Overall: 21/33 Developing" in text(read(FULL))
    rows = found["Panel scores for Domain 1: Commissioned or provided services"]
    assert rows[2:] == [
        (
            "Case study 2: Diabetic Eye Screening"
            " | 1 Developing | 1 Developing | 0 Undeveloped | 2 Achieving | 4/12"
        ),
        (
            "Case study 3: Home Birth & Midwifery"
            " | 3 Excelling | 3 Excelling | 3 Excelling | 2 Achieving | 11/12"
        ),
        "Change since 2023-24 | ↑ Up 1 | ↓ Down 1 | = The same | Not compared | ↑ Up 1",
    ]
    scored = expected(FULL).scores
    told = " ".join(
        row for caption, rows in found.items() if caption.startswith("Panel scores") for row in rows
    )
    assert [said for said in scored.values() if said not in told] == []
    assert all(total in told for total in expected(FULL).totals.values())


def test_it_has_the_leads_summary():
    summary = read(FULL).xpath("//section[h2[text()='Summary']]")[0]
    assert text(summary).startswith("Summary We reached 21/33, which is rated Developing.")
    assert not read(UNFINISHED).xpath("//section[h2[text()='Summary']]")


def test_all_open_actions_are_listed_by_the_day_when_they_are_due():
    rows = tables(read(FULL))["Open actions"]
    assert rows[1:] == [
        (
            "1 Open a monthly clinic at the day centre in Ludworth. | 1A and 1D | Head of access"
            " | September 2025 | On track"
        ),
        (
            "2 Offer telephone assessments <before> 9am & after 6pm. | 1A | Not recorded"
            " | Not recorded | Not started"
        ),
    ]
    assert "1 action is complete or dropped." in text(read(FULL))


def test_a_report_without_actions_or_a_year_before_says_so():
    content = replace(UNFINISHED, case_studies=(replace(BIRTH, number=1),), recommendations=())
    said = text(read(content))
    assert "There are no open actions." in said
    assert "There is no published report of an earlier year to compare with." in said


def test_without_points_there_is_no_total():
    assert "Overall:" not in text(read(GRADED))
    assert "Total" not in text(read(GRADED))


def test_of_what_there_is_no_room_for_it_says_how_much():
    room = board_summary.Room(letters=20, rows=1)
    said = text(read(FULL, room=room))
    assert "2 more case studies: see the report." in said
    assert "1 more open action: see the report." in said
    assert "1 Open a monthly …" in said


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
        panel_scores=PanelScores(),
        summary=f"{LONG}\n\n" * 30,
        recommendations=(replace(THEMES[0], actions=actions),),
    )
    data = FORMATS["board"].make({"full": FULL, "long": long}[content])
    assert len(page_texts(data)) == 2
