"""Layouts of reports as organisations invent them: every score and text is read where it belongs."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from eds.content import Judgement
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.ratings import rating_of
from tests.reports.reading.template.template_files import (
    CODES,
    EDS,
    HEAD,
    bodies,
    outcome_rows,
    read,
    report,
    scores,
    statement,
    table,
)

D1 = "Domain 1: Commissioned or provided services"
MATERNITY = f"{D1} – Maternity"
ONE, TWO = [("Maternity", "2222")], [("Maternity", "2222"), ("Dental", "1111")]
LAYOUTS = {}


def layout(*expected, evidence: str = ""):
    """A layout that gives these case studies; `evidence` is that of 1B in the last of them."""

    def add(fill):
        LAYOUTS[fill.__name__] = (fill, list(expected), evidence)
        return fill

    return add


def field(paragraph, data: str) -> None:
    """A field of one of Word's older forms."""
    parts = (
        f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    for part in parts:
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))


@layout(*ONE, evidence="For 1B.")
def columns_in_another_order(document):
    document.add_heading(MATERNITY, 1)
    rows = [(f"Lead {code}", "●●○", statement(code), f"For {code}.", "Domain 1") for code in CODES[1]]
    table(document, [("Lead", "Score", "Outcome", "What we found", "Domain"), *rows])


@layout(("Maternity", "1111"), evidence="For 1B.")
def a_colour_is_the_only_rating(document):
    document.add_heading(MATERNITY, 1)
    rows = [(statement(code), f"For {code}.", "AMBER") for code in CODES[1]]
    table(document, [("Outcome", "Evidence", "RAG"), *rows])


@layout(*ONE, evidence="For 1B.")
def letters_with_the_statements(document):
    document.add_heading(MATERNITY, 1)
    rows = [(statement(code)[1:], f"For {code}.", "Score: Two") for code in CODES[1]]
    table(document, [("Outcome", "Evidence", "Rating"), *rows])


@layout(*ONE, evidence="For 1B.")
def bare_letters_beside_the_domain(document):
    document.add_heading("Maternity", 1)
    rows = [("Domain 1" if code == "1A" else "", f"({code[1]})", f"For {code}.", "2") for code in CODES[1]]
    table(document, [("Domain", "Outcome", "Evidence", "Rating"), *rows], down=[(1, 4, 0)])


@layout(*ONE, evidence="For 1B.")
def a_number_and_a_letter_in_two_columns(document):
    document.add_heading("Maternity", 1)
    rows = [("1", code[1], f"For {code}.", "2") for code in CODES[1]]
    table(document, [("Domain", "Outcome", "Evidence", "Rating"), *rows])


@layout(*ONE, evidence="For 1B.")
def bare_letters_below_the_heading_of_the_domain(document):
    document.add_heading(MATERNITY, 1)
    rows = [(f"Outcome {code[1]}", f"For {code}.", "2") for code in CODES[1]]
    table(document, [("Outcome", "Evidence", "Rating"), *rows])


@layout(*ONE, evidence="For 1B.")
def scores_in_headings(document):
    document.add_heading(D1, 1)
    document.add_heading("Maternity", 2)
    for code in CODES[1]:
        document.add_heading(f"{statement(code)} – Score: 2", 3)
        document.add_paragraph(f"For {code}.")


@layout(*ONE)
def scores_in_a_list(document):
    document.add_heading(MATERNITY, 1)
    for code in CODES[1]:
        document.add_paragraph(f"{code} – Achieving activity (2)", style="List Bullet")


@layout(*ONE)
def scores_behind_tabs(document):
    document.add_heading(MATERNITY, 1)
    for code in CODES[1]:
        document.add_paragraph(f"{statement(code)}\t2")


@layout(*ONE, evidence="What we did for 1B.")
def a_table_goes_on_over_the_page_without_its_head(document):
    document.add_heading(MATERNITY, 1)
    table(document, [HEAD, *outcome_rows("2222")[:2]])
    document.add_paragraph("Domain 1 (continued)")
    table(document, outcome_rows("2222")[2:])


@layout(*ONE)
def a_list_to_choose_from(document):
    document.add_heading(MATERNITY, 1)
    made = table(document, [HEAD, *outcome_rows(["", "", "", ""])])
    entries = "".join(
        f'<w:listEntry w:val="{text}"/>' for text in ("0 Undeveloped", "1 Developing", "2 Achieving")
    )
    for row in range(1, 5):
        field(made.cell(row, 3).paragraphs[0], f'<w:ddList><w:result w:val="2"/>{entries}</w:ddList>')


@layout(*ONE)
def boxes_to_tick(document):
    document.add_heading(MATERNITY, 1)
    head = ("Outcome", "Evidence", "Undeveloped", "Developing", "Achieving", "Excelling")
    made = table(document, [head, *((statement(code), f"For {code}.", "", "", "", "") for code in CODES[1])])
    for row in range(1, 5):
        for score in range(4):
            data = (
                "<w:checkBox><w:checked/></w:checkBox>"
                if score == 2
                else '<w:checkBox><w:default w:val="0"/></w:checkBox>'
            )
            field(made.cell(row, 2 + score).paragraphs[0], data)


