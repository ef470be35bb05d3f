"""E-mails to owners of recommendations: each leaves a row, and is sent after commit."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from eds import stages
from scoring.models import OwnerMessage, Recommendation
from scoring.owner_mail import deliver_to_owner

BETWEEN = {OwnerMessage.Kind.REMINDER: timedelta(days=7), OwnerMessage.Kind.REQUEST: timedelta(days=1)}
ON_ITS_WAY = timedelta(minutes=10)  # a message that somebody else sends at this moment


class NotPossible(Exception):
    """It can't be done; the sentence says why and what to do."""


@transaction.atomic
def write_to_owner(*, recommendation: Recommendation, kind: str, site: str, asked_by=None) -> OwnerMessage:
    """Ask the owner how it stands. `site` is the portal's own address, such as "https://eds.example.nhs.uk".

    Raises NotPossible where there is no address, or where the same went there lately: at most one reminder goes out in
    a week, and one request in a day.
    """
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if not row.owner_email:
        raise NotPossible("There is no e-mail address of the owner. Add one first.")
    if _wrote_lately(row, kind, row.owner_messages.all()):
        raise NotPossible("The owner was written to lately. Give them time to answer.")
    message = OwnerMessage.objects.create(
        recommendation=row, kind=kind, address=row.owner_email, asked_by=asked_by
    )
    transaction.on_commit(partial(deliver_to_owner, message.pk, site))
    return message


def reminders_due() -> list[Recommendation]:
    """Overdue recommendations of agreed reviews whose owner has an address and had no reminder in the last week."""
    agreed = (stages.APPROVAL, stages.PUBLISHED)
    rows = Recommendation.objects.filter(theme__review__stage__in=agreed).exclude(owner_email="")
    kind = OwnerMessage.Kind.REMINDER
    return [
        row
        for row in rows.prefetch_related("owner_messages").order_by("pk")
        if row.is_overdue and not _wrote_lately(row, kind, row.owner_messages.all())
    ]


def _wrote_lately(row: Recommendation, kind: str, messages: Iterable[OwnerMessage]) -> bool:
    """To the same address; one that could not be sent does not count."""
    now = timezone.now()
    return any(
        message.kind == kind
        and message.address == row.owner_email
        and (
            message.sent_at > now - BETWEEN[kind] if message.sent_at else message.asked_at > now - ON_ITS_WAY
        )
        for message in messages
    )
