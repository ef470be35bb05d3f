"""All sums and ratings, in points, with no ORM: every number on a page or in a file comes from here.

Not scored, abstained, not applicable and 0 are four things. The rules are read from the edition: the highest
score, how a domain is aggregated, the bands. Source: "EDS 2022 rating and score card".
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from casestudies.edition import MIDDLE_CASE_STUDY, NO_AGGREGATION, Domain, Edition
from scoring.report.content import CaseStudy, Choice, Judgement, ReportContent

Points = int | float


def number_words(number: Points) -> str:
    """A number as printed: 5, or 2.5 where a half point was imported; never 5.0."""
    return f"{number:g}"


def _points_words(points: Points | None, out_of: int | None) -> str:
    return "" if points is None else f"{number_words(points)}/{out_of}"


@dataclass(frozen=True, kw_only=True)
class Total:
    """What has been scored of one case study.

    `points` is the sum of the scores, or None while there is none. `out_of` counts scored outcomes only: 4 of
    9 means three outcomes scored. Both are None in an edition without points. The rest holds outcome codes.
    """

    points: Points | None
    out_of: int | None
    scored: tuple[str, ...]
    missing: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """True when every outcome that applies has a score."""
        return not self.missing and not self.abstained

    @property
    def words(self) -> str:
        """For example "5/12", or "4 of 9 so far, 1 outcome not scored"."""
        return ", ".join([self._sum_words(), *self._rest_words()])

    def _sum_words(self) -> str:
        if not self.scored:
            return "No outcomes scored yet" if self.missing else "No outcomes scored"
        if self.points is None:
            return f"{len(self.scored)} {_outcomes(self.scored)} graded"
        if self.is_complete:
            return f"{number_words(self.points)}/{self.out_of}"
        return f"{number_words(self.points)} of {self.out_of}{' so far' if self.missing else ''}"

    def _rest_words(self) -> list[str]:
        missing = self.missing if self.scored else ()  # "No outcomes scored yet" has said it
        kinds = [
            (missing, "not scored" if self.points is not None else "not graded"),
            (self.abstained, "abstained"),
            (self.not_applicable, "not applicable"),
        ]
        return [f"{len(codes)} {_outcomes(codes)} {kind}" for codes, kind in kinds if codes]


def _outcomes(codes: Sequence[str]) -> str:
    return "outcome" if len(codes) == 1 else "outcomes"


def case_study_total(
    codes: Sequence[str],
    judgements: Mapping[str, Judgement],
    highest: int | None,
    *,
    abstained: Collection[str] = (),
) -> Total:
    """Adds up one case study: the panel's agreed scores, or one member's with the codes they abstained on.

    `codes` are the outcome areas of its domain; a judgement of any other code is not counted. `highest` is
    the highest score of one outcome, or None in an edition without points.
    """
    kinds: dict[str, list[str]] = {"scored": [], "missing": [], "abstained": [], "not_applicable": []}
    for code in codes:
        kinds[_kind(code, judgements.get(code), abstained)].append(code)
    scores = [judgements[code].score for code in kinds["scored"]]
    return Total(
        points=None if highest is None or not scores else whole(sum(scores)),
        out_of=None if highest is None else highest * len(scores),
        **{kind: tuple(codes) for kind, codes in kinds.items()},
    )


def _kind(code: str, judgement: Judgement | None, abstained: Collection[str]) -> str:
    if code in abstained:
        return "abstained"
    if judgement is None:
        return "missing"
    if judgement.not_applicable:
        return "not_applicable"
    return "missing" if judgement.score is None else "scored"


def whole(number: Points) -> Points:
    """The same number, as an int where it is a whole one."""
    return int(number) if number == int(number) else number


@dataclass(frozen=True, kw_only=True)
class CaseStudyResult:
    number: int
    domain: int
    title: str
    total: Total


@dataclass(frozen=True, kw_only=True)
class DomainResult:
    """A domain's total, or None with the reason. `case_study` is the number of the one that stands for it.

    `reason` is for files ("middle of 3"), `explanation` for pages ("middle of 3: Women’s Health Hub").
    `out_of` is the domain's full number of points where there is no total.
    """

    number: int
    total: Points | None
    out_of: int | None
    case_study: int | None
    reason: str
    explanation: str

    @property
    def words(self) -> str:
        """For example "5/12"; empty where there is no total."""
        return _points_words(self.total, self.out_of)


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
        return _points_words(self.total, self.out_of)


@dataclass(frozen=True, kw_only=True)
class Results:
    case_studies: tuple[CaseStudyResult, ...]
    domains: tuple[DomainResult, ...]
    overall: OverallResult


def domain_result(
    edition: Edition, number: int, case_studies: Sequence[CaseStudyResult], choice: Choice | None = None
) -> DomainResult:
    """The result of one domain, from all its case studies and what a named person chose, if anybody did.

    - A domain has no total while a case study of it lacks a score.
    - "sum": the total of its one statement. "middle case study": of three services the middle total, whole.
    - Any other number has no published rule: none stands for the domain until a named person chooses.
    - Two or three with the middle total: the total is plain, but none gives the breakdown until a person
      chooses one of them. A choice can't overrule the middle of three.

    Source: EDS 2022 rating and score card. Raises KeyError for a domain that the edition does not have.
    """
    domain = edition.domain(number)
    if reason := _why_no_total(edition, domain, case_studies):
        return _unnamed(number, None, _full(edition, domain), reason)
    if len(case_studies) == 1:
        return _standing(number, case_studies[0], "the only case study")
    if domain.aggregation == MIDDLE_CASE_STUDY and _has_middle(case_studies):
        return _middle(number, case_studies, choice)
    chosen = _chosen(case_studies, choice)
    if chosen is None:
        reason = f"{len(case_studies)} case studies: nobody has chosen the one that stands for the domain"
        return _unnamed(number, None, _full(edition, domain), reason)
    return _standing(number, chosen, _chosen_words(choice), chosen=True)


def _why_no_total(edition: Edition, domain: Domain, case_studies: Sequence[CaseStudyResult]) -> str:
    if not edition.has_points:
        return f"{edition.name} has no points"
    if domain.aggregation == NO_AGGREGATION:
        return f"{edition.name} has no total for this domain"
    if not case_studies:
        return "not scored: no case study"
    complete = [result for result in case_studies if result.total.is_complete and result.total.scored]
    if len(complete) < len(case_studies):
        return f"not scored: {len(complete)} of {len(case_studies)} case studies scored"
    return ""


def _has_middle(case_studies: Sequence[CaseStudyResult]) -> bool:
    """EDS 2022 prescribes three services; totals out of different points can't be put in order."""
    return len(case_studies) == 3 and len({result.total.out_of for result in case_studies}) == 1


