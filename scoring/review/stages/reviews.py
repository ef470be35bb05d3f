"""The one place where a review changes its stage, and where a report is published.

That of its case studies changes in case_studies.py.
"""

from django.db import transaction

from casestudies.models import Review, StageMove
from eds import stages
from eds.content import ReportContent
from edsportal.audit.chain import head_text
from edsportal.web.refusals import NotPossible
from reports.writing.pdf.report import PDFUnavailableError
from scoring.publishing.actions import MadeFile, make_files, publish
from scoring.publishing.telling import tell_that_published
from scoring.review.content import report_content
from scoring.review.readiness import Missing, missing_before


class MoveRefused(NotPossible):
    """The review can't move there now; `missing` says what must be done first."""

    def __init__(self, message: str, missing: list[Missing] | None = None):
        super().__init__(message)
        self.missing = missing or []


def move_review(*, review: Review, to: str, moved_by, note: str = "") -> StageMove:
    """Move the review to another stage; moving it to published makes all files and a publication at once.

    Raises MoveRefused, changing nothing, where the move is not one of `stages.REVIEW_MOVES`, something is missing, or a
    file of the publication can't be made.
    """
    if to == stages.PUBLISHED:
        head = head_text()
        content, files = _made_for(review, head)
        return move_with_files(
            review=review, content=content, files=files, moved_by=moved_by, note=note, audit_head=head
        )
    with transaction.atomic():
        locked = _locked(review)
        require_move(locked, to)
        move = _move(locked, to, moved_by, note)
    review.stage = to
    return move


def move_with_files(
    *,
    review: Review,
    content: ReportContent,
    files: list[MadeFile],
    moved_by,
    note: str = "",
    audit_head: str = "",
) -> StageMove:
    """Publish the report as it was when the files were made, which print this head of the audit log.

    Raises MoveRefused where it says something else now."""
    with transaction.atomic():
        locked = _locked(review)
        if report_content(locked) != content:
            raise MoveRefused(
                "Someone changed the report while we were creating its files. Publish it again."
            )
        require_move(locked, stages.PUBLISHED)
        move = _move(locked, stages.PUBLISHED, moved_by, note)
        publication = publish(
            review=locked,
            content=content,
            files=files,
            published_by=moved_by,
            note=note,
            audit_head=audit_head,
        )
        tell_that_published(publication)
    review.stage = stages.PUBLISHED
    return move


def _move(locked: Review, to: str, moved_by, note: str) -> StageMove:
    move = StageMove.objects.create(
        review=locked, from_stage=locked.stage, to_stage=to, note=note, moved_by=moved_by
    )
    locked.stage = to
    locked.save(update_fields=["stage"])
    return move


def _made_for(review: Review, audit_head: str) -> tuple[ReportContent, list[MadeFile]]:
    """What will be published, and its files; made before the review is locked, for it takes seconds."""
    fresh = Review.objects.select_related("organisation__ics").get(pk=review.pk)
    require_move(fresh, stages.PUBLISHED)
    content = report_content(fresh)
    try:
        return content, make_files(content, audit_head)
    except PDFUnavailableError as unavailable:
        raise MoveRefused(f"Nothing was published. {unavailable}") from unavailable


def _locked(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",)).select_related("organisation__ics")
    return rows.get(pk=review.pk)


def require_move(review: Review, to: str) -> None:
    """Raises MoveRefused where the review can't move there now."""
    if to not in stages.REVIEW_MOVES[review.stage]:
        raise MoveRefused(f"The review is at the stage “{review.stage_name}” and can’t move there.")
    if missing := missing_before(review, to):
        raise MoveRefused(_refusal(review, to, missing), missing)


def _refusal(review: Review, to: str, missing: list[Missing]) -> str:
    """On the way on, the page lists what is missing; on the way back there is one thing to say."""
    forward = stages.is_forward(current=review.stage, target=to)
    return "Something is still missing. It is listed above." if forward else missing[0].text
