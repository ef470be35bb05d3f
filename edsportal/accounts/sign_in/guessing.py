"""How often passwords and codes may be guessed, so that guessing is hopeless and locks nobody else out.

A browser that signed in to an account before is known to it by a signed cookie, and has tries of its own. Any other
browser has few, and all those together have a limit for each account. Nothing is counted by network address: a whole
workshop may share one. A new password by e-mail starts all counts for its account again.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from edsportal.web.rate_limit import Taken, Tries, browser_of

COOKIE, SALT = "eds_device", "edsportal.accounts.guessing"
DAYS = 90
MOST_PEOPLE = 5  # who share one browser


@dataclass(frozen=True)
class Limits:
    """What one kind of secret allows: to one unknown browser, to all of them together, and to a known one."""

    browser: Tries
    everybody: Tries
    known: Tries


PASSWORDS = Limits(
    browser=Tries("passwords-of-browser", 5, 300),
    everybody=Tries("passwords-of-everybody", 100, 3600),
    known=Tries("passwords-of-known", 10, 300),
)
# Six digits: whoever knows the password gets 20 guesses a day, of which 3 in a million are right.
CODES = Limits(
    browser=Tries("codes-of-browser", 5, 300),
    everybody=Tries("codes-of-everybody", 20, 86_400),
    known=Tries("codes-of-known", 10, 300),
)


def take(request: HttpRequest, limits: Limits, email: str) -> list[Taken] | None:
    """Count one try at this account before it is looked at; None where there were too many."""
    email = email.strip().lower()
    device, accounts = _device(request)
    if _mark(email) in accounts:
        counts = [(limits.known, (email, device))]
    else:
        counts = [(limits.browser, (email, browser_of(request))), (limits.everybody, email)]
    taken: list[Taken] = []
    for tries, who in counts:
        one = tries.take(who)
        if one is None:
            give_back(taken)
            return None
        taken.append(one)
    return taken


def give_back(taken: list[Taken]) -> None:
    for one in taken:
        one.give_back()


def start_again(request: HttpRequest, email: str) -> None:
    """After a new password by e-mail: nothing was guessed, and this browser is known."""
    email = email.strip().lower()
    for limits in (PASSWORDS, CODES):
        limits.everybody.forget(email)
        limits.browser.forget((email, browser_of(request)))
    _remember(request, email)


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user, **kwargs) -> None:
    if not user.is_guest and not user.is_demo:
        _remember(request, user.email)


def _remember(request: HttpRequest, email: str) -> None:
    request.known_to = _mark(email)  # for the middleware, which has the answer


def _mark(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower()).hexdigest()[:20]


def _device(request: HttpRequest) -> tuple[str, list[str]]:
    """This browser's own number and the accounts that it is known to."""
    try:
        device, accounts = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 24 * 60 * 60
        )
    except (signing.BadSignature, ValueError, TypeError):
        return secrets.token_hex(16), []
    return device, accounts


class KnownBrowserMiddleware:
    """Gives a browser the cookie by which it is known to the account that signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        known_to = getattr(request, "known_to", None)
        if known_to is not None:
            device, accounts = _device(request)
            accounts = [known_to, *(each for each in accounts if each != known_to)][:MOST_PEOPLE]
            response.set_cookie(
                COOKIE,
                signing.dumps([device, accounts], salt=SALT),
                max_age=DAYS * 24 * 60 * 60,
                path="/account/",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
