"""E-mails to owners of recommendations. They say what is to be done, and nothing else of a review."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from edsportal.accounts import mail
from edsportal.accounts.models import User
from scoring.models import OwnerMessage, Recommendation
from scoring.owner_links import DAYS, token_for

logger = logging.getLogger(__name__)
SUBJECTS = {
    OwnerMessage.Kind.REMINDER: "Overdue: an action of {organisation} that you own",
    OwnerMessage.Kind.REQUEST: "How does it stand? An action of {organisation} that you own",
}


def deliver_to_owner(pk: int, site: str) -> None:
    """Send the message and note when. One that can't be sent is logged, and stays without a time."""
    rows = OwnerMessage.objects.select_related("recommendation__theme__review__organisation", "asked_by")
    message = rows.get(pk=pk)
    try:
        _email(message, site).send()
    except (SMTPException, OSError):
        logger.exception("An e-mail to the owner of a recommendation could not be sent.")
        return
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at"])


def _email(message: OwnerMessage, site: str) -> EmailMultiAlternatives:
    row = message.recommendation
    organisation = row.theme.review.organisation
    has_account = _has_account(message.address)
    words = {
        "row": row,
        "organisation": organisation,
        "sender": message.asked_by,
        "link": site + (_own_page(row) if has_account else reverse("owner_link", args=[token_for(row)])),
        "days": None if has_account else DAYS,
    }
    return mail.message(
        template="scoring/email/owner",
        subject=SUBJECTS[message.kind].format(organisation=organisation),
        to=message.address,
        words=words,
    )


def _own_page(row: Recommendation) -> str:
    return reverse("owned_recommendation", args=[row.pk])


def _has_account(email: str) -> bool:
    """Who has signed in before signs in again, and the link holds no secret."""
    return User.objects.filter(email=email, is_active=True, last_login__isnull=False).exists()
