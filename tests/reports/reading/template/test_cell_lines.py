"""Ratings and owners that stand in another cell than their column's: in the outcome's, the evidence's, a row below."""

import pytest
from docx.shared import RGBColor

from eds.content import ThirdParties
from tests.reports.reading.template.template_files import (
    CODES,
    bodies,
    domain_table,
    left_out,
    read,
    report,
    scores,
    statement,
    table,
)

MATERNITY = "Domain 1: Commissioned or provided services – Maternity"
TWOS = dict.fromkeys(CODES[1], 2)
LEADS = {code: f"Lead of {code}" for code in CODES[1]}
TEXTS = {code: f"For {code}." for code in CODES[1]}


def one(*rows):
    document = report()
    document.add_heading(MATERNITY, 1)
    table(document, rows)
    found = read(document)
    (case_study,) = found.content.case_studies
    return case_study, found


@pytest.mark.parametrize(
    ("head", "rating"),
    [
        ("Outcome", " (Achieving – 2)"),
        ("Outcome", " – Score: 2"),
        ("Outcome", "\n2 – Achieving activity"),
        ("Outcome", "\n2"),
        ("Outcome and rating", "\nRating: 2"),
        ("Outcome/Score", "\nAchieving"),
    ],
)
def test_a_rating_in_the_cell_of_the_outcome(head, rating):
    rows = [(statement(code) + rating, TEXTS[code], LEADS[code]) for code in CODES[1]]
    case_study, found = one((head, "Evidence", "Owner"), *rows)
    assert (scores(case_study), case_study.owners, bodies(case_study)) == (TWOS, LEADS, TEXTS)
    assert found.skipped == ()


@pytest.mark.parametrize("owner", ["Owner: {}", "Lead – {}", "Owner (Dept/Lead): {}"])
@pytest.mark.parametrize("rating", ["Rating: 2", "2 – Achieving activity"])
def test_a_rating_and_an_owner_in_the_cell_of_the_evidence(owner, rating):
    rows = [(statement(code), f"{TEXTS[code]}\n{rating}\n{owner.format(LEADS[code])}") for code in CODES[1]]
    case_study, _ = one(("Outcome", "Evidence"), *rows)
    assert (scores(case_study), case_study.owners, bodies(case_study)) == (TWOS, LEADS, TEXTS)


@pytest.mark.parametrize("has_columns", [True, False])
def test_a_line_is_text_where_the_table_has_a_column_for_it(has_columns):
    head = ("Outcome", "Evidence", "Rating", "Owner") if has_columns else ("Outcome", "Evidence")
    more = ("1", "Ann") if has_columns else ()
    case_study, _ = one(head, *((statement(code), "Owner: Jo\nRating: 2", *more) for code in CODES[1]))
    told = ({1}, {"Ann"}, "Owner: Jo\n\nRating: 2") if has_columns else ({2}, {"Jo"}, "")
    assert (set(scores(case_study).values()), set(case_study.owners.values())) == told[:2]
    assert bodies(case_study).get("1A", "") == told[2]


@pytest.mark.parametrize("label", ["Owner (Dept/Lead):", "Lead", "Owner"])
def test_an_owner_on_a_row_below_its_outcome(label):
    rows = [
        row for code in CODES[1] for row in ((statement(code), TEXTS[code], "2"), (label, LEADS[code], ""))
    ]
    case_study, _ = one(("Outcome", "Evidence", "Rating"), *rows)
    assert (scores(case_study), case_study.owners, bodies(case_study)) == (TWOS, LEADS, TEXTS)


def test_a_question_as_the_name_of_the_ratings():
    rows = [(statement(code), TEXTS[code], "2") for code in CODES[1]]
    case_study, _ = one(("EDS outcome", "How do we know?", "How did we do?"), *rows)
    assert (scores(case_study), bodies(case_study)) == (TWOS, TEXTS)


def graded(document, bold: str):
    """A table whose cells of ratings list all grades, one of them in bold letters."""
    made = table(document, [("Outcome", "Rating"), *((statement(code), "") for code in CODES[1])])
    for row in range(1, 5):
        for name in ("Undeveloped", "Developing", "Achieving", "Excelling"):
            run = made.cell(row, 1).paragraphs[0].add_run(f"{name} ")
            run.bold, run.font.color.rgb = name in bold, RGBColor(0, 0, 0)


@pytest.mark.parametrize(("bold", "expected"), [("Achieving", TWOS), ("", {}), ("Developing Achieving", {})])
def test_the_grade_in_bold_letters_of_a_list_of_grades(bold, expected):
    document = report()
    document.add_heading(MATERNITY, 1)
    graded(document, bold)
    found = read(document)
    assert scores(found.content.case_studies[0]) == expected
    why = (
        "the grade in bold letters is read as the rating of 1D"
        if expected
        else "not a rating of 1D that we understand"
    )
    assert left_out(found)["Undeveloped Developing Achieving Excelling"] == why


def test_one_text_over_several_outcome_areas_is_named():
    document = report()
    document.add_heading(MATERNITY, 1)
    rows = [(statement(code), "For all." if code == "1A" else "", "2") for code in CODES[1]]
    table(document, [("Outcome", "Evidence", "Rating"), *rows], down=[(1, 4, 1)])
    found = read(document)
    assert bodies(found.content.case_studies[0]) == {"1A": "For all."}
    named = [line.why for line in found.skipped if line.text == "For all." and line.is_assumed]
    assert named == [
        f"one text for several outcome areas; it is not repeated for {code}" for code in CODES[1][1:]
    ]


@pytest.mark.parametrize(
    ("text", "style", "names"),
    [
        ("Asha Rao; Bob Oak", None, ("Asha Rao", "Bob Oak")),
        ("Asha Rao\nBob Oak (RCN; retired)", None, ("Asha Rao", "Bob Oak (RCN; retired)")),
        ("Asha Rao; UNISON", "List Bullet", ("Asha Rao; UNISON",)),
    ],
)
def test_names_end_at_a_semicolon_unless_each_is_a_point(text, style, names):
    document = report()
    document.add_heading("Domain 3: Inclusive leadership", 1)
    domain_table(document, "222", domain=3)
    made = table(document, [("Trade Union Rep(s):", "Independent Evaluator(s)/Peer Reviewer(s):"), ("", "")])
    for line in text.split("\n"):
        made.cell(1, 0).add_paragraph(line, style=style)
    assert read(document).content.third_parties == ThirdParties(trade_union_reps=names)


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060"])
def test_signs_that_nobody_sees_hide_nothing(sign):
    rows = [
        (f"{code[0]}{sign}{statement(code)[1:]}", TEXTS[code], f"2{sign} – Achieving") for code in CODES[1]
    ]
    case_study, _ = one((f"Out{sign}come", "Evidence", f"Rating{sign}"), *rows)
    assert (scores(case_study), bodies(case_study)) == (TWOS, TEXTS)
