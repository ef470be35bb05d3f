"""Writes of which case study stands for a domain."""

import hashlib

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, Domain, Review
from eds import stages
from eds.totals import CaseStudyResult, candidates, results
from scoring.actions.at_stage import lock_at
from scoring.models import DomainChoice
from scoring.review.content import scored_content


class ChoiceRefused(Exception):
    """That case study can't be chosen for the domain; nothing was stored."""


class ChosenMeanwhile(Exception):
    """Somebody else recorded another choice since the page was opened; nothing was stored."""

    def __init__(self, choice: DomainChoice):
        super().__init__("Somebody recorded another choice meanwhile.")
        self.choice = choice


def candidates_of(review: Review, number: int) -> tuple[CaseStudyResult, ...]:
    """The case studies among which a person chooses for the domain of that number, as scores stand now."""
    content = scored_content(review)
    found = [result for result in results(content).case_studies if result.domain == number]
    return candidates(content.edition, number, found)


def mark_of(choice: DomainChoice | None) -> str:
    """A short mark that tells one choice from another; "" for none."""
    if choice is None:
        return ""
    said = f"{choice.case_study_id}\n{choice.chosen_by}\n{choice.reason}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@transaction.atomic
def choose_case_study(
    *, review: Review, domain: Domain, case_study: int, chosen_by: str, reason: str, seen: str, recorded_by
) -> DomainChoice:
    """Record that a named person chose a case study, by its number, to stand for the domain, and why.

    `seen` is the mark of the choice that the page showed. Raises ChoiceRefused where the rules settle it or a score is
    missing, ChosenMeanwhile where another choice stands there by now, MovedOn at another stage than agreeing scores.
    """
    lock_at(stages.MODERATION, pk=review.pk)
    if case_study not in {result.number for result in candidates_of(review, domain.number)}:
        raise ChoiceRefused("Scores changed meanwhile, so this case study can’t be chosen.")
    existing = DomainChoice.objects.filter(review=review, domain=domain).first()
    if mark_of(existing) != seen:
        raise ChosenMeanwhile(existing or DomainChoice(review=review, domain=domain))
    choice = existing or DomainChoice(review=review, domain=domain)
    choice.case_study = CaseStudy.objects.standing_in(review).get(place=case_study)
    choice.chosen_by, choice.reason = chosen_by, reason
    choice.chosen_at, choice.recorded_by = timezone.now(), recorded_by
    choice.save()
    return choice
