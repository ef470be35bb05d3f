"""Scores, totals and ratings: what raises a finding, and what must not."""

from dataclasses import replace

import pytest

from eds.content import CaseStudy, Judgement, Stated
from tests.eds.checks.clean import CLEAN, CLINIC, EDS2, codes, only, with_part, with_scores, with_text


def test_an_outcome_without_a_score_is_named():
    found = only(with_scores(2, **{"1C": None}))

    assert (found.code, found.severity, found.case_study, found.outcome) == (
        "outcome-not-scored",
        "error",
        2,
        "1C",
    )
    assert (
        found.message
        == "Case study 2, Dementia Vision, has no agreed score for 1C. Record the panel’s score."
    )


def test_a_score_of_0_is_a_score():
    assert codes(with_scores(1, **{"1B": 0})) == []


def test_not_applicable_is_not_missing():
    scores = {code: Judgement(not_applicable=True, rationale="None yet.") for code in EDS2.domain(1).codes}
    graded = CaseStudy(number=1, domain=1, title="Health visiting", scores=scores)

    assert "outcome-not-scored" not in codes(replace(CLEAN, edition=EDS2, case_studies=(graded,)))


@pytest.mark.parametrize("score", [1.5, 4, -1])
def test_a_score_off_the_scale(score):
    found = only(with_scores(1, **{"1A": score}))

    assert (found.code, found.severity, found.case_study, found.outcome) == (
        "score-off-scale",
        "error",
        1,
        "1A",
    )
    assert found.message == (
        f"Case study 1, Women’s Health Hub (WHH): 1A is scored {score}. Choose a whole number from 0 to 3."
    )


def test_a_whole_number_that_was_read_as_a_fraction_is_on_the_scale():
    assert codes(with_scores(1, **{"1A": 2.0})) == []


def test_a_self_assessed_score_is_on_the_scale_too():
    found = only(with_part(1, self_assessment={"1A": Judgement(score=2.5), "1B": Judgement(score=3)}))

    assert (found.code, found.outcome) == ("score-off-scale", "1A")
    assert "1A is self-assessed 2.5" in found.message


def test_a_stated_total_that_is_not_the_sum():
    found = only(with_part(1, stated_total=6))

    assert (found.code, found.severity, found.case_study) == ("total-mismatch", "error", 1)
    assert found.message == (
        "Case study 1, Women’s Health Hub (WHH): the source states a total of 6, but the scores add up to 5/12. "
        "Check each score against the source."
    )


def test_a_stated_total_is_not_compared_before_all_scores_are_there():
    unfinished = with_part(1, content=with_scores(1, **{"1A": None}), stated_total=5)

    assert codes(unfinished) == ["outcome-not-scored"]


@pytest.mark.parametrize(
    "text",
    [
        "Total: 4/12",
        "**Total:** 4/12",
        "- Total score: 4 / 12",
        "Panel total – 4/12",
        "Total = 4 out of 12 points",
        "| Total | 4/12 |",
        "Total: 4/12 (agreed by all)",
        "Total: 4.5/12",
        "Total: 24/12",
        "Total: 4½/12",
        "The panel gave a total of 4/12.",
        "The total score is 4 out of 12, which is low",
        "Scores were agreed at the meeting – 4/12",
        "Women's Health Hub (WHH) – 4/12",
        "Case study 1: Women’s Health Hub – 4/12",
    ],
)
def test_a_total_written_in_a_text_that_is_not_the_sum(text):
    found = only(with_text(f"It opened in May.\n\n{text}\n\nMore follows."))

    assert (found.code, found.case_study) == ("total-mismatch", 1)
    assert found.message.startswith("The section “More about it” of case study 1 says “")
    assert found.message.endswith(
        "”, but the scores of case study 1 add up to 5/12. Correct the text, or the scores."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Total: 5/12",
        "Total: 5 out of 12",
        "Dementia Vision – 5/12",  # its own, not this case study's
        "Case study 3: Severe Mental Illness – 7/12",
        "It opened on 4/12/2024, and again on 4/12.",
        "Total: 4/12/2024",
        "1A: Patients have required levels of access: 2/3",
        "It ran for 4/12 months.",
        "Total: 4/12 months",
        "A total of 4 out of 12 practices took part.",
        "Total: 4 out of 12 practices",
        "Total last year: 4/12",
        "Total in 2023: 4/12",
        "Last year it had a total of 4/12.",
        "Self-assessment total: 4/12",
        "Domain 1 total: 4/12",
        "Total: 45/60",
        "Total: 4/120",
        "Total referrals: 4/12",
        "Opened – 4/12",
        "Dementia Vision visits – 4/12",
    ],
)
def test_other_numbers_in_a_text_are_no_total(text):
    assert codes(with_text(text)) == []


def test_a_total_of_this_year_may_name_the_year_and_one_of_another_year_is_left_alone():
    assert codes(with_text("Total score in 2024 – 4/12")) == ["total-mismatch"]
    assert codes(with_text("Total score in 2022 – 4/12")) == []


