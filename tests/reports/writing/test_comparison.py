"""The change since last year: like with like, in words, table and picture."""

from dataclasses import replace
from xml.etree import ElementTree

from reports.writing import comparison_tables
from tests.reports.rendered import parsed, tables, text
from tests.reports.samples import CHOSEN, EDS_2022, FULL, GRADED, UNFINISHED


def statement(code):
    return EDS_2022.outcome(code).statement


def cells(row):
    return " | ".join(f"{cell.lead} {cell.text}".strip() for cell in row.cells)


def test_totals_and_outcome_areas_stand_side_by_side():
    totals, outcomes = comparison_tables.totals(FULL), comparison_tables.outcomes(FULL)
    assert [cells(row) for row in totals.rows] == [
        "Domain 1 | 7 | 8 | Up 1 point",
        "Domain 2 | 8 | 8 | The same",
        "Domain 3 | No total | 5 | Not compared",
        "Overall | No total | 21 | Not compared",
    ]
    rows = [cells(row) for row in outcomes.rows]
    assert rows[:4] == [
        f"1A {statement('1A')} | 1 Developing | 2 Achieving | Up 1",
        f"1B {statement('1B')} | 2 Achieving | 1 Developing | Down 1",
        f"1C {statement('1C')} | 3 Excelling | 3 Excelling | The same",
        f"1D {statement('1D')} | Not recorded | 2 Achieving | Not compared",
    ]
    assert len(rows) == 11


def test_a_year_under_another_edition_is_not_compared_and_the_report_says_so():
    content = replace(FULL, previous_results=replace(FULL.previous_results, framework="EDS2"))
    part = parsed(content).xpath("//section[h2[@id='score-card']]")[0]
    assert text(part.find("p")) == (
        "The report for 2023-24 is under EDS2 and this one under EDS 2022, so the two can’t be compared."
    )
    assert "Change since" not in text(parsed(content))
    assert tables(part)["Domains and overall rating"][0] == "Domain | Result | How it was reached"


def test_without_a_year_before_the_report_says_so():
    assert "There is no published report of an earlier year" in text(parsed(UNFINISHED))
    assert comparison_tables.picture(UNFINISHED) == ""


def test_without_points_no_totals_are_compared():
    content = replace(
        GRADED, previous_results=replace(FULL.previous_results, framework="EDS2", scores={"1.1": 1})
    )
    assert comparison_tables.totals(content) is None
    assert comparison_tables.picture(content) == ""
    rows = comparison_tables.outcomes(content).rows
    assert [[cell.text for cell in row.cells[1:]] for row in rows] == [
        ["Developing", "Not graded", "Not compared"]
    ]


def test_the_picture_says_what_its_table_says():
    svg = ElementTree.fromstring(comparison_tables.picture(FULL))  # noqa: S314 (our own)
    assert svg[0].text == "Points in 2023-24 and 2024-25"
    assert svg[1].text.startswith("Domain 1, 2023-24: 7. Domain 1, 2024-25: 8. Domain 2, 2023-24: 8.")
    assert svg[1].text.endswith("Overall, 2023-24: No total. Overall, 2024-25: 21.")


def test_the_case_study_that_was_chosen_is_compared():
    rows = {row.cells[0].lead: row for row in comparison_tables.outcomes(CHOSEN).rows}
    assert [cell.lead for cell in rows["1C"].cells[1:3]] == ["3", "0"]
