"""E-mails to owners of recommendations: each leaves a row, and is sent after commit."""

from collections.abc import Iterable
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from casestudies.messages import sending
from casestudies.reviews.locks import lock_for
from eds import policy, stages
from eds.equality_duty import last_day
from eds.messages import MESSAGES
from eds.policy.rule import LEAD
from edsportal.accounts.models import User
from edsportal.accounts.outbox import withdraw
from edsportal.web.addresses import url_of
from edsportal.web.refusals import NotPossible
from scoring.models import OwnerMessage, Recommendation

A_WEEK = timedelta(days=7)
BETWEEN = {OwnerMessage.Kind.REMINDER: A_WEEK, OwnerMessage.Kind.REQUEST: timedelta(days=1)}
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
    review = row.theme.review
    if not sending.is_on(KINDS[kind], review):
        title = MESSAGES[KINDS[kind]].title
        raise NotPossible(f"The message “{title}” is switched off. Switch it on, then send it again.")
    withdraw(row.owner_messages.filter(kind=kind, sent_at=None))
    message = _message(row, kind, asked_by)
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


def tell_owners(rows: Iterable[Recommendation], named_by) -> None:
    """Tell the owners of recommendations of a published report that they own them, each once."""
    rows = list(rows)
    if not rows or not sending.is_on("owner_named", rows[0].theme.review):
        return
    for row in rows:
        told = row.owner_messages.filter(kind=OwnerMessage.Kind.NAMED, address=row.owner_email)
        if row.owner_email and row.is_open and not told.exists():
            _email(row, _message(row, OwnerMessage.Kind.NAMED, named_by))


def escalations_due() -> list[Recommendation]:
    """Overdue ones of published reports whose owner was reminded twice, the second time a week ago or earlier.

    Those of reviews for which the equality lead gave an address for the board sponsor; each once for that address.
    """
    rows = Recommendation.objects.filter(theme__review__stage=stages.PUBLISHED).exclude(owner_email="")
    rows = rows.exclude(theme__review__board_sponsor_email="").select_related("theme__review__organisation")
    return [row for row in rows.prefetch_related("owner_messages").order_by("pk") if _is_to_be_escalated(row)]


def _is_to_be_escalated(row: Recommendation) -> bool:
    if not row.is_overdue or not row.theme.review.board_sponsor_email:
        return False
    since, messages = last_day(row.due), list(row.owner_messages.all())
    reminders = sorted(
        each.sent_at
        for each in messages
        if each.kind == OwnerMessage.Kind.REMINDER
        and each.sent_at
        and timezone.localdate(each.sent_at) > since
    )
    is_told = any(
        each.kind == OwnerMessage.Kind.ESCALATION
        and each.address == row.theme.review.board_sponsor_email
        and timezone.localdate(each.asked_at) > since
        for each in messages
    )
    return len(reminders) >= 2 and reminders[1] <= timezone.now() - A_WEEK and not is_told


@transaction.atomic
def escalate(*, recommendation: Recommendation, site: str) -> OwnerMessage | None:
    """Write about an overdue action to the board sponsor; None where somebody did at the same moment."""
    review = lock_for("write_to_owner", review=recommendation.theme.review_id)
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if not sending.is_on("escalated", review) or not _is_to_be_escalated(row):
        return None
    message = OwnerMessage.objects.create(
        recommendation=row, kind=OwnerMessage.Kind.ESCALATION, address=review.board_sponsor_email
    )
    to = [sending.recipient_at(message.address, review.board_sponsor)]
    sending.tell("escalated", review, to, url_of(review, "report"), _about(row), row=message, site=site)
    return message


# E-mails to owners of recommendations. They say what is to be done, and nothing else of a review.

KINDS = {
    OwnerMessage.Kind.REMINDER: "overdue",
    OwnerMessage.Kind.REQUEST: "owner_asked",
    OwnerMessage.Kind.NAMED: "owner_named",
}
ACCESS = "The link is only for you and works for {days} days. You do not need an account."


def _message(row: Recommendation, kind: str, asked_by) -> OwnerMessage:
    return OwnerMessage.objects.create(
        recommendation=row, kind=kind, address=row.owner_email, asked_by=asked_by
    )


def _about(row: Recommendation) -> dict[str, str]:
    due = f"It {'was' if row.is_overdue else 'is'} due by {row.due_words}." if row.due else ""
    return {"action": row.action, "due": due}


def _email(row: Recommendation, message: OwnerMessage, site: str = "") -> None:
    has_account = _has_account(message.address)
    values = _about(row) | {
        "sender": message.asked_by.name if message.asked_by else "",
        "access": "" if has_account else ACCESS.format(days=DAYS),
    }
    link = _own_page(row) if has_account else reverse("owner_link", args=[token_for(row)])
    to = [sending.recipient_at(message.address, row.owner)]
    sending.tell(KINDS[message.kind], row.theme.review, to, link, values, row=message, site=site)


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
