"""Plain text as Word and others save a report made from NHS England's template: its letters, tables and labels."""

import pytest

from reports.reading.problems import ImportProblem
from reports.reading.prose.text import from_text
from tests.reports.reading.template.template_files import (
    CODES,
    EDS,
    EDS2,
    bodies,
    left_out,
    scores,
    statement,
)

HEAD = ("Outcome", "Evidence", "Rating", "Owner (Dept/Lead)")
ROWS = [(statement(code), f"For {code}.", "2 - Achieving", f"Lead of {code}") for code in CODES[1]]
MATERNITY = "Domain 1: Commissioned or provided services – Maternity"


def read(text, **given):
    return from_text(text, EDS, organisation="NHS Westmoor", year="2024", others=(EDS2,), **given)


def tabs(row):
    return "\t".join(row)


def bars(row):
    return f"| {' | '.join(row)} |"


def lines_of(row):
    return "\n".join([row[0], f"Evidence: {row[1]}", f"Rating: {row[2]}", f"Owner: {row[3]}"])


@pytest.mark.parametrize(
    "rows",
    [
        [tabs(HEAD), *map(tabs, ROWS)],
        [tabs(("Domain", *HEAD)), *(tabs(("", *row)) for row in ROWS)],  # a merged cell is an empty one
        [bars(HEAD), "|---|---|---|---|", *map(bars, ROWS)],
        [lines_of(row) for row in ROWS],
    ],
)
def test_the_table_of_a_domain(rows):
    found = read("\n".join(["EDS report 2024", MATERNITY, *rows]))
    (case_study,) = found.content.case_studies
    assert (case_study.title, scores(case_study)) == ("Maternity", dict.fromkeys(CODES[1], 2))
    assert bodies(case_study) == {code: f"For {code}." for code in CODES[1]}
    assert case_study.owners == {code: f"Lead of {code}" for code in CODES[1]}
    assert found.skipped == ()


def test_a_line_of_a_table_can_be_corrected():
    row = tabs((ROWS[0][0], "For 1A.", "Good", "Jo"))
    text = "\n".join(["EDS report 2024", MATERNITY, tabs(HEAD), row, *map(tabs, ROWS[1:])])
    assert left_out(read(text))["Good"] == "not a rating of 1A that we understand"
    mended = read(text, mended={(4, row): row.replace("Good", "3")})
    assert scores(mended.content.case_studies[0])["1A"] == 3


def test_outcome_areas_of_eds2_with_a_space_after_their_codes():
    outcomes = EDS2.domains[0].outcomes
    told = [f"{one.code} {one.statement}\nGrade: Developing\nEvidence: For {one.code}." for one in outcomes]
    found = read("\n".join(["EDS2 report 2016", "Goal 1: Better health outcomes", *told]))
    (case_study,) = found.content.case_studies
    assert (found.content.edition.name, set(scores(case_study).values())) == ("EDS2", {1})
    assert bodies(case_study) == {one.code: f"For {one.code}." for one in outcomes}


def test_not_applicable_and_third_parties_on_lines():
    scored = "3A: 2/3\n3B: N/A\n3C: 1/3"
    found = read(f"EDS 2024\nDomain 3: Inclusive leadership\n{scored}\nTrade Union Rep(s): Asha Rao")
    assert scores(found.content.case_studies[0]) == {"3A": 2, "3B": None, "3C": 1}
    assert found.content.third_parties.trade_union_reps == ("Asha Rao",)
    assert left_out(found)["3B: N/A"] == "EDS 2022 has no “not applicable”; 3B is read as not scored"


CAFE = "EDS report 2024\nCase study 1: Café – Vale\n1A: 2/3\n"


@pytest.mark.parametrize(
    ("alphabet", "assumed"), [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 0), ("cp1252", 1)]
)
def test_the_alphabets_in_which_word_saves_text(alphabet, assumed):
    found = read(CAFE.encode(alphabet))
    assert found.content.case_studies[0].title == "Café – Vale"
    assert sum(line.is_assumed for line in found.skipped) == assumed


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"PK\x03\x04rest", "a Word file"), (b"%PDF-1.7\n", "a PDF"), (b"{\\rtf1", "a rich text file")],
)
def test_another_kind_of_file_is_named(data, kind):
    with pytest.raises(ImportProblem, match=f"the file is {kind}, whatever its name says"):
        read(data)
