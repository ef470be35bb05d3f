"""E-mails of the portal, each as plain text and HTML from two templates of one name."""

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse

from edsportal.accounts.invitations import DAYS, token_for
from edsportal.accounts.outbox import put_in_outbox


def send_after_commit(*, template: str, subject: str, to: str, words: dict, row: Model | None = None) -> None:
    """Write the e-mail of `template` (its .txt and .html) to one address; it goes out once the transaction is stored.

    Until it went it stays in the outbox. The `sent_at` of `row`, if there is one, says when it went.
    """
    words = {"site_name": settings.SITE_NAME, "days": DAYS} | words
    put_in_outbox(
        template=template,
        subject=subject,
        text=render_to_string(f"{template}.txt", words),
        html=render_to_string(f"{template}.html", words),
        to=to,
        row=row,
    )


def way_in(user) -> str:
    """The address, without the site's own, by which somebody invited comes in."""
    return reverse("account_invitation", args=[token_for(user)])
