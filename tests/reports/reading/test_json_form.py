"""eds-report/1: a round trip loses nothing, and whatever is wrong is refused with its place."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given

from eds.content import Action, CaseStudy, Choice, Judgement, Organisation, ReportContent, Theme
from eds.editions import load
from reports.reading.problems import ImportProblem
from reports.writing.data.json_report import from_json, to_json
from tests.reports.reading.json_example import example, read
from tests.strategies import contents

EDS = load("EDS 2022")


# The way out and back


@given(contents())
def test_a_round_trip_loses_nothing(content):
    text = to_json(content)
    again = from_json(text, load)
    assert again == content
    assert to_json(again) == text


def test_every_field_of_the_example_is_read():
    content = read(example())
    study = content.case_studies[0]
    assert content.edition == EDS
    westmoor = Organisation(name="NHS Westmoor", ods_code="QZZ", kind="icb", ics="Westmoor")
    assert content.organisation == westmoor
    header = content.header
    assert (header.level, header.partners, header.published) == (
        "partnership",
        ("Westmoor Trust",),
        "2025-02",
    )
    assert study.scores["1A"] == Judgement(score=2)
    assert study.self_assessment == {"1A": Judgement(score=3, rationale="We think so.")}
    assert (study.owners, study.stated_total, study.commentary) == ({"1A": "Access team"}, 5, "A good start.")
    assert (study.evidence[0].outcomes, study.evidence[0].groups) == (("1D",), ("sex",))
    assert content.panel[0].chair is True
    share = Action(
        action="Share it", outcomes=("1A",), case_studies=(1,), due="2025-03", status="not_started"
    )
    assert content.recommendations == (Theme(theme="Data", actions=(share,)),)
    assert content.stated.domains == {1: 5}


def test_an_export_has_the_results_and_an_import_ignores_them():
    content = read(example())
    values = json.loads(to_json(content))
    unscored = {"total": None, "case_study": None, "reason": "not scored: no case study"}
    why = "not rated: 1 of 3 domains scored"
    assert values["results"] == {
        "case_studies": [{"number": 1, "total": 5, "out_of": 12, "missing": []}],
        "domains": [
            {"number": 1, "total": 5, "out_of": 12, "case_study": 1, "reason": "the only case study"},
            {"number": 2, "out_of": 12} | unscored,
            {"number": 3, "out_of": 9} | unscored,
        ],
        "overall": {"total": None, "out_of": 33, "rating": None, "reason": why},
    }
    assert "checks" not in values
    values |= {"results": {"overall": {"total": 33}}, "checks": "anything"}
    assert read(values) == content


@dataclass
class Check:
    code: str = "outcome-not-scored"
    severity: str = "error"
    case_study: int | None = 3
    outcome: str | None = "1B"
    message: str = "Outcome 1B has no score."


def test_checks_are_written_for_those_who_may_see_them():
    found = json.loads(to_json(read(example()), checks=[Check()]))["checks"]
    assert found == [
        {
            "code": "outcome-not-scored",
            "severity": "error",
            "case_study": 3,
            "outcome": "1B",
            "message": "Outcome 1B has no score.",
        }
    ]
    assert json.loads(to_json(read(example()), checks=[]))["checks"] == []


def test_text_is_written_as_it_is_read():
    content = ReportContent(edition=EDS, organisation=Organisation(name="Women’s"), year="2024")
    assert "Women’s" in to_json(content)


def test_whole_numbers_are_written_as_such():
    study = CaseStudy(
        number=1, domain=1, title="A service", stated_total=5.0, scores={"1A": Judgement(score=2.0)}
    )
    body = Organisation(name="A body")
    text = to_json(ReportContent(edition=EDS, organisation=body, year="2024", case_studies=(study,)))
    assert '"stated_total": 5,' in text
    assert '"score": 2,' in text


def test_choices_are_written_only_where_somebody_chose():
    assert "choices" not in json.loads(to_json(read(example())))
    choice = Choice(domain=1, case_study=1, chosen_by="Ada Lee", reason="it is the largest")
    values = example() | {
        "choices": [{"domain": 1, "case_study": 1, "chosen_by": "Ada Lee", "reason": "it is the largest"}]
    }
    content = read(values)
    assert content.choices == (choice,)
    assert json.loads(to_json(content))["choices"] == values["choices"]


def test_the_smallest_report():
    smallest = {"format": "eds-report/1", "framework": "EDS 2022", "year": "2024"}
    smallest["organisation"] = {"name": "A body"}
    content = ReportContent(edition=EDS, organisation=Organisation(name="A body"), year="2024")
    assert read(smallest) == content
    keys = [key for key in example() if key not in smallest]
    assert read(smallest | dict.fromkeys([*keys, "choices"])) == content
    study = {"number": 1, "domain": 1, "title": "A service"}
    empty = dict.fromkeys([key for key in example()["case_studies"][0] if key not in study])
    expected = (CaseStudy(number=1, domain=1, title="A service"),)
    assert read(smallest | {"case_studies": [study]}).case_studies == expected
    assert read(smallest | {"case_studies": [study | empty]}).case_studies == expected


def test_editions_may_be_a_mapping():
    assert from_json(json.dumps(example()), {"EDS 2022": EDS}) == read(example())
    with pytest.raises(ImportProblem, match="framework: “EDS 2022”; expected Other"):
        from_json(json.dumps(example()), {"Other": EDS})
