"""E-mails to members of a panel, as plain text and HTML. They never say anything about anybody's scores."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from casestudies.models import PanelMessage
from edsportal.accounts import mail
from scoring.panel.progress import owed

logger = logging.getLogger(__name__)
SUBJECTS = {
    PanelMessage.Kind.INVITATION: "You are invited to score case studies of {organisation}",
    PanelMessage.Kind.REMINDER: "Please finish scoring for {organisation}",
}


def deliver(pk: int, site: str) -> None:
    """Send the message and note when. One that can't be sent is logged, and stays without a time.

    `site` is the portal's own address, such as "https://eds.example.nhs.uk".
    """
    rows = PanelMessage.objects.select_related("member__user", "member__review__organisation", "asked_by")
    message = rows.get(pk=pk)
    try:
        _email(message, site).send()
    except (SMTPException, OSError):
        logger.exception("An e-mail to a panel member could not be sent.")
        return
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at"])


def _email(message: PanelMessage, site: str) -> EmailMultiAlternatives:
    member = message.member
    words = {
        "member": member,
        "review": member.review,
        "sender": message.asked_by,
        "link": site + _address(message),
        "owed": owed(member),
    }
    return mail.message(
        template=f"scoring/panel/email/{message.kind}",
        subject=SUBJECTS[message.kind].format(organisation=member.review.organisation),
        to=message.address,
        words=words,
    )


def _address(message: PanelMessage) -> str:
    if message.kind == PanelMessage.Kind.INVITATION:
        return mail.way_in(message.member.user)
    return reverse("my_work")
