"""How the scoring was done."""

from dataclasses import replace

import pytest

from eds.checks import check
from eds.content import CaseStudy, Choice, Judgement, PanelMember, ThirdParties
from tests.eds.checks.clean import CLEAN, CLINIC, DEMENTIA, EDS2, ILLNESS, codes, only, with_services

CHOICE = Choice(domain=1, case_study=2, chosen_by="Ada Lee", reason="It serves the most people.")


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ((CLINIC, DEMENTIA), "2 case studies"),
        ((CLINIC, DEMENTIA, ILLNESS, replace(ILLNESS, commentary="", title="Podiatry")), "4 case studies"),
    ],
)
def test_another_number_of_services_is_an_error_until_somebody_chooses(parts, count):
    found = only(with_services(*parts))

    assert (found.code, found.severity) == ("service-count", "error")
    assert found.message == (
        f"Domain 1 has {count}. EDS 2022 asks for three. "
        "Choose the one used for the domain score, and give the reason."
    )
    chosen = only(with_services(*parts, choices=(CHOICE,)))
    assert (chosen.code, chosen.severity) == ("service-count", "warning")
    assert (
        chosen.message
        == f"Domain 1 has {count}. EDS 2022 asks for three. Explain in the report why there are not three."
    )


def test_a_choice_of_another_domain_or_of_no_case_study_is_none():
    for choice in (replace(CHOICE, domain=2), replace(CHOICE, case_study=9)):
        assert only(with_services(CLINIC, DEMENTIA, choices=(choice,))).severity == "error"


@pytest.mark.parametrize(("parts", "count"), [((CLINIC,), "1 case study"), ((), "no case study")])
def test_one_service_or_none_leaves_nothing_to_choose(parts, count):
    found = only(with_services(*parts))

    assert (found.code, found.severity) == ("service-count", "warning")
    assert found.message.startswith(f"Domain 1 has {count}. ")


def test_three_services_need_no_choice():
    assert codes(with_services(CLINIC, DEMENTIA, ILLNESS)) == []


def with_panel(*members):
    return replace(CLEAN, panel=members)


STAFF = PanelMember(name="Di Orr", interest="nhs_staff", domains=(1, 2, 3))


@pytest.mark.parametrize(
    "members",
    [
        (STAFF,),
        (STAFF, PanelMember(name="Cy Ash", interest="healthwatch", domains=(2,))),
        (STAFF, PanelMember(name="Cy Ash", interest="trade_union", domains=(1,))),
        (STAFF, PanelMember(name="Cy Ash", interest=None, domains=(1,))),
        (replace(STAFF, domains=(2,)),),
    ],
)
def test_a_panel_of_nhs_people_alone(members):
    found = only(with_panel(*members))

    assert (found.code, found.severity, found.case_study) == ("panel-unrepresentative", "warning", None)


@pytest.mark.parametrize(
    "interest", ["service_user", "carer", "vcse", "healthwatch", "local_authority", "independent_evaluator"]
)
def test_one_member_from_outside_is_enough(interest):
    assert codes(with_panel(STAFF, PanelMember(name="Cy Ash", interest=interest, domains=(1, 2)))) == []
    assert codes(with_panel(STAFF, PanelMember(name="Cy Ash", interest=interest))) == []  # every domain


def test_a_panel_that_is_not_recorded_or_has_not_scored_is_not_judged():
    assert codes(with_panel()) == []
    waiting = tuple(replace(part, scores={}) for part in CLEAN.case_studies)
    assert set(codes(replace(with_panel(STAFF), case_studies=waiting))) == {"outcome-not-scored"}


def without(**parties):
    return replace(CLEAN, third_parties=replace(CLEAN.third_parties, **parties))


def test_domain_3_without_a_trade_union_representative():
    found = only(without(trade_union_reps=()))

    assert (found.code, found.severity) == ("third-party-missing", "error")
    assert (
        found.message == "Domain 3 is scored, but no trade union representative is named. Name who tested it."
    )
    assert codes(without(trade_union_reps=(" ",))) == ["third-party-missing"]


def test_domain_3_without_an_evaluator():
    found = only(without(independent_evaluators=()))

    assert found.code == "third-party-missing"
    assert "no independent evaluator or peer reviewer is named" in found.message


def test_third_parties_may_sit_on_the_panel():
    nobody = replace(CLEAN, third_parties=ThirdParties())
    union = PanelMember(name="Ed Poe", interest="trade_union", domains=(3,))
    peer = PanelMember(name="Flo Day", interest="peer_reviewer", domains=(2, 3))

    assert codes(nobody) == ["third-party-missing"] * 2
    assert codes(replace(nobody, panel=(*CLEAN.panel, union, peer))) == []
    elsewhere = (replace(union, domains=(1,)), replace(peer, domains=(2,)))
    assert codes(replace(nobody, panel=(*CLEAN.panel, *elsewhere))) == ["third-party-missing"] * 2


def test_domain_3_that_is_not_scored_needs_no_third_party():
    services = tuple(part for part in CLEAN.case_studies if part.domain != 3)
    waiting = tuple(replace(part, scores={}) if part.domain == 3 else part for part in CLEAN.case_studies)
    nobody = replace(
        CLEAN,
        third_parties=ThirdParties(),
        stated=replace(CLEAN.stated, overall=None, rating=None, domains={}),
    )

    assert codes(replace(nobody, case_studies=services)) == []
    assert set(codes(replace(nobody, case_studies=waiting))) == {"outcome-not-scored"}


def test_eds2_has_none_of_these_rules():
    goals = [
        CaseStudy(number=number, domain=number, title="Goal", scores={code: Judgement(score=2)})
        for number, code in ((1, "1.1"), (3, "3.1"))
    ]
    graded = replace(CLEAN, edition=EDS2, case_studies=goals, panel=(STAFF,), third_parties=ThirdParties())

    assert not {"service-count", "panel-unrepresentative", "third-party-missing"} & set(codes(graded))


def test_the_edition_says_which_domains_third_parties_test():
    services, staff, leadership = CLEAN.edition.domains
    other = (services, replace(staff, tested_by_third_parties=True), replace(leadership, noun="Goal"))
    untested = (services, staff, replace(leadership, tested_by_third_parties=False))
    nobody = replace(CLEAN, third_parties=ThirdParties())

    tested = replace(nobody, edition=replace(CLEAN.edition, domains=other))
    assert {found.message.split(",")[0] for found in check(tested)} == {
        "Domain 2 is scored",
        "Goal 3 is scored",
    }
    assert codes(replace(nobody, edition=replace(CLEAN.edition, domains=untested))) == []
