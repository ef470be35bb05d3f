"""The outbox: every e-mail is stored with the change that causes it, and goes out once that is stored.

An e-mail is claimed before it is sent, in a transaction of its own. So two processes never send one twice, and one that
was claimed when the portal stopped is not sent again: it may have gone. One that the server for e-mail refused waits
for `manage.py send_emails`. Some people get one e-mail a day: what is written to them waits for `gather`.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from edsportal.accounts.models import OutgoingEmail

logger = logging.getLogger(__name__)
MOST_TRIES = 10
DAILY = "account/email/daily"
ON_ITS_WAY = timedelta(minutes=10)  # an e-mail that is being sent at this moment


def put_in_outbox(
    *,
    template: str,
    subject: str,
    text: str,
    html: str,
    to: str,
    row: Model | None = None,
    of_review: int | None = None,
    once: str = "",
    is_daily: bool = False,
) -> OutgoingEmail | None:
    """Store an e-mail in the transaction of the change; the `sent_at` of `row`, if there is one, says when it went.

    None where the same, by `once`, was stored for that address before. One that `is_daily` waits for `gather`.
    """
    values = {
        "subject": subject[:300],
        "text": text,
        "html": html,
        "of_kind": row._meta.label_lower if row is not None else "",
        "of_row": row.pk if row is not None else None,
        "of_review": of_review,
        "is_daily": is_daily,
    }
    key = {"template": template, "to": to, "once": once}
    if once:
        email, is_new = OutgoingEmail.objects.get_or_create(**key, defaults=values)
        if not is_new:
            return None
    else:
        email = OutgoingEmail.objects.create(**key, **values)
    if not is_daily:
        transaction.on_commit(lambda: send(email.pk))
    return email


def withdraw(rows: QuerySet) -> None:
    """Send nothing more of these rows' e-mails that wait: another is written in their place."""
    waits = OutgoingEmail.objects.filter(sent_at=None, claimed_at=None, of_kind=rows.model._meta.label_lower)
    waits.filter(of_row__in=list(rows.values_list("pk", flat=True))).delete()


def waiting() -> list[int]:
    """The keys of the e-mails that can be tried now, oldest first."""
    rows = OutgoingEmail.objects.filter(sent_at=None, claimed_at=None, is_daily=False, tries__lt=MOST_TRIES)
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
    for each in (email, *email.parts.all()):
        OutgoingEmail.objects.filter(pk=each.pk).update(sent_at=now, text="", html="", failure="")
        if each.of_kind:
            apps.get_model(each.of_kind).objects.filter(pk=each.of_row).update(sent_at=now)


# One e-mail a day, for people who asked for that.


def gather() -> int:
    """Put what waits for people's e-mail of the day into one for each of them, and send it; gives how many people.

    Safe to repeat: a message is a part of one such e-mail, and nobody gets two on one day.
    """
    rows = OutgoingEmail.objects.filter(is_daily=True, part_of=None, sent_at=None)
    addresses = list(rows.order_by("to").values_list("to", flat=True).distinct())
    return sum(_gather_for(address) for address in addresses)


@transaction.atomic
def _gather_for(address: str) -> bool:
    rows = OutgoingEmail.objects.select_for_update().filter(
        to=address, is_daily=True, part_of=None, sent_at=None
    )
    parts = list(rows.order_by("pk"))
    if not parts:
        return False
    page = {
        "site_name": settings.SITE_NAME,
        "parts": [(part.subject, part.text, _inside(part.html)) for part in parts],
    }
    one = put_in_outbox(
        template=DAILY,
        once=timezone.localdate().isoformat(),
        subject=f"{settings.SITE_NAME}: {len(parts)} message{'' if len(parts) == 1 else 's'} today",
        text=render_to_string("account/email/daily.txt", page),
        html=render_to_string("account/email/daily.html", page),
        to=address,
    )
    if one is None:
        return False
    OutgoingEmail.objects.filter(pk__in=[part.pk for part in parts]).update(part_of=one)
    return True


def held_for_the_day(rows: Iterable[Model]) -> int:
    """How many of these rows' e-mails wait for a person's e-mail of the day, of today or of tomorrow."""
    waits = OutgoingEmail.objects.filter(is_daily=True, sent_at=None)
    return sum(waits.filter(of_kind=row._meta.label_lower, of_row=row.pk).exists() for row in rows)


def _inside(html: str) -> str:
    """What stands in the body of a page."""
    return mark_safe(html.partition("<body>")[2].rpartition("</body>")[0])  # noqa: S308 (our own templates)


def not_sent(of_review: int) -> QuerySet:
    """E-mails about a review that could not be sent, or may not have been."""
    late = timezone.now() - ON_ITS_WAY
    failed = Q(failure__gt="") | Q(claimed_at__lt=late) | Q(is_daily=False, created_at__lt=late)
    whole = Q(part_of__failure__gt="") | Q(part_of__claimed_at__lt=late)
    return OutgoingEmail.objects.filter(failed | whole, of_review=of_review, sent_at=None)
