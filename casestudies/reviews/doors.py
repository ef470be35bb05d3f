"""The doors: each fetches one thing that this person may know of, or answers 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from casestudies.models import CaseStudy, Review
from casestudies.reviews.roles import Standing


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
