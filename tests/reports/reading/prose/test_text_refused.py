"""Reports as text that can't be read: every problem names its line, what it says and what was expected."""

import pytest

from eds.editions import load
from reports.reading.problems import ImportProblem
from reports.reading.prose.text import from_text

EDS = load("EDS 2022")
REPORT = """Equality Delivery System 2023
Domain 1: Commissioned or provided services
1A: Patients (service users) have required levels of access to the service
Case study 1: Walk-in clinic
Background
We opened in May.
Panel Scoring
1A: Access: 2/3
1B: 1/3
Total: 3/12
Recommendations
Data
· Share it
"""
SCORE = "expected 0 to 3 out of 3, like 2/3"
CODES = "expected one of: 1A, 1B, 1C, 1D"
ALL_CODES = f"{CODES}, 2A, 2B, 2C, 2D, 3A, 3B, 3C"
TITLE = "expected a title of 1 to 200 characters, like “Case study 1: Dementia Vision”"
TOTAL = "expected a number out of 12, like 5/12"


def problems(text, **given):
    with pytest.raises(ImportProblem) as caught:
        from_text(text, EDS, **{"organisation": "NHS Westmoor", **given})
    return [str(problem) for problem in caught.value.problems]


def with_line(number, line):
    """The report with one line changed."""
    lines = REPORT.split("\n")
    lines[number - 1] = line
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("number", "line", "problem"),
    [
        (8, "1A: Access: 5/3", f"the score “5/3”; {SCORE}"),
        (8, "1A: Access: -1/3", f"the score “-1/3”; {SCORE}"),
        (8, "1A: Access: 2.25/3", f"the score “2.25/3”; {SCORE}"),
        (8, "1A: Access: 2.3/3", f"the score “2.3/3”; {SCORE}"),
        (8, "1A: Access: two/3", f"the score “two/3”; {SCORE}"),
        (8, "1A: Access: /3", f"the score “/3”; {SCORE}"),
        (8, "1A: Access: 2/4", f"the score “2/4”; {SCORE}"),
        (8, "1A: Access: ２/3", f"the score “２/3”; {SCORE}"),
        (8, "1A: Access: nan/3", f"the score “nan/3”; {SCORE}"),
        (8, "1A: Access", "no score; expected a score like 2/3"),
        (8, "1E: Access: 2/3", f"outcome 1E; {CODES}"),
        (8, "2A: Access: 2/3", f"outcome 2A; {CODES}"),
        (8, "9A: Access: 2/3", f"outcome 9A; {CODES}"),
        (8, "· 1A: Access: 5/3", f"the score “5/3”; {SCORE}"),
        (9, "1A: 1/3", "a second score for 1A; expected one"),
        (6, "1e) We opened in May.", f"outcome 1E; {CODES}"),
        (3, "1E: Patients like it", f"outcome 1E; {ALL_CODES}"),
        (3, "1A: Access: 2/3", "a score outside a case study; expected it below “Case study 1: …”"),
        (2, "Domain 7: Estates", "domain 7; expected one of: 1, 2, 3"),
        (10, "Total: five/12", f"the total “five/12”; {TOTAL}"),
        (10, "Total: -3/12", f"the total “-3/12”; {TOTAL}"),
        (10, "Total: 3/15", f"the total “3/15”; {TOTAL}"),
        (10, "Total: three of twelve", f"the total “three of twelve”; {TOTAL}"),
        (10, "Total:", f"the total “”; {TOTAL}"),
        (4, "Case study 0: Walk-in clinic", "case study 0; expected a number from 1 to 9999"),
        (4, "Case study 1:", f"a title of 0 characters; {TITLE}"),
        (6, "We opened\x00 in May.", "a null character; expected text without it"),
    ],
)
def test_a_wrong_line_is_named(number, line, problem):
    assert problems(with_line(number, line)) == [f"line {number}, “{line}”: {problem}"]


