"""The doors: each fetches one thing that this person may know of, or answers 404."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from casestudies.models import CaseStudy, Review
from casestudies.reviews import rules
from casestudies.reviews.roles import Standing
from scoring.models import Recommendation


def review_door(request: HttpRequest, organisation: str, year: str) -> tuple[Review, Standing]:
    """The review at this address, and what the person is in it."""
    reviews = Review.objects.visible_to(request.user).select_related("organisation__ics", "framework")
    review = get_object_or_404(reviews, organisation__slug=organisation, year=year)
    return review, Standing(request.user, review)


def case_study_door(
    request: HttpRequest, organisation: str, year: str, number: int
) -> tuple[CaseStudy, Standing]:
    """The case study at this address, with its review, and what the person is in it."""
    rows = CaseStudy.objects.visible_to(request.user).select_related(
        "review__organisation", "domain__framework"
    )
    row = get_object_or_404(rows, review__organisation__slug=organisation, review__year=year, number=number)
    return row, Standing(request.user, row.review)


def recommendation_door(
    request: HttpRequest, organisation: str, year: str, pk: int
) -> tuple[Recommendation, Standing]:
    """One recommendation of the review at this address. 403 with the reason while they may not see any."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_recommendations(standing, review))
    rows = Recommendation.objects.visible_to(request.user)
    rows = rows.select_related("equality_objective", "theme__review__organisation")
    return get_object_or_404(rows, theme__review=review, pk=pk), standing


# The stage of a review, looked at again inside a write: a page may have been opened before the review moved on.


class MovedOn(PermissionDenied):
    """The review has moved to a stage at which this can't be done; the sentence says so. A page of it answers 403."""


def lock_at(*stages: str, **which: int) -> Review:
    """Lock a review, so that its stage stays until the transaction ends: `pk`, or `case_studies` with the id of one.

    Lock it before anything of the review. Raises MovedOn where it is at none of these stages.
    """
    review = Review.objects.select_for_update(of=("self",)).get(**which)
    if review.stage not in stages:
        raise MovedOn(
            f"The review is at the stage “{review.stage_name}” by now, so nothing was stored. "
            "Its equality lead can tell you more."
        )
    return review
