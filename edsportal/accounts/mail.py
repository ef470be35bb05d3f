"""E-mails of the portal, each as plain text and HTML from two templates of one name."""

import logging
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from edsportal.accounts.invitations import DAYS, token_for

logger = logging.getLogger(__name__)


def send_after_commit(*, template: str, subject: str, to: str, words: dict, row: Model | None = None) -> None:
    """Write the e-mail of `template` (its .txt and .html) to one address; it goes out once the transaction is stored.

    One that can't be sent is logged. The `sent_at` of `row`, if there is one, says when it went.
    """
    words = {"site_name": settings.SITE_NAME, "days": DAYS} | words
    email = EmailMultiAlternatives(subject=subject, body=render_to_string(f"{template}.txt", words), to=[to])
    email.attach_alternative(render_to_string(f"{template}.html", words), "text/html")
    transaction.on_commit(partial(_send, email, template, row))


def _send(email: EmailMultiAlternatives, template: str, row: Model | None) -> None:
    try:
        email.send()
    except (SMTPException, OSError):
        logger.exception("An e-mail could not be sent: %s", template)
        return
    if row is not None:
        row.sent_at = timezone.now()
        row.save(update_fields=["sent_at"])


def way_in(user) -> str:
    """The address, without the site's own, by which somebody invited comes in."""
    return reverse("account_invitation", args=[token_for(user)])
