"""Domains, the case study that stands for each, and the overall rating, against enumerations written here."""

from dataclasses import replace
from itertools import product

import pytest

from eds.content import CaseStudy, Choice, Judgement, LeftOut, Organisation, ReportContent
from eds.edition import NO_AGGREGATION, SUM
from eds.editions import load
from eds.totals import DomainResult, candidates, choosable_domains, domain_result, overall_result, results

EDS = load("EDS 2022")
EDS2 = load("EDS2")
NOT_APPLICABLE = Judgement(not_applicable=True, rationale="It does not arise.")


def case_study(number, scores, domain=1, title=None):
    codes = EDS.domain(domain).codes
    given = {code: Judgement(score=score) for code, score in zip(codes, scores, strict=True)}
    return CaseStudy(number=number, domain=domain, title=title or f"Service {number}", scores=given)


def spread(total, outcomes):
    """Scores of that many outcomes with that total."""
    return [max(0, min(3, total - 3 * index)) for index in range(outcomes)]


def content(*case_studies, edition=EDS, choices=()):
    return ReportContent(
        edition=edition,
        organisation=Organisation(name="A body"),
        year="2024",
        case_studies=case_studies,
        choices=choices,
    )


def services(*totals):
    """Domain 1 case studies, numbered from 1, with these totals out of 12."""
    return [case_study(number, spread(total, 4)) for number, total in enumerate(totals, 1)]


def domain_1(*totals, choose=None):
    choice = Choice(domain=1, case_study=choose or 0, chosen_by="Ada Lee", reason="it is the largest.")
    return results(content(*services(*totals), choices=(choice,) if choose else ())).domains[0]


# The 2024 report


def report_of_2024():
    return content(
        case_study(1, (2, 1, 1, 1), title="Women’s Health Hub"),
        case_study(2, (1, 1, 1, 1), title="Dementia Vision"),
        case_study(3, (1, 2, 2, 2), title="Severe Mental Illness (SMI)"),
    )


def test_the_2024_report():
    found = results(report_of_2024())
    assert [result.total.words for result in found.case_studies] == ["5/12", "4/12", "7/12"]
    domain = found.domains[0]
    assert (domain.total, domain.out_of, domain.case_study, domain.reason) == (5, 12, 1, "middle of 3")
    assert domain.explanation == "middle of 3: Women’s Health Hub"
    assert isinstance(
        domain.total, int
    )  # 4 is the median of each outcome, 5.33 the mean: neither is the rule
    overall = found.overall
    assert (overall.total, overall.out_of, overall.rating) == (None, 33, None)
    assert overall.reason == "not rated: 1 of 3 domains scored"


def test_domains_without_a_case_study_are_not_scored():
    for domain, out_of in zip(results(report_of_2024()).domains[1:], (12, 9), strict=True):
        assert (domain.total, domain.out_of, domain.case_study) == (None, out_of, None)
        assert domain.reason == domain.explanation == "not scored: no case study"


def test_a_domain_is_not_complete_while_a_case_study_lacks_a_score():
    whole = report_of_2024().case_studies
    for index in range(3):
        lacking = replace(whole[index], scores={**whole[index].scores, "1C": Judgement()})
        domain = results(content(*whole[:index], lacking, *whole[index + 1 :])).domains[0]
        assert (domain.total, domain.case_study) == (None, None)
        assert domain.reason == "not scored: 2 of 3 case studies scored"


# Which case study stands for a domain


@pytest.mark.parametrize("totals", list(product((0, 3, 5, 12), repeat=3)), ids=str)
def test_three_services_against_a_plain_enumeration(totals):
    domain = domain_1(*totals)
    middles = [
        number
        for number, total in enumerate(totals, 1)
        if sum(other < total for other in totals) <= 1 and sum(other > total for other in totals) <= 1
    ]
    assert domain.total == totals[middles[0] - 1]
    assert domain.out_of == 12
    if len(middles) == 1:
        assert (domain.case_study, domain.reason) == (middles[0], "middle of 3")
    else:
        assert domain.case_study is None
        assert domain.reason.startswith("joint middle score: case studies ")


def test_a_tie_for_the_middle_is_explained():
    assert domain_1(5, 5, 7).reason == "joint middle score: case studies 1 and 2 both have 5/12"
    assert domain_1(7, 5, 7).explanation == "joint middle score: case studies 1 and 3 both have 7/12"
    assert domain_1(4, 4, 4).reason == "joint middle score: case studies 1, 2 and 3 all have 4/12"


def test_a_case_study_of_which_nothing_applies_is_not_scored():
    study = replace(services(5)[0], scores=dict.fromkeys(EDS.domain(1).codes, NOT_APPLICABLE))
    domain = results(content(study, edition=replace(EDS, allows_not_applicable=True))).domains[0]
    assert (domain.total, domain.reason) == (None, "not scored: 0 of 1 case studies scored")


def test_a_domain_that_was_left_out_says_why():
    left_out = (LeftOut(domain=2, reason="it is judged every other year. "),)
    found = results(replace(content(*services(5)), left_out=left_out))
    reason = "not assessed this year: it is judged every other year"
    assert found.domains[1] == DomainResult(
        number=2, name="Domain 2", total=None, out_of=12, case_study=None, reason=reason, explanation=reason
    )
    assert found.domains[2].reason == "not scored: no case study"


