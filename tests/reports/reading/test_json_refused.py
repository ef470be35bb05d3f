"""eds-report/1: whatever is wrong is refused, all at once, each with its place and what was expected."""

import json
import re

import pytest

from eds.content import Judgement
from eds.editions import load
from reports.reading.problems import ImportProblem
from reports.writing.data.json_report import from_json
from tests.reports.reading.json_example import example, problems, read

CHOICE = {"domain": 1, "case_study": 1, "chosen_by": "Ada Lee", "reason": "it is the largest"}
APPROVAL = {"approved_by": "Ada Lee", "committee": "The board", "date": "2025-02-01"}
PREVIOUS = {"year": "2023", "framework": "EDS 2022"}
SCORE = "expected a whole number from 0 to 3, or null where there is no score"
DAY = "expected a date like 2025-02-28"
MONTH = f"{DAY}, or a month like 2025-02"
POINTS = "expected a number of points, like 5 or 2.5"
ADDRESS = "expected an address that starts with https://"
CODES = "expected one of: 1A, 1B, 1C, 1D"
ALL_CODES = f"{CODES}, 2A, 2B, 2C, 2D, 3A, 3B, 3C"
STATUSES = "expected one of: not_started, on_track, delayed, complete, dropped, open"
HEADER = (
    "expected one of: authorised_on, board_sponsor, completed_on, eds_lead, engagement_dates, level, "
    "partners, published, revision_date"
)
REPORT = (
    "expected one of: approval, case_studies, checks, choices, contact, format, framework, groups, header, interests, "
    "organisation, panel, panel_scores, panel_work, previous_actions, previous_results, recommendations, results, "
    "stated, summary, third_parties, title, year"
)


# Scores


@pytest.mark.parametrize(("given", "score"), [(0, 0), (3, 3), (None, None), (2.5, 2.5), (0.5, 0.5), (2.0, 2)])
def test_a_score_on_the_scale_is_read(given, score):
    values = example()
    values["case_studies"][0]["scores"]["1A"]["score"] = given
    found = read(values).case_studies[0].scores["1A"].score
    assert (found, type(found)) == (score, type(score))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (4, "4"),
        (-1, "-1"),
        (2.25, "2.25"),
        (3.5, "3.5"),
        (True, "true"),
        (False, "false"),
        ("2", "“2”"),
        ("abstained", "“abstained”"),
        ("na", "“na”"),
        ([], "a list"),
        ({}, "an object"),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (10**400, "1000000000000000000000000000000000000000"),
    ],
)
def test_a_score_off_the_scale_is_refused(given, found):
    values = example()
    values["case_studies"][0]["scores"]["1A"]["score"] = given
    assert problems(values) == [f"case_studies[0].scores.1A.score: {found}; {SCORE}"]


def eds2(judgement):
    study = {"number": 1, "domain": 1, "title": "Goal 1", "scores": {"1.2": judgement}}
    return example() | {"framework": "EDS2", "case_studies": [study], "recommendations": []}


def test_not_applicable_needs_an_edition_that_allows_it_and_a_reason():
    study = read(eds2({"score": "na", "rationale": "We have no such service."})).case_studies[0]
    assert study.scores == {"1.2": Judgement(not_applicable=True, rationale="We have no such service.")}
    for rationale in (None, "", "  "):
        (problem,) = problems(eds2({"score": "na", "rationale": rationale}))
        assert problem.startswith("case_studies[0].scores.1.2.rationale: nothing; expected the reason")


def test_a_grade_without_points_is_whole():
    (problem,) = problems(eds2({"score": 2.5}))
    assert problem == f'case_studies[0].scores.1.2.score: 2.5; {SCORE}, or "na" with a rationale'


# Everything else


