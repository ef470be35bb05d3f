"""Writes about what the checks found."""

from django.db import transaction

from casestudies.models import Review
from scoring.models import AcceptedWarning
from scoring.publishing.findings import Point


@transaction.atomic
def accept_warning(*, review: Review, point: Point, reason: str, accepted_by) -> AcceptedWarning:
    """Keep why a warning stays as it is; accepted already, the first reason stands.

    Raises ValueError for an error: those are mended.
    """
    if point.is_error:
        raise ValueError("An error can't be accepted.")
    row, _ = AcceptedWarning.objects.get_or_create(
        review=review,
        key=point.key,
        defaults={"message": point.finding.message, "reason": reason, "accepted_by": accepted_by},
    )
    return row
