"""All checks together: the clean reports, the real one, every report there can be, and the list of checks."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from eds.checks import EXPLANATIONS, Finding, check
from eds.checks.finding import ERROR, WARNING
from eds.content import ReportContent
from eds.editions import load
from reports.reading.prose.text import from_text
from reports.writing.data.json_report import from_json
from tests.eds.checks.clean import CLEAN, EDS_2022, with_part
from tests.strategies import contents

pytestmark = pytest.mark.slow

DEMO = Path(__file__).resolve().parents[3] / "edsportal/demo/reports"


def test_a_clean_report_raises_nothing():
    assert check(CLEAN) == ()
    assert check(CLEAN, previous=CLEAN) != ()


@pytest.mark.parametrize("name", ["fenbridge-2023", "trust-2025"])
def test_the_demo_reports_that_are_complete_raise_nothing(name):
    assert check(from_json((DEMO / f"{name}.json").read_bytes(), load)) == ()


def test_a_demo_report_is_not_taken_for_last_years():
    this, last = (from_json((DEMO / f"fenbridge-{year}.json").read_bytes(), load) for year in (2024, 2023))

    assert "copied-from-last-year" not in [finding.code for finding in check(this, previous=last)]


def test_the_real_report_of_2024_raises_exactly_its_slips(seed_report_path):
    content = from_text(seed_report_path.read_bytes(), EDS_2022, organisation="NHS Shropshire").content

    found = check(content)

    assert [(one.code, one.case_study, one.outcome) for one in found] == [
        ("commentary-repeated", 3, None),
        *[("outcome-without-evidence", 1, code) for code in ("1A", "1B", "1C", "1D")],
        ("high-score-without-evidence", 1, "1A"),
        *[("action-without-owner", None, None)] * 14,
        *[("action-without-date", None, None)] * 14,
        *[("header-incomplete", None, None)] * 9,
    ]
    assert found[0].message == (
        "Case study 3, Severe Mental Illness (SMI), has the same commentary as case study 2, Dementia Vision. "
        "It mentions “Dementia Vision”. Enter what the panel said about each of them."
    )
    fields = [re.search("“(.+)”", one.message)[1] for one in found if one.code == "header-incomplete"]
    assert fields == [
        *["Board sponsor or lead", "Integrated care system", "EDS lead", "Level", "Engagement dates"],
        *["Date completed", "Month and year published", "Date authorised", "Revision date"],
    ]


def test_the_real_reports_own_slips_mended_raise_only_what_it_never_had(seed_report_path):
    content = from_text(seed_report_path.read_bytes(), EDS_2022, organisation="NHS Shropshire").content
    mended = with_part(
        3, content=content, commentary="The panel heard from people with severe mental illness."
    )

    assert "commentary-repeated" not in [finding.code for finding in check(mended)]
    spoiled = with_part(3, content=content, stated_total=6)
    assert [one.case_study for one in check(spoiled) if one.code == "total-mismatch"] == [3]


# The severities are those of the table of checks in the description of eds-report/1.
TABLE = {
    ERROR: {
        *("outcome-not-scored", "score-off-scale", "total-mismatch", "domain-mismatch", "overall-mismatch"),
        *("rating-mismatch", "band-misquoted", "commentary-repeated", "high-score-without-evidence"),
        *("third-party-missing", "personal-data"),
    },
    WARNING: {
        *("commentary-names-another", "copied-from-last-year", "outcome-without-evidence"),
        *("low-score-without-action", "action-without-owner", "action-without-date", "service-count"),
        *("panel-unrepresentative", "header-incomplete", "years-clash"),
    },
}


def test_every_check_of_the_format_is_explained_and_no_other():
    severities = {explanation.code: explanation.severity for explanation in EXPLANATIONS}

    assert severities == {code: severity for severity, codes in TABLE.items() for code in codes}
    assert len(EXPLANATIONS) == len(severities)
    assert all(explanation.title and explanation.why.endswith(".") for explanation in EXPLANATIONS)


@given(contents(), contents())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_any_report_is_checked_twice_alike(content: ReportContent, previous: ReportContent):
    found = check(content, previous=previous)

    assert found == check(content, previous=previous)
    numbers = {None, *(part.number for part in content.case_studies)}
    for one in found:
        assert isinstance(one, Finding)
        assert one.code in TABLE[one.severity] or one.code == "service-count"
        assert one.case_study in numbers
        assert one.message[0].isupper()
        assert one.message.endswith(".")


def test_findings_stand_in_the_order_of_the_explanations_and_then_of_the_report():
    spoiled = with_part(
        2,
        scores={},
        content=with_part(1, scores={}, content=replace(CLEAN, third_parties=CLEAN.third_parties)),
    )

    found = [(one.code, one.case_study, one.outcome) for one in check(spoiled)]

    assert found == [
        ("outcome-not-scored", number, code) for number in (1, 2) for code in ("1A", "1B", "1C", "1D")
    ]