@pytest.mark.parametrize("number", [5, 6, 9])
def test_two_case_studies_with_one_number_are_refused(number):
    found = problems(with_line(number, "Case study 1: Night clinic"))
    assert [problem.split(": ", 2)[2] for problem in found] == [
        "case study 1 twice; expected each number once"
    ]


def test_two_case_studies_with_one_number_and_scores_are_refused():
    with_total = REPORT.replace("Walk-in clinic", "Walk-in clinic – 3/12")
    assert len(problems(with_total + with_total[with_total.index("Case study 1") :])) == 1
    assert problems(REPORT + REPORT[REPORT.index("Case study 1") :]) == [
        "line 14, “Case study 1: Walk-in clinic”: case study 1 twice; expected each number once"
    ]


def test_a_code_of_no_domain_is_text():
    content = from_text(with_line(6, "5G: now in every ward"), EDS, organisation="NHS Westmoor").content
    assert content.case_studies[0].sections[0].body == "5G: now in every ward"


def test_a_second_total_is_refused():
    assert problems(REPORT.replace("Total: 3/12", "Total: 3/12\nTotal: 4/12")) == [
        "line 11, “Total: 4/12”: a second total; expected one total for each case study"
    ]


def test_all_problems_are_told_in_order_of_their_lines():
    text = with_line(1, "Our report").replace("1B: 1/3", "1B: 7/3").replace("Domain 1", "Domain 9")
    assert [problem.split(",")[0].split(";")[0] for problem in problems(text, organisation=None)] == [
        *["no organisation", "no year", "line 2", "line 9"]
    ]


# The report as a whole


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the file is empty; expected a report"),
        (" \n\n", "the file is empty; expected a report"),
        (
            b"Equality\nDelivery\x81System",
            "line 2, “Delivery\ufffdSystem”: a byte that is not UTF-8 text (0x81); ",
        ),
        ("Equality Delivery System 2023\nHello\n", "no case study; expected a line like “Case study 1: "),
    ],
)
def test_what_is_no_report_is_refused(text, problem):
    (found,) = problems(text)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    "title", ["Equality Delivery System", "EDS 2022", "EDS 2022 in 2023 and 2024", "EDS in 1948"]
)
def test_a_title_without_one_year_needs_the_year(title):
    expected = "no year; expected one like 2024 or 2024-25, in the title or given beside the file"
    assert problems(with_line(1, title)) == [expected]
    assert from_text(with_line(1, title), EDS, organisation="A", year="2023").content.year == "2023"


@pytest.mark.parametrize("year", ["24", "2024/25", "next", "２０２４"])
def test_a_wrong_year_is_refused(year):
    (found,) = problems(REPORT, year=year)
    assert found.startswith(f"the year “{year}”; expected one like 2024 or 2024-25")


@pytest.mark.parametrize("organisation", [None, "", "  ", "…"])
def test_no_organisation_is_refused(organisation):
    (found,) = problems(REPORT, organisation=organisation)
    assert found.startswith("no organisation; expected a line “Organisation: …”")


def test_what_is_too_long_to_store_is_refused():
    assert problems(REPORT, organisation="N" * 201) == [
        "an organisation's name of 201 characters; expected at most 200"
    ]
    (found,) = problems(with_line(1, "EDS 2023 " + "x" * 200))
    assert found.endswith("a title of 209 characters; expected at most 200")


def test_two_organisations_are_refused():
    text = REPORT.replace("Domain 1:", "Organisation: A\nOrganisation: B\nDomain 1:")
    assert problems(text, organisation=None) == [
        "line 3, “Organisation: B”: a second organisation; expected one"
    ]


@pytest.mark.parametrize(
    "line", ["a" * 200_000, "- " * 100_000, "1A: " + "x:" * 100_000, "Case study 1: " + "–" * 99_999]
)
def test_a_very_long_line_is_read_at_once(line):
    content = from_text(with_line(6, line), EDS, organisation="NHS Westmoor").content
    assert sum(len(section.body) for section in content.case_studies[0].sections) > 90_000