def spoiled(place, value):
    """The example with the value at one place changed, or its key taken away."""
    values = example()
    *steps, last = [int(step) if step.isdigit() else step for step in re.findall(r"\w+", place)]
    at = values
    for step in steps:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return values


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("format", ..., ": null; expected one of: eds-report/1, eds-report/2"),
        ("format", "eds-report/3", ": “eds-report/3”; expected one of: eds-report/1, eds-report/2"),
        ("framework", "EDS 2099", ": “EDS 2099”; expected a framework that is set up here"),
        ("framework", ..., ": nothing; expected text"),
        ("organisation", ..., ".name: nothing; expected a name"),
        ("organisation", "NHS", ": “NHS”; expected an object"),
        ("organisation.name", " ", ": “ ”; expected a name"),
        ("organisation.name", 7, ": 7; expected text"),
        ("organisation.kind", "club", ": “club”; expected one of: icb, trust, other"),
        ("organisation.ods_code", "Q" * 11, ": 11 characters; expected at most 10"),
        ("year", 2024, ": 2024; expected text"),
        ("year", "24", ": “24”; expected a year like 2024 or 2024-25"),
        ("year", "２０２４", ": “２０２４”; expected a year like 2024 or 2024-25"),
        ("title", "T" * 201, ": 201 characters; expected at most 200"),
        ("title", "a\x00b", ": a null character; expected text without it"),
        ("title", "\ud800", ": half of a surrogate pair; expected text without it"),
        ("header.level", "all", ": “all”; expected one of: individual, partnership, ics"),
        ("header.partners", "One", ": “One”; expected a list"),
        ("header.partners", [1], "[0]: 1; expected text"),
        ("header.partners", [""], "[0]: nothing; expected text"),
        ("header.engagement_dates", ["2024-06-31"], f"[0]: “2024-06-31”; {MONTH}"),
        ("header.completed_on", "20240601", f": “20240601”; {DAY}"),
        ("header.completed_on", "2024-06", f": “2024-06”; {DAY}"),
        ("header.published", "2024-13", f": “2024-13”; {MONTH}"),
        ("header.author", "Me", f": an unknown key; {HEADER}"),
        ("panel[0].chair", 1, ": 1; expected true or false"),
        ("panel[0].domains", [4], "[0]: 4; expected one of: 1, 2, 3"),
        ("panel[0].domains", [1, 1], "[1]: 1 a second time; expected each once"),
        ("panel[0].domains", [True], "[0]: true; expected one of: 1, 2, 3"),
        ("panel[0]", None, ".name: nothing; expected text"),
        ("case_studies[0].domain", 4, ": 4; expected one of: 1, 2, 3"),
        ("case_studies[0].title", ..., ": nothing; expected text"),
        ("case_studies[0].scores.1E", {"score": 1}, f": an unknown key; {CODES}"),
        ("case_studies[0].scores.2A", {"score": 1}, f": an unknown key; {CODES}"),
        ("case_studies[0].scores.1A", 2, ": 2; expected an object"),
        ("case_studies[0].scores.1E", None, f": an unknown key; {CODES}"),
        ("case_studies[0].scores.1E", {"score": 9, "x": 1}, f": an unknown key; {CODES}"),
        ("case_studies[0].self_assessment.1A", 2, ": 2; expected an object"),
        (
            "case_studies[0].self_assessment.1A.not_applicable",
            True,
            ": an unknown key; expected one of: rationale, score",
        ),
        ("edition", {}, f": an unknown key; {REPORT}"),
        ("header", "", ": “”; expected an object"),
        ("case_studies[0].scores.1A.reason", "x", ": an unknown key; expected one of: rationale, score"),
        ("case_studies[0].owners.1A", 3, ": 3; expected text"),
        ("case_studies[0].owners.1F", "Me", f": an unknown key; {CODES}"),
        ("case_studies[0].stated_total", "5/12", f": “5/12”; {POINTS}"),
        ("case_studies[0].stated_total", True, f": true; {POINTS}"),
        ("case_studies[0].stated_total", 5.25, f": 5.25; {POINTS}"),
        ("case_studies[0].stated_total", float("nan"), f": NaN; {POINTS}"),
        ("case_studies[0].title", " ", ": “ ”; expected text"),
        ("case_studies[0].sections[0].outcome", "2A", f": “2A”; {CODES}"),
        ("case_studies[0].sections[0].heading", None, ": nothing; expected text"),
        ("case_studies[0].evidence[0].kind", ..., ": null; expected one of: file, link, quote"),
        ("case_studies[0].evidence[0].url", "javascript:alert(1)", f": “javascript:alert(1)”; {ADDRESS}"),
        ("case_studies[0].evidence[0].outcomes", ["3A"], f"[0]: “3A”; {CODES}"),
        ("recommendations[0].actions[0].action", "", ": nothing; expected text"),
        ("recommendations[0].actions[0].outcomes", ["9Z"], f"[0]: “9Z”; {ALL_CODES}"),
        ("recommendations[0].actions[0].case_studies", [2], "[0]: 2; expected one of: 1"),
        ("recommendations[0].actions[0].due", "March", f": “March”; {MONTH}"),
        ("recommendations[0].actions[0].status", "late", f": “late”; {STATUSES}"),
        ("stated.domains", {"4": 1}, ".4: an unknown key; expected one of: 1, 2, 3"),
        ("stated.overall", -1, f": -1; {POINTS}"),
        ("extra", None, f": an unknown key; {REPORT}"),
        ("choices", [CHOICE | {"case_study": 2}], "[0].case_study: 2; expected one of: 1"),
        ("approval", APPROVAL | {"date": "2025-02"}, f".date: “2025-02”; {DAY}"),
        ("approval", APPROVAL | {"committee": ""}, ".committee: nothing; expected text"),
        ("panel_scores", {"agreement": "0.83"}, ".agreement: “0.83”; expected one of: high, fair, low"),
        (
            "panel_scores",
            {"spreads": [{"case_study": 2, "members": 6}]},
            ".spreads[0].case_study: 2; expected one of: 1",
        ),
        (
            "panel_scores",
            {"spreads": [{"case_study": 1, "members": 6, "apart": {"1A": 0}}]},
            ".spreads[0].apart.1A: 0; expected one of: 1, 2, 3",
        ),
        (
            "panel_scores",
            {"spreads": [{"case_study": 1, "members": 6, "apart": {"2A": 1}}]},
            f".spreads[0].apart.2A: an unknown key; {CODES}",
        ),
        ("previous_results", PREVIOUS | {"scores": {"4A": 1}}, f".scores.4A: an unknown key; {ALL_CODES}"),
        (
            "previous_results",
            PREVIOUS | {"year": "last"},
            ".year: “last”; expected a year like 2024 or 2024-25",
        ),
        (
            "previous_results",
            PREVIOUS | {"framework": "EDS2", "scores": {"1A": 1}},
            ".scores.1A: an unknown key; expected one of: nothing here",
        ),
    ],
)
def test_one_wrong_value_is_one_problem_with_its_place(place, value, message):
    assert problems(spoiled(place, value)) == [f"{place}{message}"]


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("case_studies", {}, ": an object; expected a list"),
        ("case_studies[0]", [], ": a list; expected an object"),
        ("case_studies[0].number", 0, ": 0; expected a whole number from 1 to 9999"),
        ("case_studies[0].number", True, ": true; expected a whole number from 1 to 9999"),
    ],
)
def test_what_refers_to_a_case_study_that_cannot_be_read_is_told_too(place, value, message):
    reference = "recommendations[0].actions[0].case_studies[0]: 1; expected one of: nothing here"
    assert problems(spoiled(place, value)) == [f"{place}{message}", reference]


