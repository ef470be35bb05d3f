"""The stage of a review, looked at again inside a write: a page may have been opened before the review moved on."""

from django.core.exceptions import PermissionDenied

from casestudies.models import Review


class MovedOn(PermissionDenied):
    """The review has moved to a stage at which this can't be done; the sentence says so. A page of it answers 403."""


def lock_at(*stages: str, **which: int) -> Review:
    """Lock a review, so that its stage stays until the transaction ends: `pk`, or `case_studies` with the id of one.

    Lock it before anything of the review. Raises MovedOn where it is at none of these stages.
    """
    review = Review.objects.select_for_update(of=("self",)).get(**which)
    if review.stage not in stages:
        raise MovedOn(
            f"The review is at the stage “{review.stage_name}” now, so we did not save your change. "
            "Ask its equality lead for help."
        )
    return review
