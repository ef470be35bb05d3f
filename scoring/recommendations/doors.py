"""The door to one recommendation."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from casestudies.reviews.doors import review_door
from casestudies.reviews.roles import Standing
from scoring.models import Recommendation


def recommendation_door(
    request: HttpRequest, organisation: str, year: str, pk: int
) -> tuple[Recommendation, Standing]:
    """One recommendation of the review at this address. 403 with the reason while they may not see any."""
    review, standing = review_door(request, organisation, year)
    standing.require("see_recommendations")
    rows = Recommendation.objects.visible_to(request.user)
    rows = rows.select_related("equality_objective", "theme__review__organisation")
    return get_object_or_404(rows, theme__review=review, pk=pk), standing
