"""Scores without evidence."""

import pytest

from eds.checks import check
from eds.content import Evidence, Section
from tests.eds.checks.clean import CLINIC, codes, only, with_part, with_scores

OTHERS = CLINIC.sections[1:]  # what speaks to 1B, 1C and 1D


def with_sections(*sections, evidence=(), content=None):
    changes = {"sections": (*sections, *OTHERS), "evidence": evidence}
    return with_part(1, content=content, **changes) if content else with_part(1, **changes)


def test_a_score_that_nothing_speaks_to():
    low = with_scores(1, **{"1A": 1})

    found = only(with_sections(content=low))

    assert (found.code, found.severity, found.case_study, found.outcome) == (
        "outcome-without-evidence", "warning", 1, "1A",
    )  # fmt: skip
    assert found.message == (
        "Case study 1, Women’s Health Hub (WHH): 1A is scored, but no section or evidence is about it. "
        "Add a section or evidence for 1A."
    )


@pytest.mark.parametrize("score", [2, 3])
def test_a_high_score_without_evidence_is_an_error_besides(score):
    found = check(with_sections(content=with_scores(1, **{"1A": score})))

    assert [(one.code, one.severity, one.outcome) for one in found] == [
        ("outcome-without-evidence", "warning", "1A"),
        ("high-score-without-evidence", "error", "1A"),
    ]
    assert f"1A is scored {score}, and no section" in found[1].message


def test_a_score_of_0_is_a_score():
    assert codes(with_sections(content=with_scores(1, **{"1A": 0}))) == ["outcome-without-evidence"]


def test_an_outcome_that_is_not_scored_needs_no_evidence_yet():
    assert codes(with_sections(content=with_scores(1, **{"1A": None}))) == ["outcome-not-scored"]


@pytest.mark.parametrize(
    "section",
    [
        Section(heading="Reaching people", outcome="1A", body="By bus."),
        Section(heading="1A and 1B: access", body="By bus."),
        Section(heading="What we did", body="It began.\n\n1a) By bus."),
        Section(heading="What we did", body="- **1A**: by bus"),
    ],
)
def test_a_section_that_speaks_to_the_outcome(section):
    assert codes(with_sections(section)) == []


@pytest.mark.parametrize(
    "section",
    [
        Section(heading="Reaching people", outcome="1A", body=" \n"),
        Section(heading="1A"),
        Section(heading="Background", body="In 1990 it began. See 1A of the plan."),
        Section(heading="Ward 11A", body="It was ward 11A."),
    ],
)
def test_a_section_that_does_not_speak_to_the_outcome(section):
    assert codes(with_sections(section)) == ["outcome-without-evidence", "high-score-without-evidence"]


def test_evidence_speaks_to_its_outcomes_where_it_says_anything():
    quote = Evidence(kind="quote", text="They came to us.", outcomes=("1A", "1D"))
    link = Evidence(kind="link", url="https://www.example.nhs.uk/waits", outcomes=("1A",))
    other = Evidence(kind="quote", text="They came to us.", outcomes=("1B",))
    empty = Evidence(kind="quote", text=" ", outcomes=("1A",))

    assert codes(with_sections(evidence=(quote,))) == []
    assert codes(with_sections(evidence=(link,))) == []
    assert len(codes(with_sections(evidence=(other,)))) == 2
    assert len(codes(with_sections(evidence=(empty,)))) == 2
