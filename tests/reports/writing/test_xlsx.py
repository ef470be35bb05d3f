"""The report as an Excel workbook: real tables, numbers as numbers, and texts that never run."""

import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from eds.content import Action, Evidence, Theme
from reports.writing.xlsx.report import to_xlsx
from reports.writing.xlsx.sheets import CUT, LINE, TALLEST, height_of
from tests.reports.samples import FULL, GRADED, TALKING, UNFINISHED

pytestmark = pytest.mark.slow


def opened(content):
    return load_workbook(BytesIO(to_xlsx(content)))


def records(book, name):
    (table,) = book[name].tables.values()
    header, *rows = [[cell.value for cell in row] for row in book[name][table.ref]]
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_its_sheets_are_there_with_a_title_and_language():
    book = opened(FULL)
    assert book.sheetnames == [
        *["At a glance", "Summary", "Scores", "Actions", "Previous actions", "Evidence", "Evidence map"],
        *["Change", "Panel", "Interests", "Spread", "About"],
    ]
    assert (book.properties.title, book.properties.language) == (
        "Equality Delivery System report 2024-25",
        "en-GB",
    )
    assert book.properties.creator == "Three Valleys Care Trust"
    assert book["Summary"]["A1"].value == "Equality Delivery System report 2024-25: Three Valleys Care Trust"
    assert book["Summary"]["A2"].value == (
        "EDS 2022, 2024-25. Each outcome area is scored 0 Undeveloped, 1 Developing, 2 Achieving or 3 Excelling. "
        "Overall ratings by points: 0 to 7 Undeveloped; 8 to 21 Developing; 22 to 32 Achieving; 33 Excelling."
    )
    assert opened(UNFINISHED).sheetnames == [
        "At a glance",
        "Summary",
        "Scores",
        "Actions",
        "Evidence",
        "About",
    ]


@pytest.mark.parametrize("content", [FULL, UNFINISHED, GRADED], ids=["full", "unfinished", "graded"])
def test_each_sheet_holds_one_table_with_filters_under_frozen_rows(content):
    book = opened(content)
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.autoFilter.ref == table.ref
        assert sheet.freeze_panes == "A4"
        assert table.ref.startswith("A3:")
        assert [cell.value for cell in sheet[3]] == table.column_names
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[3])
        assert sheet.print_title_rows == "$3:$3"


def test_the_summary_gives_totals_as_numbers():
    rows = records(opened(FULL), "Summary")
    assert [tuple(row.values()) for row in rows[:1] + rows[-4:]] == [
        ("Case study", "Case study 1: Talking Therapies in Three Valleys", 8, 12, None, "8/12"),
        (
            *("Domain", "Domain 1: Commissioned or provided services", 8, 12, None),
            "middle of 3: Talking Therapies in Three Valleys",
        ),
        (
            *("Domain", "Domain 2: Workforce health and well-being", 8, 12, None),
            "the only case study: Our workforce",
        ),
        ("Domain", "Domain 3: Inclusive leadership", 5, 9, None, "the only case study: Our leaders"),
        ("Overall", "Three Valleys Care Trust", 21, 33, "Developing", "8 to 21 is Developing"),
    ]
    assert [row["Points"] for row in records(opened(UNFINISHED), "Summary")] == [4, *["No total"] * 5]


def test_scores_are_numbers_and_what_is_none_is_a_word():
    rows = records(opened(UNFINISHED), "Scores")
    assert [(row["Outcome area"], row["Score"], row["Out of"], row["Rating"]) for row in rows[:4]] == [
        ("1A", 2, 3, "Achieving"),
        ("1B", "Not scored", None, None),
        ("1C", 0, 3, "Undeveloped"),
        ("1D", 2, 3, "Achieving"),
    ]
    assert [row["Grade"] for row in records(opened(GRADED), "Scores")] == [
        *["Achieving", "Undeveloped", "Not applicable", "Not graded", "Not graded"]
    ]
    first = records(opened(FULL), "Scores")[0]
    assert (first["Owner"], first["Self-assessment"]) == ("Head of access", "3 Excelling")
    assert first["Rationale"] == TALKING.scores["1A"].rationale


