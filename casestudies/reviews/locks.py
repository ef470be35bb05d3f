"""The stage of a review, looked at again inside a write: a page may have been opened before the review moved on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied

from casestudies.models import CaseStudy, Review
from eds.policy import RULES
from eds.stages import NAMES

_AT_ANY_STAGE = ContextVar("at_any_stage", default=False)


class MovedOn(PermissionDenied):
    """The review has moved to a stage at which this can't be done; the sentence says so. A page of it answers 403."""


@contextmanager
def at_any_stage() -> Iterator[None]:
    """Inside, actions write whatever the stage: to store an imported report, or to put things in place for a test."""
    token = _AT_ANY_STAGE.set(True)
    try:
        yield
    finally:
        _AT_ANY_STAGE.reset(token)


def lock_for(
    action: str, *, review: Review | int | None = None, case_study: CaseStudy | int | None = None
) -> Review:
    """Lock the review, so that its stage stays until the transaction ends; every write begins with it.

    Gives the review as it is now. Raises MovedOn where the policy allows the action to nobody at its stage.
    """
    rows = Review.objects.select_for_update(of=("self",)).select_related("organisation__ics")
    locked = rows.get(pk=_pk(review)) if review is not None else rows.get(case_studies=_pk(case_study))
    require_stage(action, locked.stage)
    return locked


def require_stage(action: str, stage: str) -> None:
    """Raise MovedOn where the policy allows the action to nobody at this stage."""
    if stage in RULES[action].stages or _AT_ANY_STAGE.get():
        return
    raise MovedOn(
        f"The review is at the stage “{NAMES[stage]}” now, so we did not save your change. "
        "Ask its equality lead for help."
    )


def _pk(row) -> int:
    return getattr(row, "pk", row)