def test_all_problems_are_told_at_once():
    values = example()
    values["case_studies"][0]["scores"] |= {"1E": {"score": 1}, "1A": {"score": 7}}
    values["year"] = None
    values["case_studies"].append({"number": 1, "domain": 1})
    assert [problem.split(":")[0] for problem in problems(values)] == [
        "year",
        "case_studies[0].scores.1A.score",
        "case_studies[0].scores.1E",
        "case_studies[1].number",
        "case_studies[1].title",
    ]


def test_two_case_studies_with_one_number_are_refused():
    values = example()
    values["case_studies"] *= 2
    assert problems(values) == ["case_studies[1].number: 1, as in case_studies[0]; expected each once"]


def test_a_choice_is_of_a_case_study_of_its_domain():
    values = example() | {"choices": [CHOICE | {"case_study": 2}]}
    values["case_studies"].append({"number": 2, "domain": 2, "title": "Our staff"})
    assert problems(values) == ["choices[0].case_study: 2; expected one of: 1"]


def test_two_choices_for_one_domain_are_refused():
    assert problems(example() | {"choices": [CHOICE, CHOICE]}) == [
        "choices[1].domain: 1, as in choices[0]; expected each once"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file is empty; expected a report"),
        (b" \n ", "the file is empty; expected a report"),
        ("[]", "a list; expected one JSON object"),
        ('{"format": }', "line 1, “{\"format\": }”: not JSON (Expecting value, column 12); expected JSON"),
        ('{\n"year": 2024,,\n}', "line 2, “\"year\": 2024,,”: not JSON"),
        ("[" * 100_000, "a number too long, or lists too deep, to read"),
        ('{"year": ' + "9" * 5_000 + "}", "a number too long, or lists too deep, to read"),
        (b'{"title":\n"caf\xe9"}', "line 2, “\"caf�\"}”: a byte that is not UTF-8 text (0xe9)"),
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused(text, expected):
    with pytest.raises(ImportProblem) as caught:
        from_json(text, load)
    assert str(caught.value).startswith(expected)


def test_a_key_that_stands_twice_is_refused():
    text = json.dumps(example()).replace('"score": 2', '"score": 1, "score": 2')
    with pytest.raises(ImportProblem) as caught:
        from_json(text, load)
    assert str(caught.value) == "case_studies[0].scores.1A.score: the same key twice; expected it once"


def test_a_part_that_is_not_read_stands_once_too():
    text = json.dumps(example() | {"results": {}}).replace('"results": {}', '"results": {}, "results": 1')
    with pytest.raises(ImportProblem) as caught:
        from_json(text, load)
    assert str(caught.value) == "results: the same key twice; expected it once"


def test_half_of_a_surrogate_pair_in_a_key_is_an_unknown_key():
    assert problems(spoiled("header", {"\ud800": 1})) == [f"header.?: an unknown key; {HEADER}"]


def test_bytes_with_a_byte_order_mark_are_read():
    assert from_json(b"\xef\xbb\xbf" + json.dumps(example()).encode(), load) == read(example())