def test_days_are_dates_and_months_are_words():
    assert [row["Due"] for row in records(opened(FULL), "Actions")] == [
        "September 2025",
        None,
        datetime(2025, 6, 30),  # noqa: DTZ001 (Excel has no time zones)
    ]


def test_an_empty_table_keeps_one_empty_row():
    (row,) = records(opened(replace(FULL, recommendations=())), "Actions")
    assert set(row.values()) == {None}


def test_the_map_counts_evidence_by_group_and_outcome():
    rows = {row["Group"]: row for row in records(opened(FULL), "Evidence map")}
    assert len(rows) == 17
    assert {code: rows["Age"][code] for code in ("1A", "1B", "1C", "1D")} == {
        "1A": 0,
        "1B": 0,
        "1C": 0,
        "1D": 1,
    }
    assert rows["Race"]["1D"] == 0
    local = replace(TALKING, evidence=(Evidence(kind="file", title="x", groups=("veterans",)),))
    rows = records(opened(replace(FULL, case_studies=(local,))), "Evidence map")
    assert (rows[-1]["Group"], rows[-1]["No outcome area"], rows[-1]["1A"]) == ("Veterans", 1, 0)


RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "{=1}", "1", "TRUE", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", RUNS)
def test_no_text_is_ever_a_formula_a_number_or_an_error(text):
    content = replace(FULL, recommendations=(Theme(theme=text, actions=(Action(action=text),)),))
    data = to_xlsx(content)
    cell = load_workbook(BytesIO(data))["Actions"]["C4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))
    with zipfile.ZipFile(BytesIO(data)) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
    assert [sheet for sheet in sheets if b"<f" in sheet.replace(b"<filter", b"")] == []


def test_only_web_addresses_are_links():
    evidence = tuple(
        Evidence(kind="link", title="x", url=url)
        for url in ("https://example.org/ä?a=1&b=2", "javascript:alert(1)", "file:///etc/passwd")
    )
    book = opened(replace(FULL, case_studies=(replace(TALKING, evidence=evidence),)))
    rows = [row for row in book["Evidence"].iter_rows(min_row=4) if row[2].value == "Link"]
    assert [row[9].value for row in rows] == [item.url for item in evidence]
    assert [row[9].hyperlink and row[9].hyperlink.target for row in rows] == [
        *["https://example.org/%C3%A4?a=1&b=2", None, None]
    ]


def test_a_text_too_long_for_a_cell_says_where_it_was_cut():
    content = replace(FULL, recommendations=(Theme(theme="T", actions=(Action(action="😀a" * 20_000),)),))
    text = opened(content)["Actions"]["C4"].value
    assert text.endswith(CUT)
    assert len(text.encode("utf-16-le")) // 2 < 32_767
    assert text.startswith("😀a" * 10_000)


def test_odd_signs_are_left_out_and_what_excel_would_decode_is_escaped():
    content = replace(
        FULL, recommendations=(Theme(theme="a\x01b\x0bc", actions=(Action(action="_x0041_"),)),)
    )
    sheet = opened(content)["Actions"]
    assert sheet["B4"].value == "ab\nc"
    assert sheet["C4"].value == "_x005F_x0041_"  # Excel shows _x0041_; openpyxl shows what is in the file


def test_the_change_since_last_year_is_in_numbers():
    rows = [tuple(row.values()) for row in records(opened(FULL), "Change")]
    assert rows[:4] == [
        ("Total", "Domain 1", 7, 8, 1),
        ("Total", "Domain 2", 8, 8, 0),
        ("Total", "Domain 3", None, 5, None),
        ("Total", "Overall", None, 21, None),
    ]
    assert [(row[1][:2], *row[2:]) for row in rows[4:8]] == [
        ("1A", 1, 2, 1),
        ("1B", 2, 1, -1),
        ("1C", 3, 3, 0),
        ("1D", None, 2, None),
    ]


def test_interests_and_the_spread_of_scores_have_sheets():
    book = opened(FULL)
    assert [tuple(row.values()) for row in records(book, "Interests")] == [
        ("Joe Penrose", 1, "Talking Therapies in Three Valleys", "Family or friend")
    ]
    found = [
        (row["Case study"], row["Outcome area"], row["Spread in points"]) for row in records(book, "Spread")
    ]
    assert found == [
        *[(1, "1A", 1), (1, "1B", 2), (1, "1C", 1), (1, "1D", 3)],
        *[(2, code, None) for code in ("1A", "1B", "1C", "1D")],
    ]


def test_the_words_of_the_report_are_there_with_their_figures():
    said = {row["What"]: row["Answer"] for row in records(opened(FULL), "About")}
    assert said["Summary"].startswith("We reached 21/33, which is rated Developing.")
    assert said["How the panel worked"].endswith("and looked at 5 case studies.")
    assert (
        said["Approval"] == "Approved by Amara Bello, Chief Nurse for Quality Committee on 30 January 2025."
    )
    assert said["Other forms of this report"].endswith("eds@threevalleys.example, or telephone 01632 960 001")


def test_the_first_sheet_says_the_result_and_draws_its_own_cells():
    sheet = opened(FULL)["At a glance"]
    assert [sheet.cell(row=row, column=1).value for row in range(1, 6)] == [
        "Equality Delivery System report 2024-25: Three Valleys Care Trust",
        "Developing: 21 out of 33 points",
        "A panel of 2 people, 2 of them from outside the NHS, scored 5 case studies.",
        "The overall rating is Developing: 21 out of 33 points.",
        None,
    ]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=6)]
    assert ["Domain 3: Inclusive leadership", 5, 9, None, None, None] in rows
    assert ["Case study 2: Diabetic Eye Screening", 1, 1, 0, 2, "4/12"] in rows
    charts = sheet._charts
    assert len(charts) == 4
    first = charts[0].series
    drawn = [
        [cell.value for row in sheet[one.val.numRef.f.rpartition("!")[2]] for cell in row] for one in first
    ]
    assert drawn == [[8, 8, 5], [12, 12, 9]]
    bottom = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row=row, column=1).value)
    assert charts[0].anchor._from.row >= bottom
    assert opened(GRADED)["At a glance"]._charts == []


