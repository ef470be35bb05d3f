"""The outbox: every e-mail is stored with the change that causes it, and goes out once that is stored.

An e-mail is claimed before it is sent, in a transaction of its own. So two processes never send one twice, and one that
was claimed when the portal stopped is not sent again: it may have gone. One that the server for e-mail refused waits
for `manage.py send_emails`.
"""

import logging
from smtplib import SMTPException

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from edsportal.accounts.models import OutgoingEmail

logger = logging.getLogger(__name__)
MOST_TRIES = 10


def put_in_outbox(
    *, template: str, subject: str, text: str, html: str, to: str, row: Model | None = None
) -> OutgoingEmail:
    """Store an e-mail in the transaction of the change; the `sent_at` of `row`, if there is one, says when it went."""
    email = OutgoingEmail.objects.create(
        template=template,
        subject=subject,
        text=text,
        html=html,
        to=to,
        of_kind=row._meta.label_lower if row is not None else "",
        of_row=row.pk if row is not None else None,
    )
    transaction.on_commit(lambda: send(email.pk))
    return email


def withdraw(rows: QuerySet) -> None:
    """Send nothing more of these rows' e-mails that wait: another is written in their place."""
    waits = OutgoingEmail.objects.filter(sent_at=None, claimed_at=None, of_kind=rows.model._meta.label_lower)
    waits.filter(of_row__in=list(rows.values_list("pk", flat=True))).delete()


def waiting() -> list[int]:
    """The keys of the e-mails that can be tried now, oldest first."""
    rows = OutgoingEmail.objects.filter(sent_at=None, claimed_at=None, tries__lt=MOST_TRIES)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def send(pk: int) -> bool:
    """Send one e-mail, unless it is sent or claimed; True where this call sent it. One that can't be sent is logged."""
    email = _claim(pk)
    if email is None:
        return False
    try:
        _message(email).send()
    except (SMTPException, OSError) as failed:
        logger.exception("An e-mail could not be sent: %s", email.template)
        OutgoingEmail.objects.filter(pk=pk).update(claimed_at=None, failure=type(failed).__name__)
        return False
    _mark_sent(email)
    return True


def _claim(pk: int) -> OutgoingEmail | None:
    """The e-mail, for this process alone; None where it is sent, or another has it."""
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        rows = OutgoingEmail.objects.select_for_update(skip_locked=skip)
        email = rows.filter(pk=pk, sent_at=None, claimed_at=None).first()
        if email is not None:
            email.claimed_at, email.tries = timezone.now(), email.tries + 1
            email.save(update_fields=["claimed_at", "tries"])
    return email


def _message(email: OutgoingEmail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=email.subject, body=email.text, from_email=settings.DEFAULT_FROM_EMAIL, to=[email.to]
    )
    message.attach_alternative(email.html, "text/html")
    return message


@transaction.atomic
def _mark_sent(email: OutgoingEmail) -> None:
    """What it said is not kept: it may hold a link that lets somebody in."""
    now = timezone.now()
    OutgoingEmail.objects.filter(pk=email.pk).update(sent_at=now, text="", html="", failure="")
    if email.of_kind:
        apps.get_model(email.of_kind).objects.filter(pk=email.of_row).update(sent_at=now)
