"""All sums and ratings, in points, with no ORM: every number on a page or in a file comes from here.

Not scored, abstained, not applicable and 0 are four things. The rules are read from the edition: the highest
score, how a domain is aggregated, the bands. Source: "EDS 2022 rating and score card".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eds.content import CaseStudy, ReportContent
from eds.edition import NO_AGGREGATION, Edition
from eds.totals.case_study import (
    CaseStudyResult,
    Points,
    Total,
    case_study_total,
    number_words,
    points_words,
    whole,
)
from eds.totals.domain import DomainResult, candidates, domain_result, full_points

__all__ = [
    "CaseStudyResult",
    "DomainResult",
    "OverallResult",
    "Points",
    "Results",
    "Total",
    "candidates",
    "case_study_total",
    "domain_result",
    "number_words",
    "overall_result",
    "results",
    "whole",
]


@dataclass(frozen=True, kw_only=True)
class OverallResult:
    """The organisation's total and rating, each None with the reason where it can't be given."""

    total: Points | None
    out_of: int | None
    rating: str | None
    reason: str

    @property
    def words(self) -> str:
        """For example "20/33"; empty where there is no total."""
        return points_words(self.total, self.out_of)


@dataclass(frozen=True, kw_only=True)
class Results:
    case_studies: tuple[CaseStudyResult, ...]
    domains: tuple[DomainResult, ...]
    overall: OverallResult


def overall_result(edition: Edition, domains: Sequence[DomainResult]) -> OverallResult:
    """Total and rating over all domains of the edition, only when every outcome of all of them is scored.

    Source: EDS 2022 rating and score card (0-7 Undeveloped, 8-21 Developing, 22-32 Achieving, 33 Excelling).
    """
    if not edition.has_points:
        return _not_rated(None, None, f"{edition.name} has no points")
    if any(domain.aggregation == NO_AGGREGATION for domain in edition.domains):
        return _not_rated(None, None, f"{edition.name} has no overall total")
    full = sum(full_points(edition, domain) for domain in edition.domains)
    by_number = {result.number: result for result in domains if result.total is not None}
    scored = [by_number[domain.number] for domain in edition.domains if domain.number in by_number]
    if len(scored) < len(edition.domains):
        return _not_rated(None, full, f"not rated: {len(scored)} of {len(edition.domains)} domains scored")
    total = whole(sum(result.total for result in scored))
    return _rated(edition, total, sum(result.out_of for result in scored), full)


def _rated(edition: Edition, total: Points, out_of: int, full: int) -> OverallResult:
    if out_of < full:  # the bands are for every outcome
        return _not_rated(total, out_of, "not rated: not every outcome is applicable")
    if not edition.bands:
        return _not_rated(total, out_of, f"{edition.name} has no overall rating")
    band = next((band for band in edition.bands if band.lowest <= total <= band.highest), None)
    if band is None:  # half points were imported: 7.5 lies between two bands
        return _not_rated(total, out_of, f"not rated: {number_words(total)} is in no band of {edition.name}")
    points = str(band.lowest) if band.lowest == band.highest else f"{band.lowest} to {band.highest}"
    return OverallResult(total=total, out_of=out_of, rating=band.name, reason=f"{points} is {band.name}")


def _not_rated(total: Points | None, out_of: int | None, reason: str) -> OverallResult:
    return OverallResult(total=total, out_of=out_of, rating=None, reason=reason)


def results(content: ReportContent) -> Results:
    """Every figure of a report. Raises KeyError where a case study's domain is not in the edition."""
    edition, choices = content.edition, {choice.domain: choice for choice in content.choices}
    left_out = {each.domain: each.reason for each in content.left_out}
    case_studies = tuple(_case_study_result(edition, case_study) for case_study in content.case_studies)
    by_domain = {
        d.number: [result for result in case_studies if result.domain == d.number] for d in edition.domains
    }
    domains = tuple(
        domain_result(edition, number, by_domain[number], choices.get(number), left_out.get(number, ""))
        for number in by_domain
    )
    return Results(case_studies=case_studies, domains=domains, overall=overall_result(edition, domains))


def _case_study_result(edition: Edition, study: CaseStudy) -> CaseStudyResult:
    codes = edition.domain(study.domain).codes
    total = case_study_total(codes, study.scores, edition.highest if edition.has_points else None)
    return CaseStudyResult(number=study.number, domain=study.domain, title=study.title, total=total)


def choosable_domains(edition: Edition, figures: Results) -> list[int]:
    """Numbers of the domains for which a person chooses the case study that stands."""
    studies = figures.case_studies
    return [
        domain.number
        for domain in figures.domains
        if candidates(edition, domain.number, [one for one in studies if one.domain == domain.number])
    ]
