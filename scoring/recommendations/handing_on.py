"""The actions that a review hands on to the next one, as that one tells them."""

from casestudies.models import Review
from eds.equality_duty import CLOSED
from scoring.models import PreviousAction, Recommendation


def actions_of(before: Review) -> list[PreviousAction]:
    """All that it recommends, and those of earlier years that are still open; not stored yet."""
    rows = Recommendation.objects.filter(theme__review=before).select_related("equality_objective")
    own = [_handed_on(row) for row in rows.order_by("theme__position", "position")]
    earlier = before.previous_actions.select_related("recommendation__equality_objective")
    still_open = [row for row in earlier if is_open(row)]
    return own + [
        _handed_on(row.recommendation)
        if row.recommendation
        else PreviousAction(action=row.action, objective=row.objective, status=row.status)
        for row in still_open
    ]


def is_open(row: PreviousAction) -> bool:
    return row.status_now not in ("", *CLOSED)


def _handed_on(row: Recommendation) -> PreviousAction:
    return PreviousAction(
        action=row.action, objective=row.objective_words, status=row.status, recommendation=row
    )
