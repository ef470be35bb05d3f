"""E-mails of the portal, each as plain text and HTML from two templates of one name."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from edsportal.accounts.invitations import DAYS, token_for


def message(*, template: str, subject: str, to: str, words: dict) -> EmailMultiAlternatives:
    """The e-mail of `template` (its .txt and .html), to one address. Sending it is left to the caller."""
    words = {"site_name": settings.SITE_NAME, "days": DAYS} | words
    email = EmailMultiAlternatives(subject=subject, body=render_to_string(f"{template}.txt", words), to=[to])
    email.attach_alternative(render_to_string(f"{template}.html", words), "text/html")
    return email


def way_in(user) -> str:
    """The address, without the site's own, by which somebody invited comes in."""
    return reverse("account_invitation", args=[token_for(user)])