def test_a_case_study_without_a_score_is_drawn_without_a_bar():
    sheet = opened(UNFINISHED)["At a glance"]
    (row,) = (row for row in sheet.iter_rows(max_col=6) if str(row[0].value).startswith("Case study 1:"))
    assert [cell.value for cell in row[1:]] == [2, None, 0, 2, "4 of 9 so far, 1 outcome not scored"]


def test_each_chart_has_words_for_people_who_cannot_see_it():
    with zipfile.ZipFile(BytesIO(to_xlsx(FULL))) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count('descr="Chart of the table ') == 4
    assert 'descr="Chart of the table Points by domain on this sheet"' in drawing


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("short", 20, 1), ("", 20, 1), ("word " * 40, 24, 10), ("one\ntwo\nthree", 20, 3), ("x" * 5000, 12, 25)],
)
def test_a_row_is_as_high_as_its_wrapped_text(text, width, lines):
    height = height_of((1, text, None), (10, width, 10))
    assert height == min(lines * LINE, TALLEST) or lines * LINE < height <= (lines + 2) * LINE


def test_every_row_has_room_for_its_text():
    for page in opened(FULL).worksheets[1:]:
        (table,) = page.tables.values()
        for row in page[table.ref][1:]:
            texts = [str(cell.value) for cell in row if isinstance(cell.value, str)]
            height = page.row_dimensions[row[0].row].height
            assert height >= LINE
            widths = [
                page.column_dimensions[cell.column_letter].width
                for cell in row
                if isinstance(cell.value, str)
            ]
            least = max((len(text) / width for text, width in zip(texts, widths, strict=True)), default=0)
            assert height >= min(least * LINE, TALLEST)