@layout(*TWO)
def an_average_beside_the_services(document):
    document.add_heading(D1, 1)
    rows = [(statement(code), "2", "1", "1.5") for code in CODES[1]]
    table(document, [("Outcome", "Maternity", "Dental", "Average"), *rows])


@layout(*TWO)
def a_row_for_each_service_and_a_column_for_each_outcome(document):
    document.add_heading(D1, 1)
    rows = [("Service", *CODES[1], "Total"), ("Maternity", *"2222", "8"), ("Dental", *"1111", "4")]
    table(document, rows)


@layout(*TWO)
def captions_below_the_tables(document):
    document.add_heading(D1, 1)
    for number, (name, ratings) in enumerate(TWO, start=1):
        table(document, [HEAD, *outcome_rows(ratings)])
        document.paragraphs[-1].text = f"Table {number}: {name}"


@layout(*ONE, evidence="For 1B.")
def the_rating_below_the_outcome(document):
    document.add_heading(MATERNITY, 1)
    rows = [(f"{statement(code)}\nRating: 2", f"For {code}.", "Jo") for code in CODES[1]]
    table(document, [("Outcome", "Evidence", "Owner"), *rows])


@layout(*ONE, evidence="For 1B.")
def the_rating_below_the_evidence(document):
    document.add_heading(MATERNITY, 1)
    rows = [(statement(code), f"For {code}.\nScore: 2 – Achieving activity") for code in CODES[1]]
    table(document, [("Outcome", "Evidence and score"), *rows])


@layout(*TWO, evidence="Dental 1B")
def the_services_below_each_outcome(document):
    document.add_heading(D1, 1)
    rows = [
        (statement(code) if name == "Maternity" else "", name, f"{name} {code}", ratings[0])
        for code in CODES[1]
        for name, ratings in TWO
    ]
    head = ("Outcome", "Service", "Evidence", "Rating")
    table(document, [head, *rows], down=[(row, row + 1, 0) for row in range(1, 9, 2)])


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_understood(name):
    fill, expected, evidence = LAYOUTS[name]
    document = report()
    fill(document)
    studies = read(document).content.case_studies
    assert [(one.title, "".join(map(str, scores(one).values()))) for one in studies] == expected
    assert bodies(studies[-1]).get("1B", "") == evidence or not evidence


def test_domains_with_their_totals_above_their_outcomes():
    document = report()
    rows = [("Domain/Outcome", "Score", "Owner")]
    for number, codes in CODES.items():
        rows += [(f"Domain {number}: {EDS.domain(number).title}", str(2 * len(codes)), "")]
        rows += [(statement(code), "2", "Jo") for code in codes]
    table(document, rows)
    found = read(document)
    assert [(one.domain, one.stated_total) for one in found.content.case_studies] == [(1, 8), (2, 8), (3, 6)]
    assert [line.text for line in found.skipped] == ["Domain/Outcome"]


@pytest.mark.parametrize(
    "text",
    [
        *[
            "●●○",
            "★★☆",
            "🟢",
            "EDS rating: 2",
            "Agreed: 2",
            "Score2",
            "2 | Achieving",
            "“2”",
            "2¹",
            "RAG: Green",
        ],
        *["Score: Two", "2 – Achieving Activity – Green", "2‑Achieving", "2 pts", "2 (agreed)", "Average: 2"],
    ],
)
def test_more_ways_of_writing_two(text):
    assert rating_of(text, EDS, "1A").judgement == Judgement(score=2)


@pytest.mark.parametrize("text", ["●●", "●●●●○", "1.67", "2 ● 1", "Agreed", "🟢 🔴"])
def test_more_that_is_no_rating(text):
    assert rating_of(text, EDS, "1A") is None


@pytest.mark.parametrize(
    "start",
    [
        *[
            "1 A",
            "1(A)",
            "1-A",
            "1 – A:",
            "D1: 1A",
            "D1 A",
            "Domain 1: Outcome 1A:",
            "Domain 1 outcome A:",
            "EDS 1A",
        ],
        *["Domain 1 (1A)", "Domain 1A:", "‘1A’", "• 1A:", "1A |", "A:", "Outcome A:", "1 A Patients"],
    ],
)
def test_more_ways_of_writing_an_outcome(start):
    words = EDS.outcome("1A").statement
    text = f"{start} {words}" if not start.endswith(" Patients") else f"1 A {words}"
    assert Codes(EDS).named(text).code == "1A"


@pytest.mark.parametrize(
    "text", ["Domain 1: A service for all", "1 A service for all", "D2: 1A", "A: other words", "1 to A"]
)
def test_more_that_is_no_outcome(text):
    assert Codes(EDS).named(text) is None