def _middle(number: int, case_studies: Sequence[CaseStudyResult], choice: Choice | None) -> DomainResult:
    middle = sorted(result.total.points for result in case_studies)[1]
    tied = [result for result in case_studies if result.total.points == middle]
    if len(tied) == 1:
        return _standing(number, tied[0], "middle of 3")
    chosen = _chosen(tied, choice)
    if chosen is not None:
        return _standing(number, chosen, f"tie for the middle of 3, {_chosen_words(choice)}", chosen=True)
    *first, last = [str(result.number) for result in tied]
    who = f"{', '.join(first)} and {last} {'both' if len(tied) == 2 else 'all'}"
    reason = f"tie for the middle: case studies {who} have {tied[0].total.words}"
    return _unnamed(number, middle, tied[0].total.out_of, reason)


def _chosen(case_studies: Sequence[CaseStudyResult], choice: Choice | None) -> CaseStudyResult | None:
    return next((result for result in case_studies if choice and result.number == choice.case_study), None)


def _chosen_words(choice: Choice) -> str:
    return f"chosen by {choice.chosen_by} because {choice.reason.rstrip('. ')}"


def _standing(number: int, result: CaseStudyResult, reason: str, *, chosen: bool = False) -> DomainResult:
    return DomainResult(
        number=number,
        total=result.total.points,
        out_of=result.total.out_of,
        case_study=result.number,
        reason=reason,
        explanation=f"{result.title}, {reason}" if chosen else f"{reason}: {result.title}",
    )


def _full(edition: Edition, domain: Domain) -> int | None:
    is_added_up = edition.has_points and domain.aggregation != NO_AGGREGATION
    return edition.highest * len(domain.outcomes) if is_added_up else None


def _unnamed(number: int, total: Points | None, out_of: int | None, reason: str) -> DomainResult:
    return DomainResult(
        number=number, total=total, out_of=out_of, case_study=None, reason=reason, explanation=reason
    )


def overall_result(edition: Edition, domains: Sequence[DomainResult]) -> OverallResult:
    """Total and rating over all domains of the edition, only when every outcome of all of them is scored.

    Source: EDS 2022 rating and score card (0-7 Undeveloped, 8-21 Developing, 22-32 Achieving, 33 Excelling).
    """
    if not edition.has_points:
        return _not_rated(None, None, f"{edition.name} has no points")
    if any(domain.aggregation == NO_AGGREGATION for domain in edition.domains):
        return _not_rated(None, None, f"{edition.name} has no overall total")
    full = sum(_full(edition, domain) for domain in edition.domains)
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
    case_studies = tuple(_case_study_result(edition, case_study) for case_study in content.case_studies)
    told = {
        d.number: [result for result in case_studies if result.domain == d.number] for d in edition.domains
    }
    domains = tuple(domain_result(edition, number, told[number], choices.get(number)) for number in told)
    return Results(case_studies=case_studies, domains=domains, overall=overall_result(edition, domains))


def _case_study_result(edition: Edition, told: CaseStudy) -> CaseStudyResult:
    codes = edition.domain(told.domain).codes
    total = case_study_total(codes, told.scores, edition.highest if edition.has_points else None)
    return CaseStudyResult(number=told.number, domain=told.domain, title=told.title, total=total)
