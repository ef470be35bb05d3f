"""Tables in words that no reader could know: what is asked, and what a person's answers make of them."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.reading.problems import ImportProblem
from reports.reading.template.meanings import Meanings
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

OWN_HEAD = ("Standard", "What we found", "Our view", "Who leads")
ALL_2 = dict.fromkeys(CODES[1], 2)


def own_words(*, head=OWN_HEAD, view="Good"):
    document = report()
    rows = [(statement(code), f"For {code}.", view, "Jo") for code in CODES[1]]
    table(document, [head, *rows] if head else rows)
    return document


def understood(document, **given):
    found = read(document, lenient=True, **given)
    (case_study,) = found.content.case_studies
    return found, scores(case_study), bodies(case_study), case_study.owners


def test_a_column_in_other_words_is_kept_and_asked_about():
    found, rated, texts, _ = understood(own_words())
    assert (rated, texts["1A"]) == ({}, "For 1A.\n\nOur view:\n\nGood")
    asked = {one.name: (one.role, one.is_sure, one.samples) for one in found.questions.columns.values()}
    assert asked["Our view"] == ("", False, ("Good",))
    assert asked["What we found"][:2] == ("evidence", True)
    assert asked["Who leads"][:2] == ("owner", True)


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        (OWN_HEAD, {"our view": "rating", "who leads": "owner"}),
        (
            None,
            {"column 2 of 4": "evidence", "column 3 of 4": "rating", "column 4 of 4": "owner"},
        ),
        (
            (*OWN_HEAD[:2], "", ""),
            {"column 3 of 4": "rating", "column 4 of 4": "owner", "what we found": "evidence"},
        ),
    ],
)
def test_what_a_person_says_of_columns_and_ratings_is_read(head, columns):
    meanings = Meanings(columns=columns, ratings={"good": "2"})
    found, rated, texts, owners = understood(own_words(head=head), meanings=meanings)
    assert (rated, texts) == (ALL_2, {code: f"For {code}." for code in CODES[1]})
    assert owners == dict.fromkeys(CODES[1], "Jo")
    assert found.skipped == ()


def test_words_in_the_rating_column_are_asked_about_and_may_mean_not_scored():
    document = own_words(head=("Outcome", "Evidence", "Rating", "Lead"), view="Not yet clear")
    found, rated, _, _ = understood(document)
    assert rated == {}
    assert [one.text for one in found.questions.ratings.values()] == ["Not yet clear"]
    meanings = Meanings(ratings={"not yet clear": "not scored"})
    assert understood(document, meanings=meanings)[1] == dict.fromkeys(CODES[1])


PARAPHRASES = ("Access to the service", "Health needs are met", "Free from harm", "Positive experience")


def test_outcome_areas_without_codes_are_found_by_their_words_and_named():
    document = report()
    rows = [(words, f"For {words}.", rating) for words, rating in zip(PARAPHRASES, "2122", strict=True)]
    table(document, [("Outcome", "Evidence", "Rating"), *rows])
    found, rated, texts, _ = understood(document)
    assert rated == {"1A": 2, "1B": 1, "1C": 2, "1D": 2}
    assert texts["1C"] == "For Free from harm."
    assert [one.meaning for one in found.questions.outcomes.values()] == list(CODES[1])
    assert len([line for line in found.skipped if "in other words" in line.why]) == 4


def test_outcome_areas_that_cannot_be_guessed_are_asked_about():
    document = report()
    table(
        document,
        [("Area", "Evidence", "Rating"), ("Getting in", "Ramps.", "2"), ("Kindness", "Smiles.", "1")],
    )
    found = read(document, lenient=True)
    assert [one.text for one in found.questions.outcomes.values()] == ["Getting in", "Kindness"]
    assert found.content.case_studies == ()
    meanings = Meanings(outcomes={"getting in": "1A", "kindness": "1D"})
    assert understood(document, meanings=meanings)[1:3] == (
        {"1A": 2, "1D": 1},
        {"1A": "Ramps.", "1D": "Smiles."},
    )


def test_what_is_wrong_stands_beside_what_was_understood():
    document = report()
    for title in ("Maternity", "Dental"):
        document.add_heading(f"Case study 1: {title}", 1)
        document.add_paragraph("What we did.")
        document.add_paragraph("1A: two/3")
    with pytest.raises(ImportProblem):
        read(document)
    found = read(document, lenient=True)
    assert [(one.number, one.title) for one in found.content.case_studies] == [
        (1, "Maternity"),
        (2, "Dental"),
    ]
    assert [problem.found for problem in found.problems] == [
        "the score “two/3”",
        "case study 1 twice",
        "the score “two/3”",
    ]


def test_a_file_that_is_like_nothing_is_refused_all_the_same():
    document = report("Holidays")
    document.add_paragraph("We went to the sea.")
    table(document, [("Day", "Weather"), ("Monday", "Rain")])
    with pytest.raises(ImportProblem, match="no case study"):
        read(document, lenient=True)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Two", 2),
        ("Three - Excelling", 3),
        ("two out of three", 2),
        ("2*", 2),
        ("Achieving *", 2),
    ],
)
def test_figures_in_words(text, score):
    rated = understood(own_words(head=("Outcome", "Evidence", "Rating", "Lead"), view=text))[1]
    assert rated == dict.fromkeys(CODES[1], score)


@pytest.mark.parametrize(
    "text", ["2 – Achieving activity: most people can get in", "Achieving. Most people can"]
)
def test_a_reason_behind_the_rating_is_its_reason(text):
    document = own_words(head=("Outcome", "Evidence", "Rating", "Lead"), view=text)
    found = read(document)
    (case_study,) = found.content.case_studies
    assert scores(case_study) == ALL_2
    assert case_study.scores["1A"].rationale.casefold().startswith("most people can")


@pytest.mark.parametrize("text", ["2 – Developing activity", "2 or 3", "two - developing"])
def test_a_contradiction_is_not_a_reason(text):
    found, rated, _, _ = understood(own_words(head=("Outcome", "Evidence", "Rating", "Lead"), view=text))
    assert rated == {}
    assert left_out(found)[text] == "not a rating of 1D that we understand"


@pytest.mark.parametrize(
    ("fills", "rated"),
    [
        (("FF0000", "FFC000", "00B050", "7030A0"), [0, 1, 2, 3]),
        (("C00000", "FFFF00", "92D050", "B070D0"), [0, 1, 2, 3]),
        (("FFFFFF", "D9D9D9", "auto", "00B0F0"), []),
    ],
)
def test_ratings_shown_by_colour_alone(fills, rated):
    document = report()
    rows = [(statement(code), f"For {code}.", "") for code in CODES[1]]
    made = table(document, [("Outcome", "Evidence", "Rating"), *rows])
    for row, fill in enumerate(fills, start=1):
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'
        made.cell(row, 2)._tc.get_or_add_tcPr().append(parse_xml(shade))
    found, by_code, _, _ = understood(document)
    assert list(by_code.values()) == rated
    assert len(found.skipped) == len(rated)


def test_a_total_in_a_column_of_its_own():
    document = report()
    head = ("Outcome", "Evidence", "Rating", "Total score")
    rows = [(statement(code), f"For {code}.", "2", "8" if code == "1A" else "") for code in CODES[1]]
    table(document, [head, *rows], down=[(1, 4, 3)])
    (case_study,) = read(document).content.case_studies
    assert (scores(case_study), case_study.stated_total) == (ALL_2, 8)
    assert bodies(case_study)["1A"] == "For 1A."


def test_only_one_domain_is_a_report():
    document = report()
    document.add_heading("Domain 3: Inclusive leadership", 1)
    domain_table(document, "212", domain=3)
    assert [one.domain for one in read(document, lenient=True).content.case_studies] == [3]