def test_a_domain_with_a_case_study_was_not_left_out():
    left_out = (LeftOut(domain=1, reason="It was meant to be"),)
    assert results(replace(content(*services(5)), left_out=left_out)).domains[0] == domain_1(5)


def test_a_result_is_told_whole():
    reason = "the only case study"
    assert domain_1(5) == DomainResult(
        number=1,
        name="Domain 1",
        total=5,
        out_of=12,
        case_study=1,
        reason=reason,
        explanation=f"{reason}: Service 1",
    )
    assert (domain_1(5).words, domain_1().words) == ("5/12", "")


@pytest.mark.parametrize(
    ("totals", "expected"),
    [((5,), []), ((5, 6), [1]), ((5, 5, 7), [1]), ((4, 5, 7), []), ((1, 2, 3, 4), [1])],
)
def test_domains_for_which_somebody_chooses(totals, expected):
    found = content(*services(*totals), case_study(9, (1, 1, 1, 1), domain=2))
    assert choosable_domains(EDS, results(found)) == expected


def test_a_person_chooses_among_those_that_tie():
    domain = domain_1(5, 5, 7, choose=2)
    assert (domain.total, domain.case_study) == (5, 2)
    assert domain.reason == "joint middle score; Ada Lee chose this case study because it is the largest"
    assert domain.explanation == f"Service 2: {domain.reason}"


def test_a_choice_cannot_overrule_the_middle_of_three():
    assert domain_1(5, 4, 7, choose=3) == domain_1(5, 4, 7)
    assert domain_1(5, 5, 7, choose=3) == domain_1(5, 5, 7)


def test_one_service_stands_for_the_domain():
    domain = domain_1(7)
    assert (domain.total, domain.case_study, domain.explanation) == (7, 1, "the only case study: Service 1")


@pytest.mark.parametrize("number", [2, 4, 5, 6])
def test_other_numbers_of_services_have_no_middle_until_a_person_chooses(number):
    for totals in product((4, 5), repeat=number):
        domain = domain_1(*totals)
        assert (domain.total, domain.out_of, domain.case_study) == (None, 12, None)
        assert domain.reason == f"{number} case studies: no one has chosen the one used for the domain score"
        for chosen in range(1, number + 1):
            domain = domain_1(*totals, choose=chosen)
            assert domain.explanation == f"Service {chosen}: {domain.reason}"
            assert (domain.total, domain.case_study) == (totals[chosen - 1], chosen)
            assert domain.reason == "Ada Lee chose this case study because it is the largest"


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_a_person_can_choose_exactly_those_that_a_choice_lets_stand(number):
    for totals in product((3, 5, 12), repeat=number):
        told = results(content(*services(*totals))).case_studies
        found = [result.number for result in candidates(EDS, 1, told)]
        middle = sorted(totals)[1] if number == 3 else None
        same = [place for place, total in enumerate(totals, 1) if total == middle]
        expected = {1: [], 3: same if len(same) > 1 else []}.get(number, list(range(1, number + 1)))
        assert found == expected, totals
        heeded = [
            place
            for place in range(1, number + 1)
            if "chose this case study" in domain_1(*totals, choose=place).reason
        ]
        assert heeded == found, totals


def test_nobody_chooses_while_a_score_is_missing_or_where_there_are_no_points():
    half = case_study(2, (1, 1, 1, None))
    assert candidates(EDS, 1, results(content(*services(5), half)).case_studies) == ()
    assert candidates(EDS, 1, []) == ()
    both = [
        CaseStudy(
            number=n, domain=4, title="Leaders", scores={c: Judgement(score=2) for c in EDS2.domain(4).codes}
        )
        for n in (1, 2)
    ]
    assert candidates(EDS2, 4, results(content(*both, edition=EDS2)).case_studies) == ()


def test_a_choice_of_a_case_study_that_is_not_there_is_none():
    assert domain_1(4, 5, choose=9) == domain_1(4, 5)


def test_totals_out_of_different_points_have_no_middle():
    edition = replace(EDS, allows_not_applicable=True)
    found = services(5, 4, 7)
    found[0] = replace(found[0], scores={**found[0].scores, "1A": NOT_APPLICABLE})
    assert results(content(*found, edition=edition)).domains[0].case_study is None


# Overall


def whole_report(one, two, three):
    """Every outcome scored, with these totals of the three domains."""
    scores = (spread(one, 4), spread(two, 4), spread(three, 3))
    return content(*(case_study(number, scores[number - 1], domain=number) for number in (1, 2, 3)))


