"""EDS2 of 2013 through the rows: grades without points, goals, outcomes that are not applicable, goals left out."""

import json

import pytest
from django.core.management import CommandError, call_command

from casestudies.models import Framework, Review
from eds.editions import load
from reports.writing import html_report
from reports.writing.data.json_report import from_json
from scoring.models import AgreedScore
from scoring.review.content import report_content

EDS2 = load("EDS2")
pytestmark = pytest.mark.django_db


def goal(number, domain, title, grades):
    codes = EDS2.domain(domain).codes
    scores = {
        code: {"score": grade, "rationale": f"Reason for {code}"}
        for code, grade in zip(codes, grades, strict=True)
    }
    return {"number": number, "domain": domain, "title": title, "scores": scores}


def report():
    """A report on two of the four goals, with one outcome that is not applicable."""
    return {
        "format": "eds-report/1",
        "framework": "EDS2",
        "organisation": {"name": "NHS Ambleford CCG", "kind": "other"},
        "year": "2016",
        "case_studies": [
            goal(1, 1, "Services for all", [2, 0, "na", 1, 3]),
            goal(2, 4, "Our leaders", [3, 2, 1]),
        ],
        "panel": [{"name": "Bo Fry", "interest": "healthwatch", "domains": [1, 4], "chair": True}],
    }


def brought_in(tmp_path, values, **options):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    call_command("import_report", str(path), **options)


def exported(tmp_path, organisation):
    path = tmp_path / f"{organisation}.json"
    call_command("export_report", organisation=organisation, year="2016", format="json", output=path)
    return path.read_text(encoding="utf-8")


def test_it_ships_as_rows_that_say_what_the_file_says_and_no_new_review_uses_it():
    row = Framework.objects.whole().get(name="EDS2")
    assert row.as_edition() == EDS2
    assert row.status == "retired"
    assert Framework.objects.get(status="in_use").name == "EDS 2022"


def test_a_report_comes_back_equal_through_the_rows(tmp_path):
    brought_in(tmp_path, report())
    first = exported(tmp_path, "nhs-ambleford-ccg")
    brought_in(tmp_path, json.loads(first), organisation="NHS Elsewhere")
    second = json.loads(exported(tmp_path, "nhs-elsewhere"))
    assert second["case_studies"] == json.loads(first)["case_studies"]
    assert second | {"organisation": None} == json.loads(first) | {"organisation": None}
    assert second["results"]["case_studies"] == [
        {"number": 1, "total": None, "out_of": None, "missing": []},
        {"number": 2, "total": None, "out_of": None, "missing": []},
    ]
    assert [domain["reason"] for domain in second["results"]["domains"]] == [
        "graded: EDS2 has no points",
        "not graded: no case study",
        "not graded: no case study",
        "graded: EDS2 has no points",
    ]


def test_not_applicable_is_kept_with_its_reason_and_is_no_grade(tmp_path):
    brought_in(tmp_path, report())
    row = AgreedScore.objects.get(outcome_area__code="1.3")
    assert (row.value, row.not_applicable, row.rationale) == (None, True, "Reason for 1.3")
    page = html_report.body(report_content(Review.objects.get(year="2016")))
    assert "Not applicable" in page
    assert "Goal 1: Better health outcomes" in page
    assert "Domain" not in page


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"framework": "EDS 2022"}, "1.1"),  # its codes are others
        ({"case_studies": [goal(1, 1, "Services", [2.5, 0, 1, 1, 3])]}, "2.5"),
    ],
)
def test_what_the_edition_does_not_have_is_refused(tmp_path, change, found):
    with pytest.raises(CommandError, match=found):
        brought_in(tmp_path, report() | change)
    assert not Review.objects.exists()


def test_eds_2022_refuses_not_applicable(tmp_path):
    scores = {"1A": {"score": "na", "rationale": "None of it"}}
    values = report() | {"framework": "EDS 2022", "panel": []}
    values["case_studies"] = [{"number": 1, "domain": 1, "title": "Clinic", "scores": scores}]
    with pytest.raises(CommandError, match="na"):
        brought_in(tmp_path, values)


def test_an_edition_of_an_administrator_is_data_too(tmp_path):
    """A framework that no file ships is imported and exported under its own name."""
    row = Framework.objects.get(name="EDS2")
    row.name = "EDS2 as we use it"
    row.save()
    brought_in(tmp_path, report() | {"framework": "EDS2 as we use it"})
    told = from_json(exported(tmp_path, "nhs-ambleford-ccg"), lambda name: load("EDS2"))
    assert told.case_studies[0].scores["1.1"].score == 2
