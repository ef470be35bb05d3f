"""The stages, looked at again inside a write: a page may have been opened before what it is about moved on."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied

from casestudies.models import CaseStudy, Review
from eds.policy import RULES
from eds.stages import CASE_STUDY, NAMES, REVIEW

_AT_ANY_STAGE = ContextVar("at_any_stage", default=False)


class MovedOn(PermissionDenied):
    """What it is about is at a stage at which this can't be done; the sentence says so. A page of it answers 403."""


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
    """Lock the review, so that its stage and those of its case studies stay until the transaction ends.

    Every write begins with it. Gives the review as it is now. Raises MovedOn where the policy allows the action to
    nobody at those stages; an action whose rule is of case studies needs `case_study`.
    """
    rows = Review.objects.select_for_update(of=("self",)).select_related("organisation__ics")
    locked = rows.get(pk=_pk(review)) if review is not None else rows.get(case_studies=_pk(case_study))
    rule = RULES[action]
    if rule.of == "case_study":  # read after the lock: another may have moved it while this one waited
        at = CaseStudy.objects.values_list("stage", flat=True).get(pk=_pk(case_study))
        here = {locked.stage, at}
    else:
        here = locked.all_stages() if rule.asks_case_studies else {locked.stage}
    require_stage(action, here)
    return locked


def require_stage(action: str, here: Collection[str]) -> None:
    """Raise MovedOn where the policy allows the action to nobody at these stages."""
    if RULES[action].is_open_at(here) or _AT_ANY_STAGE.get():
        return
    kind, what = (CASE_STUDY, "case study") if RULES[action].of == "case_study" else (REVIEW, "review")
    if REVIEW[0] not in here:
        kind, what = REVIEW, "review"
    (name,) = (NAMES[stage] for stage in kind if stage in here)
    raise MovedOn(
        f"The {what} is at the stage “{name}” now, so we did not save your change. "
        "Ask its equality lead for help."
    )


def _pk(row) -> int:
    return getattr(row, "pk", row)
