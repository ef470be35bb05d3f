"""Writes of the messages about a review: which are switched off, and where an overdue action is escalated to."""

from collections.abc import Collection

from django.db import transaction

from casestudies.models import Review, SwitchedOffMessage
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from eds.messages import MESSAGES


@transaction.atomic
def change_messages(
    *, review: Review, switched_off: Collection[str], board_sponsor_email: str, changed_by
) -> None:
    """Switch off these kinds of messages and no others; nobody gets them until they are switched on again."""
    locked = lock_for("manage_messages", review=review)
    before = set(locked.switched_off_messages.values_list("kind", flat=True))
    for kind in sorted(set(switched_off) - before):
        SwitchedOffMessage.objects.create(review=locked, kind=kind)
        note_change(
            review=locked, what=f"Switched off the message: {MESSAGES[kind].title}", changed_by=changed_by
        )
    for row in locked.switched_off_messages.exclude(kind__in=switched_off):
        row.delete()
        note_change(review=locked, what=f"Switched on the message: {row}", changed_by=changed_by)
    if locked.board_sponsor_email != board_sponsor_email:
        locked.board_sponsor_email = board_sponsor_email
        locked.save(update_fields=["board_sponsor_email"])
        note_change(
            review=locked, what="Changed the e-mail address of the board sponsor", changed_by=changed_by
        )