@pytest.mark.parametrize(
    ("totals", "total", "rating", "reason"),
    [
        ((0, 0, 0), 0, "Undeveloped", "0 to 7 is Undeveloped"),
        ((7, 0, 0), 7, "Undeveloped", "0 to 7 is Undeveloped"),
        ((7, 1, 0), 8, "Developing", "8 to 21 is Developing"),
        ((7, 7, 7), 21, "Developing", "8 to 21 is Developing"),
        ((12, 10, 0), 22, "Achieving", "22 to 32 is Achieving"),
        ((12, 12, 8), 32, "Achieving", "22 to 32 is Achieving"),
        ((12, 12, 9), 33, "Excelling", "33 is Excelling"),
    ],
)
def test_every_boundary_of_the_bands(totals, total, rating, reason):
    found = results(whole_report(*totals))
    assert tuple(domain.total for domain in found.domains) == totals
    overall = found.overall
    assert (overall.total, overall.out_of, overall.rating, overall.reason) == (total, 33, rating, reason)


@pytest.mark.parametrize("kept", [(), (1,), (2,), (3,), (1, 2), (1, 3), (2, 3)], ids=str)
def test_no_rating_while_a_domain_is_missing(kept):
    found = whole_report(0, 0, 0)
    found = replace(found, case_studies=tuple(c for c in found.case_studies if c.domain in kept))
    overall = results(found).overall
    assert (overall.total, overall.out_of, overall.rating) == (None, 33, None)
    assert overall.reason == f"not rated: {len(kept)} of 3 domains scored"


def test_no_rating_while_the_services_have_no_middle():
    found = whole_report(5, 5, 5)
    second = replace(found.case_studies[0], number=4)
    overall = results(replace(found, case_studies=(*found.case_studies, second))).overall
    assert (overall.total, overall.rating, overall.reason) == (None, None, "not rated: 2 of 3 domains scored")


def test_half_a_point_between_two_bands_is_not_rated():
    found = whole_report(7, 0, 0)
    first = replace(
        found.case_studies[0], scores={**found.case_studies[0].scores, "1D": Judgement(score=0.5)}
    )
    overall = results(replace(found, case_studies=(first, *found.case_studies[1:]))).overall
    assert (overall.total, overall.out_of, overall.rating) == (7.5, 33, None)
    assert overall.reason == "not rated: 7.5 is in no band of EDS 2022"


def test_not_applicable_outcomes_give_a_total_but_no_rating():
    found = replace(whole_report(7, 7, 7), edition=replace(EDS, allows_not_applicable=True))
    first = replace(found.case_studies[0], scores={**found.case_studies[0].scores, "1D": NOT_APPLICABLE})
    overall = results(replace(found, case_studies=(first, *found.case_studies[1:]))).overall
    assert (overall.total, overall.out_of, overall.rating) == (21, 30, None)
    assert overall.reason == "not rated: not every outcome is applicable"


def test_an_edition_without_bands_has_a_total_and_no_rating():
    overall = results(replace(whole_report(7, 7, 7), edition=replace(EDS, bands=()))).overall
    assert (overall.total, overall.out_of, overall.rating) == (21, 33, None)
    assert overall.reason == "EDS 2022 has no overall rating"


def test_an_edition_whose_domain_is_not_added_up_has_no_overall_total():
    plain = replace(EDS.domain(3), aggregation=NO_AGGREGATION)
    found = results(replace(whole_report(7, 7, 7), edition=replace(EDS, domains=(*EDS.domains[:2], plain))))
    assert (found.domains[2].total, found.domains[2].out_of) == (None, None)
    assert found.domains[2].reason == "EDS 2022 has no total for this domain"
    assert (found.overall.total, found.overall.reason) == (None, "EDS 2022 has no overall total")


def test_eds2_has_no_points():
    grades = {code: Judgement(score=2) for code in EDS2.domain(1).codes}
    goal = CaseStudy(number=1, domain=1, title="Better health outcomes", scores=grades)
    found = results(content(goal, edition=EDS2))
    assert found.case_studies[0].total.words == "5 outcomes graded"
    assert [(domain.name, domain.total, domain.out_of, domain.reason) for domain in found.domains] == [
        ("Goal 1", None, None, "graded: EDS2 has no points"),
        ("Goal 2", None, None, "not graded: no case study"),
        ("Goal 3", None, None, "not graded: no case study"),
        ("Goal 4", None, None, "not graded: no case study"),
    ]
    overall = found.overall
    assert (overall.total, overall.out_of, overall.rating, overall.reason) == (
        None,
        None,
        None,
        "EDS2 has no points",
    )


# The functions by themselves


def test_two_statements_in_a_summed_domain_need_a_choice():
    both = (case_study(4, (1, 1, 1, 1), domain=2), case_study(5, (2, 2, 2, 2), domain=2))
    assert EDS.domain(2).aggregation == SUM
    results_of_both = results(content(*both)).case_studies
    assert domain_result(EDS, 2, results_of_both).total is None
    choice = Choice(domain=2, case_study=5, chosen_by="Ada Lee", reason="it is newer")
    assert domain_result(EDS, 2, results_of_both, choice).total == 8


def test_an_unknown_domain_is_a_key_error():
    with pytest.raises(KeyError):
        domain_result(EDS, 4, [])


def test_the_overall_result_takes_domains_in_any_order():
    domains = results(whole_report(7, 7, 7)).domains
    assert overall_result(EDS, domains[::-1]) == overall_result(EDS, domains)
