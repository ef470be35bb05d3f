"""The one place where a review changes its stage, and where a report is published."""

import hashlib
from datetime import date

from django.db import transaction

from casestudies import stages
from casestudies.editions import edition_to_dict
from casestudies.models import Review, StageMove
from scoring.models import Publication
from scoring.readiness import Missing, missing_before
from scoring.report.from_rows import report_content
from scoring.report.json_form import to_json


class MoveRefused(Exception):
    """The review can't move there now; `missing` says what must be done first."""

    def __init__(self, message: str, missing: list[Missing] | None = None):
        super().__init__(message)
        self.missing = missing or []


@transaction.atomic
def move_review(*, review: Review, to: str, moved_by, note: str = "") -> StageMove:
    """Move the review to another stage; moving it to published makes a publication.

    Raises MoveRefused, changing nothing, where the move is not one of `stages.MOVES` or something is missing.
    """
    locked = (
        Review.objects.select_for_update(of=("self",)).select_related("organisation__ics").get(pk=review.pk)
    )
    if to not in stages.MOVES[locked.stage]:
        raise MoveRefused(f"The review is at the stage “{locked.stage_name}” and can't move there.")
    missing = missing_before(locked, to)
    if missing:
        raise MoveRefused(_refusal(locked, to, missing), missing)
    move = StageMove.objects.create(
        review=locked, from_stage=locked.stage, to_stage=to, note=note, moved_by=moved_by
    )
    locked.stage = to
    locked.save(update_fields=["stage"])
    if to == stages.PUBLISHED:
        _publish(review=locked, published_by=moved_by)
    review.stage = to
    return move


def _refusal(review: Review, to: str, missing: list[Missing]) -> str:
    """On the way on, the page lists what is missing; on the way back there is one thing to say."""
    forward = stages.is_forward(current=review.stage, target=to)
    return "Something is still missing. It is listed above." if forward else missing[0].text


def _publish(*, review: Review, published_by) -> Publication:
    content = report_content(review)
    text = to_json(content)
    return Publication.objects.create(
        review=review,
        number=review.publications.count() + 1,
        content=text,
        edition=edition_to_dict(content.edition),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_by=published_by,
    )


@transaction.atomic
def set_closing_date(*, review: Review, day: date | None) -> None:
    """Say by when the panel scores; None takes the date away."""
    Review.objects.filter(pk=review.pk).update(scoring_closes_on=day)
    review.scoring_closes_on = day