def test_a_total_in_a_title_a_heading_and_a_commentary():
    assert only(with_part(1, title="Women’s Health Hub (WHH) – 4/12")).message.startswith(
        "The title of case study 1 says “Women’s Health Hub (WHH) – 4/12”, "
        "but the scores of case study 1 add up to 5/12."
    )
    assert codes(with_part(1, title="Women’s Health Hub (WHH) – 5/12")) == []
    first = CLINIC.sections[0]
    heading = replace(first, heading="Panel scoring – 4/12")
    assert codes(with_part(1, sections=(heading, *CLINIC.sections[1:]))) == ["total-mismatch"]
    heading = replace(first, heading="Visit – 4/12")
    assert codes(with_part(1, sections=(heading, *CLINIC.sections[1:]))) == []
    assert codes(with_part(1, commentary="It opened late.\n\nTotal: 4/12")) == ["total-mismatch"]


def test_a_total_in_a_section_about_the_self_assessment_is_another_total():
    section = replace(CLINIC.sections[0], heading="Our self-assessment", body="Total: 4/12")

    assert codes(with_part(1, sections=(section, *CLINIC.sections[1:]))) == []


def test_a_total_of_another_case_study_is_compared_with_its_own_sum():
    found = only(with_text("Dementia Vision – 4/12"))

    assert (found.code, found.case_study) == ("total-mismatch", 1)
    assert "the scores of case study 2 add up to 5/12" in found.message


def test_a_written_total_is_not_compared_before_all_scores_are_there():
    unfinished = with_text("Total: 4/12", content=with_scores(1, **{"1A": None}))

    assert codes(unfinished) == ["outcome-not-scored"]


def stated(**figures):
    return replace(CLEAN, stated=Stated(**figures))


def test_a_stated_domain_score_that_is_not_the_computed_one():
    found = only(stated(domains={1: 6, 2: 8}))

    assert (found.code, found.severity, found.case_study) == ("domain-mismatch", "error", None)
    assert found.message == (
        "The source states 6 for Domain 1, but it comes to 5/12 (joint middle score: case studies 1 and 2 both have "
        "5/12). Check the scores against the source."
    )
    assert "no such domain" in only(stated(domains={9: 3})).message


def test_a_stated_overall_score_that_is_not_the_computed_one():
    found = only(stated(overall=19))

    assert (found.code, found.severity) == ("overall-mismatch", "error")
    assert found.message == (
        "The source states an overall score of 19, but it comes to 18/33. Check the scores against the source."
    )


@pytest.mark.parametrize("rating", ["Achieving", "Undeveloped", "Good", "Developing or Achieving"])
def test_a_stated_rating_that_is_not_the_computed_one(rating):
    found = only(stated(rating=rating))

    assert (found.code, found.severity) == ("rating-mismatch", "error")
    assert found.message == (
        f"The source states the overall rating “{rating}”, but 8 to 21 is Developing. "
        "Check the scores against the source."
    )


@pytest.mark.parametrize(
    "rating", ["Developing", "developing", "Developing activity", "Rated Developing (8–21)", None]
)
def test_a_rating_may_be_stated_in_any_words(rating):
    assert codes(stated(rating=rating)) == []


def test_figures_that_agree_may_be_stated_as_fractions():
    assert codes(stated(domains={1: 5.0}, overall=18.0)) == []


def test_what_is_stated_of_domains_that_are_not_in_the_report_can_not_be_right():
    services = replace(
        CLEAN,
        case_studies=CLEAN.case_studies[:3],
        stated=Stated(domains={1: 5, 2: 8}, overall=18, rating="Undeveloped"),
    )

    assert codes(services) == ["domain-mismatch", "overall-mismatch", "rating-mismatch"]
    assert codes(replace(services, stated=Stated(domains={1: 5}))) == []


def test_what_is_stated_waits_for_the_scores_that_are_missing():
    part = next(part for part in CLEAN.case_studies if part.number == 4)
    unfinished = with_part(4, scores={**part.scores, "2A": Judgement()})

    assert codes(unfinished) == ["outcome-not-scored"]


@pytest.mark.parametrize(
    "text",
    [
        "We began in 2019. The panel gave a total of 4/12. It was a hard year!",
        "Was it better last year? The panel gave a total of 4/12; in 2019 it was 7/12.",
        "The panel gave a total of 4/12",
        "It opened. The panel gave a total of 4/12! It was less in 2019.",
    ],
)
def test_the_sentence_of_a_total_is_looked_at_and_quoted(text):
    assert " says “The panel gave a total of 4/12”, but " in only(with_text(text)).message


def test_a_total_of_another_year_ends_no_search():
    found = only(with_text("In 2019 the total was 7/12.\n\nThe panel gave a total of 4/12."))
    assert "“The panel gave a total of 4/12”" in found.message
