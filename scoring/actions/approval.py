"""Recording who approved a report for publication."""

from datetime import date

from django.db import transaction

from casestudies.actions.reviews import note_change
from casestudies.models import Review
from reports.writing.json_report import approved_sha256
from scoring.models import Approval
from scoring.review.content import report_content


@transaction.atomic
def record_approval(
    *, review: Review, approved_by: str, committee: str, approved_on: date, recorded_by
) -> Approval:
    """Keep who approved the report as it stands now. The header's date of authorisation becomes the same day."""
    locked = (
        Review.objects.select_for_update(of=("self",)).select_related("organisation__ics").get(pk=review.pk)
    )
    locked.authorised_on = review.authorised_on = approved_on
    locked.save(update_fields=["authorised_on"])
    row = Approval.objects.create(
        review=locked,
        approved_by=approved_by,
        committee=committee,
        approved_on=approved_on,
        sha256=approved_sha256(report_content(locked)),
        recorded_by=recorded_by,
    )
    note_change(
        review=locked, what=f"Recorded the approval by {approved_by}, {committee}", changed_by=recorded_by
    )
    return row
