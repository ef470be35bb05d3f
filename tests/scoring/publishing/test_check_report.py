"""The command check_report: from a file or from rows, read by a person or by a program, and nothing stored."""

import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from casestudies.models import Organisation, Review
from eds.content import Judgement
from eds.editions import edition_to_dict
from eds.normal_form import without_origin
from reports.writing.data.json_report import to_json
from scoring.importing.store import import_report
from scoring.models import Publication
from scoring.review.previous import previous_report
from tests.eds.checks.clean import CLEAN, with_part

pytestmark = pytest.mark.django_db

SHORT_TEXT = """Equality delivery System{year}
Case study 1: Health Hub
1a) By bus.
1b) By need.
1c) Safely.
1d) Well liked.
Panel Scoring
1A: Patients (service users) have required levels of access to the service: 2/3
1B: Individual patients (service users) health needs are met: 1/3
1C: When patients (service users) use the service, they are free from harm: 1/3
1D: Patients (service users) report positive experiences of the service: 1/3
Total: 6/12
"""


@pytest.fixture
def run(capsys):
    """Runs the command and gives what it printed."""

    def run(*arguments, **options):
        call_command("check_report", *map(str, arguments), **options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def file(tmp_path):
    def file(content, name="report.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else to_json(content), encoding="utf-8")
        return path

    return file


def test_a_clean_report_has_nothing_to_mend(run, file):
    assert run(file(CLEAN)) == "No problems found.\n"
    assert json.loads(run(file(CLEAN), json=True)) == {"checks": []}


def test_what_is_found_is_printed_for_a_person(run, file):
    wrong = with_part(1, content=replace(CLEAN, header=replace(CLEAN.header, eds_lead=None)), stated_total=6)

    assert run(file(wrong)) == (
        "Error: Case study 1, Women’s Health Hub (WHH): the source states a total of 6, but the scores add up to 5/12. "
        "Check each score against the source. [total-mismatch]\n"
        "Warning: The header field “EDS lead” is empty. Fill it in. [header-incomplete]\n"
        "1 error, 1 warning.\n"
    )


def test_what_is_found_is_printed_for_a_program(run, file):
    wrong = with_part(2, scores={**CLEAN.case_studies[1].scores, "1A": Judgement()})

    assert json.loads(run(file(wrong), "--json")) == {
        "checks": [
            {
                "code": "outcome-not-scored",
                "severity": "error",
                "case_study": 2,
                "outcome": "1A",
                "message": "Case study 2, Dementia Vision, has no agreed score for 1A. Record the panel’s score.",
            }
        ]
    }


def test_a_file_is_not_stored(run, file):
    run(file(CLEAN))

    assert (Review.objects.count(), Organisation.objects.count()) == (0, 0)


def test_rows_are_checked_as_a_file_is(run, file):
    wrong = with_part(1, stated_total=6)
    import_report(report=wrong)

    from_rows = run(organisation="nhs-westmoor", year="2024", json=True)

    assert json.loads(from_rows)["checks"][0]["code"] == "total-mismatch"
    assert from_rows == run(file(wrong), json=True)


@pytest.mark.parametrize("year", [" 2024", ""])
def test_a_text_that_does_not_say_whose_it_is_is_checked_all_the_same(run, file, year):
    path = file(SHORT_TEXT.format(year=year), "report.txt")

    found = json.loads(run(path, json=True))["checks"]

    assert found[0]["code"] == "total-mismatch"
    assert "The header field “Name of organisation” is empty. Fill it in." in [
        one["message"] for one in found
    ]
    named = json.loads(run(path, organisation="NHS Westmoor", json=True))["checks"]
    assert [one for one in found if one not in named] == [
        one for one in found if "Name of organisation" in one["message"]
    ]


def test_the_real_report_alone(run, seed_report_path):
    found = json.loads(run(seed_report_path, json=True))["checks"]

    assert {one["code"] for one in found} == {
        *("commentary-repeated", "outcome-without-evidence", "high-score-without-evidence"),
        *("action-without-owner", "action-without-date", "header-incomplete"),
    }
    assert run(seed_report_path).endswith("\n2 errors, 42 warnings.\n")


def test_the_texts_of_the_year_before_are_known(run, file):
    last = replace(CLEAN, year="2023")
    import_report(report=last)
    import_report(report=replace(with_part(1, content=CLEAN, commentary="It was new then."), year="2022"))

    codes = {one["code"] for one in json.loads(run(file(CLEAN), json=True))["checks"]}

    assert codes == {"copied-from-last-year"}
    assert without_origin(previous_report("nhs-westmoor", "2024")) == last
    assert previous_report("nhs-westmoor", "2022") is None
    assert previous_report("nhs-elsewhere", "2024") is None


def test_last_years_report_is_what_was_published_of_it(cast):
    own = replace(CLEAN, organisation=replace(CLEAN.organisation, ods_code=None))
    review, _ = import_report(report=with_part(1, content=own, commentary="Corrected since."))
    Publication.objects.create(
        review=review,
        number=1,
        content=to_json(own),
        edition=edition_to_dict(CLEAN.edition),
        sha256="0" * 64,
        published_by=cast.lead,
    )

    assert previous_report("nhs-westmoor", "2025") == own


def test_what_is_only_understood_in_part_is_checked_and_named(run, tmp_path, capsys):
    file = tmp_path / "report.txt"
    scores = "3A: two/3\n3B: N/A\n3C: 2/3"
    file.write_text(f"EDS\nDomain 3: Inclusive leadership\n{scores}\nEnd", encoding="utf-8")
    lines = run(file).splitlines()
    assert lines[:3] == [
        "Left out, line 2, the domain is part of EDS 2022: Domain 3: Inclusive leadership",
        "Assumed, line 4, EDS 2022 has no “not applicable”; 3B is read as not scored: 3B: N/A",
        "Not understood: line 3, “3A: two/3”: the score “two/3”; expected 0 to 3 out of 3, like 2/3",
    ]
    assert lines[-1].endswith("warnings.")
    call_command("check_report", str(file), json=True)
    told = capsys.readouterr()
    assert {one["code"] for one in json.loads(told.out)["checks"]} >= {"outcome-not-scored"}
    assert told.err.startswith("Not understood: line 3")


def test_what_can_not_be_checked_is_said(run, file, tmp_path):
    with pytest.raises(CommandError, match="Give a file, or --organisation and --year of a review"):
        run(organisation="nhs-westmoor")
    with pytest.raises(CommandError, match="There is no review of nhs-westmoor for 2024"):
        run(organisation="nhs-westmoor", year="2024")
    with pytest.raises(CommandError, match="can't be read"):
        run(tmp_path / "none.json")
    with pytest.raises(CommandError, match="not JSON"):
        run(file("{", "broken.json"), json=True)
