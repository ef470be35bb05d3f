"""What a domain comes to, which case study stands for it, and why. With no ORM; the rules are read from the edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from eds.content import Choice
from eds.edition import MIDDLE_CASE_STUDY, NO_AGGREGATION, Domain, Edition
from eds.totals.case_study import CaseStudyResult, Points, points_words


@dataclass(frozen=True, kw_only=True)
class DomainResult:
    """A domain's total, or None with the reason. `case_study` is the number of the one that stands for it.

    `reason` is for files ("middle of 3"), `explanation` for pages ("middle of 3: Women’s Health Hub").
    `out_of` is the domain's full number of points where there is no total.
    """

    number: int
    name: str  # "Domain 1", in EDS2 "Goal 1"
    total: Points | None
    out_of: int | None
    case_study: int | None
    reason: str
    explanation: str

    @property
    def words(self) -> str:
        """For example "5/12"; empty where there is no total."""
        return points_words(self.total, self.out_of)


def domain_result(
    edition: Edition,
    number: int,
    case_studies: Sequence[CaseStudyResult],
    choice: Choice | None = None,
    left_out: str = "",
) -> DomainResult:
    """The result of one domain, from all its case studies and what a named person chose, if anybody did.

    `left_out` is why it was not assessed, "" where it was.

    - A domain has no total while a case study of it lacks a score.
    - "sum": the total of its one statement. "middle case study": of three services the middle total, whole.
    - Any other number has no published rule: none stands for the domain until a named person chooses.
    - Two or three with the middle total: the total is plain, but none gives the breakdown until a person
      chooses one of them. A choice can't overrule the middle of three.

    Source: EDS 2022 rating and score card. Raises KeyError for a domain that the edition does not have.
    """
    domain = edition.domain(number)
    if left_out and not case_studies:
        reason = f"not assessed this year: {left_out.rstrip('. ')}"
        return _unnamed(domain, None, full_points(edition, domain), reason)
    if reason := _why_no_total(edition, domain, case_studies):
        return _unnamed(domain, None, full_points(edition, domain), reason)
    if len(case_studies) == 1:
        return _standing(domain, case_studies[0], "the only case study")
    if _has_middle(domain, case_studies):
        return _middle(domain, case_studies, choice)
    chosen = _chosen(case_studies, choice)
    if chosen is None:
        noun = domain.noun.lower()
        reason = f"{len(case_studies)} case studies: no one has chosen the one used for the {noun} score"
        return _unnamed(domain, None, full_points(edition, domain), reason)
    return _standing(domain, chosen, _chosen_words(choice), chosen=True)


def candidates(
    edition: Edition, number: int, case_studies: Sequence[CaseStudyResult]
) -> tuple[CaseStudyResult, ...]:
    """The case studies of a domain among which a named person chooses the one that stands for it.

    Empty where there is nothing to choose: a score is missing, there is one case study, or a clear middle of three.
    Raises KeyError for a domain that the edition does not have.
    """
    domain = edition.domain(number)
    if _why_no_total(edition, domain, case_studies) or len(case_studies) == 1:
        return ()
    if not _has_middle(domain, case_studies):
        return tuple(case_studies)
    tied = _middle_ones(case_studies)
    return tied if len(tied) > 1 else ()


def _why_no_total(edition: Edition, domain: Domain, case_studies: Sequence[CaseStudyResult]) -> str:
    done = "scored" if edition.has_points else "graded"
    if not case_studies:
        return f"not {done}: no case study"
    complete = [result for result in case_studies if result.total.is_complete and result.total.scored]
    if len(complete) < len(case_studies):
        return f"not {done}: {len(complete)} of {len(case_studies)} case studies {done}"
    if not edition.has_points:
        return f"{done}: {edition.name} has no points"
    if domain.aggregation == NO_AGGREGATION:
        return f"{edition.name} has no total for this {domain.noun.lower()}"
    return ""


def _has_middle(domain: Domain, case_studies: Sequence[CaseStudyResult]) -> bool:
    """EDS 2022 prescribes three services; totals out of different points can't be put in order."""
    of_middle = domain.aggregation == MIDDLE_CASE_STUDY
    return of_middle and len(case_studies) == 3 and len({result.total.out_of for result in case_studies}) == 1


def _middle_ones(case_studies: Sequence[CaseStudyResult]) -> tuple[CaseStudyResult, ...]:
    """Of three, those that have the middle total: one, or those that tie for it."""
    middle = sorted(result.total.points for result in case_studies)[1]
    return tuple(result for result in case_studies if result.total.points == middle)


def _middle(domain: Domain, case_studies: Sequence[CaseStudyResult], choice: Choice | None) -> DomainResult:
    tied = _middle_ones(case_studies)
    if len(tied) == 1:
        return _standing(domain, tied[0], "middle of 3")
    chosen = _chosen(tied, choice)
    if chosen is not None:
        return _standing(domain, chosen, f"joint middle score; {_chosen_words(choice)}", chosen=True)
    *first, last = [str(result.number) for result in tied]
    who = f"{', '.join(first)} and {last} {'both' if len(tied) == 2 else 'all'}"
    reason = f"joint middle score: case studies {who} have {tied[0].total.words}"
    return _unnamed(domain, tied[0].total.points, tied[0].total.out_of, reason)


def _chosen(case_studies: Sequence[CaseStudyResult], choice: Choice | None) -> CaseStudyResult | None:
    return next((result for result in case_studies if choice and result.number == choice.case_study), None)


def _chosen_words(choice: Choice) -> str:
    return f"{choice.chosen_by} chose this case study because {choice.reason.rstrip('. ')}"


def _standing(domain: Domain, result: CaseStudyResult, reason: str, *, chosen: bool = False) -> DomainResult:
    return DomainResult(
        number=domain.number,
        name=domain.name,
        total=result.total.points,
        out_of=result.total.out_of,
        case_study=result.number,
        reason=reason,
        explanation=f"{result.title}: {reason}" if chosen else f"{reason}: {result.title}",
    )


def full_points(edition: Edition, domain: Domain) -> int | None:
    """The points of a domain with every outcome at the highest score; None where nothing is added up."""
    is_added_up = edition.has_points and domain.aggregation != NO_AGGREGATION
    return edition.highest * len(domain.outcomes) if is_added_up else None


def _unnamed(domain: Domain, total: Points | None, out_of: int | None, reason: str) -> DomainResult:
    return DomainResult(
        number=domain.number,
        name=domain.name,
        total=total,
        out_of=out_of,
        case_study=None,
        reason=reason,
        explanation=reason,
    )
