"""Starting a review, and taking case studies out of one."""

from django.db import transaction

from casestudies.actions.reviews import note_change
from casestudies.models import CaseStudy, Framework, Organisation, Review
from casestudies.reviews.actions import number_by_domain
from scoring.models import PreviousAction, Recommendation

KEPT = ("board_sponsor", "eds_lead", "level", "partners")  # what mostly stays from year to year


class NotPossible(Exception):
    """It can't be done; the sentence says why and what to do."""


@transaction.atomic
def start_review(
    *, organisation: Organisation, framework: Framework, year: str, title: str, started_by
) -> Review:
    """Start a review for a year. What its header says stays from the year before, and that year's recommendations
    become the actions that its report tells of. Raises IntegrityError where the year has a review already."""
    before = organisation.reviews.filter(year__lt=year).order_by("-year").first()
    header = {name: getattr(before, name) for name in KEPT} if before else {}
    review = Review.objects.create(
        organisation=organisation, framework=framework, year=year, title=title, **header
    )
    if before:
        _carry_recommendations(before, review)
    note_change(review=review, what=f"Started the review of {year}", changed_by=started_by)
    return review


def _carry_recommendations(before: Review, review: Review) -> None:
    rows = Recommendation.objects.filter(theme__review=before).select_related("equality_objective")
    PreviousAction.objects.bulk_create(
        PreviousAction(
            review=review,
            position=position,
            action=row.action,
            objective=row.objective_words,
            status=row.status,
            recommendation=row,
        )
        for position, row in enumerate(rows.order_by("theme__position", "position"), start=1)
    )


@transaction.atomic
def remove_case_study(*, case_study: CaseStudy, removed_by) -> None:
    """Take a case study out of its review. Raises NotPossible once anybody scored it."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=case_study.review_id)
    scored = case_study.sheets.exists() or case_study.agreed_scores.exists()
    if scored or case_study.versions.filter(scores__isnull=False).exists():
        raise NotPossible("The panel has begun to score this case study, so it stays in the review.")
    if shared := case_study.shares.accepted().select_related("organisation").first():
        raise NotPossible(
            f"It stands in the report of {shared.organisation} too. Take it back from there first."
        )
    title = case_study.title
    case_study.delete()
    number_by_domain(review)
    note_change(review=review, what=f"Removed case study “{title}”", changed_by=removed_by)
