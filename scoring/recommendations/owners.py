"""E-mails to owners of recommendations: each leaves a row, and is sent after commit."""

from collections.abc import Iterable
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from casestudies.reviews.locks import lock_for
from eds import policy
from eds.policy.rule import LEAD
from edsportal.accounts import mail
from edsportal.accounts.models import User
from edsportal.accounts.outbox import withdraw
from edsportal.web.refusals import NotPossible
from scoring.models import OwnerMessage, Recommendation

BETWEEN = {OwnerMessage.Kind.REMINDER: timedelta(days=7), OwnerMessage.Kind.REQUEST: timedelta(days=1)}
ON_ITS_WAY = timedelta(minutes=10)  # a message that somebody else sends at this moment


@transaction.atomic
def write_to_owner(*, recommendation: Recommendation, kind: str, site: str, asked_by=None) -> OwnerMessage:
    """Ask the owner for an update. `site` is the portal's own address, such as "https://eds.example.nhs.uk".

    Raises NotPossible where there is no address, or where the same went there lately: at most one reminder goes out in
    a week, and one request in a day.
    """
    lock_for("write_to_owner", review=recommendation.theme.review_id)
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if not row.owner_email:
        raise NotPossible("You have not added an e-mail address for the owner.")
    if _wrote_lately(row, kind, row.owner_messages.all()):
        raise NotPossible("The owner was e-mailed recently. Give them time to reply.")
    withdraw(row.owner_messages.filter(kind=kind, sent_at=None))
    message = OwnerMessage.objects.create(
        recommendation=row, kind=kind, address=row.owner_email, asked_by=asked_by
    )
    _email(row, message, site)
    return message


def reminders_due() -> list[Recommendation]:
    """Overdue recommendations of agreed reviews whose owner has an address and had no reminder in the last week."""
    agreed = policy.RULES["write_to_owner"].may[LEAD]
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


# E-mails to owners of recommendations. They say what is to be done, and nothing else of a review.

SUBJECTS = {
    OwnerMessage.Kind.REMINDER: "Overdue: an action of {organisation} that you own",
    OwnerMessage.Kind.REQUEST: "Please update an action of {organisation} that you own",
}


def _email(row: Recommendation, message: OwnerMessage, site: str) -> None:
    organisation = row.theme.review.organisation
    has_account = _has_account(message.address)
    words = {
        "row": row,
        "organisation": organisation,
        "sender": message.asked_by,
        "link": site + (_own_page(row) if has_account else reverse("owner_link", args=[token_for(row)])),
        "days": None if has_account else DAYS,
    }
    mail.send_after_commit(
        template="scoring/recommendations/email/owner",
        subject=SUBJECTS[message.kind].format(organisation=organisation),
        to=message.address,
        words=words,
        row=message,
    )


def _own_page(row: Recommendation) -> str:
    return reverse("owned_recommendation", args=[row.pk])


def _has_account(email: str) -> bool:
    """Who has signed in before signs in again, and the link holds no secret."""
    return User.objects.filter(email=email, is_active=True, last_login__isnull=False).exists()


# The link by which the owner of a recommendation says how it stands, without an account.
#
# It is signed, works for some days, opens one recommendation alone, and ends when the owner or their address changes.

SALT = "scoring.recommendations.owners"
DAYS = 30


def token_for(recommendation: Recommendation) -> str:
    """The secret part of the link for its owner as named now."""
    return signing.dumps([recommendation.pk, _state(recommendation)], salt=SALT)


def recommendation_of(token: str) -> Recommendation | None:
    """The recommendation whose link this is, or None where the link is not whole, too old or over."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    row = Recommendation.objects.filter(pk=pk).first()
    if row is None or not constant_time_compare(state, _state(row)):
        return None
    return Recommendation.objects.owned_by(row.owner_email).filter(pk=pk).first()


def _state(row: Recommendation) -> str:
    since = row.owner_since.isoformat() if row.owner_since else ""
    return salted_hmac(SALT, f"{row.pk}|{row.owner}|{row.owner_email}|{since}").hexdigest()[:20]
