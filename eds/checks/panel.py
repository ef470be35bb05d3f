"""How the scoring was done: how many services, who scored them, who tested what third parties test.

These are rules of EDS 2022 and of editions made after it, which take the middle of three services. An edition that
does not, like EDS2, has no such rules.
"""

from collections.abc import Iterator
from dataclasses import replace

from eds.checks.finding import ERROR, Finding, finding
from eds.content import CaseStudy, ReportContent
from eds.edition import MIDDLE_CASE_STUDY, Domain
from eds.lists.represented_groups import outside_in

SERVICES = 3
EVALUATORS = frozenset(("independent_evaluator", "peer_reviewer"))


def service_count(content: ReportContent) -> Iterator[Finding]:
    """Not three services: a warning, and an error while nobody chose the one that stands for the domain.

    One service stands for the domain by itself, and none leaves nothing to choose.
    """
    for domain in _services_domains(content):
        numbers = [case_study.number for case_study in _of(content, domain.number)]
        if len(numbers) == SERVICES:
            continue
        chosen = any(
            choice.domain == domain.number and choice.case_study in numbers for choice in content.choices
        )
        has = f"{domain.name} has {_counted(len(numbers))}. {content.edition.name} asks for three."
        about = f"{domain.number} {len(numbers)}"
        if len(numbers) < 2 or chosen:
            yield finding(
                "service-count", f"{has} Explain in the report why there are not three.", about=about
            )
        else:
            choose = "Choose the one used for the domain score, and give the reason."
            yield replace(finding("service-count", f"{has} {choose}", about=about), severity=ERROR)


def _counted(count: int) -> str:
    return "no case study" if not count else f"{count} case stud{'y' if count == 1 else 'ies'}"


def panel_unrepresentative(content: ReportContent) -> Iterator[Finding]:
    """No member from outside the NHS rated a Domain 1 case study.

    Silent where no panel is recorded, as in older reports: then nothing is known of who rated. A member without
    domains counts for all of them.
    """
    outside = outside_in(content)
    for domain in _services_domains(content):
        raters = [member for member in content.panel if not member.domains or domain.number in member.domains]
        if not content.panel or not any(map(_is_scored, _of(content, domain.number))):
            continue
        if not any(member.interest in outside for member in raters):
            yield finding(
                "panel-unrepresentative",
                f"No one from outside the NHS is on the panel for {domain.name}. Record which group each "
                "member represents. Or explain in the report why there was no service user, carer, community "
                "group, Healthwatch, local authority or independent evaluator.",
                about=str(domain.number),
            )


def third_party_missing(content: ReportContent) -> Iterator[Finding]:
    """A domain that third parties test is scored without a trade union representative, or without an evaluator.

    Which domains those are is said by the edition: Domain 3 of EDS 2022. Third parties are named in the report's list
    of them, or sit on the panel for the domain.
    """
    for domain in content.edition.domains:
        if domain.tested_by_third_parties and any(map(_is_scored, _of(content, domain.number))):
            yield from _not_tested(content, domain)


def _not_tested(content: ReportContent, domain: Domain) -> Iterator[Finding]:
    parties, number = content.third_parties, domain.number
    interests = {
        member.interest for member in content.panel if not member.domains or number in member.domains
    }
    tested = f"{domain.name} is scored, but"
    if not any(map(str.strip, parties.trade_union_reps)) and "trade_union" not in interests:
        message = f"{tested} no trade union representative is named. Name who tested it."
        yield finding("third-party-missing", message)
    if not any(map(str.strip, parties.independent_evaluators)) and not EVALUATORS & interests:
        message = f"{tested} no independent evaluator or peer reviewer is named. Name who tested it."
        yield finding("third-party-missing", message)


def _services_domains(content: ReportContent) -> list[Domain]:
    return [domain for domain in content.edition.domains if domain.aggregation == MIDDLE_CASE_STUDY]


def _of(content: ReportContent, domain: int) -> list[CaseStudy]:
    return [case_study for case_study in content.case_studies if case_study.domain == domain]


def _is_scored(case_study: CaseStudy) -> bool:
    return any(judgement.score is not None for judgement in case_study.scores.values())
