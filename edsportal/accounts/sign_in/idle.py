"""How long somebody stays signed in: until they did nothing for a while, and never longer than a working day.

The session remembers when its person was last seen, at most once a minute. What a page asks for by itself, such as a
list that keeps itself up to date, is nothing that its person did. Guests of a workshop stay until it ends.
"""

import time

from django.conf import settings
from django.contrib.auth import logout, user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

BEGAN, SEEN = "began", "seen"  # in the session, in seconds since 1970
NOTED_EVERY = 60  # seconds


def begin(request: HttpRequest) -> None:
    now = int(time.time())
    request.session[BEGAN] = request.session[SEEN] = now


def seconds_left(request: HttpRequest) -> int:
    """Until this person is signed out if they do nothing; 0 for who is not signed in, or is a guest."""
    if not request.user.is_authenticated or request.user.is_guest or SEEN not in request.session:
        return 0
    idle_until = request.session[SEEN] + settings.SESSION_IDLE_MINUTES * 60
    longest = request.session[BEGAN] + settings.SESSION_HOURS * 3600
    return max(0, int(min(idle_until, longest) - time.time()))


def stay(request: HttpRequest) -> None:
    """They are here: the time begins anew."""
    if time.time() - request.session[SEEN] >= NOTED_EVERY:
        request.session[SEEN] = int(time.time())


def asked_by_a_person(request: HttpRequest) -> bool:
    """Browsers say when a script asked (Sec-Fetch-Dest). What a script sends is typed, so that counts."""
    return request.method == "POST" or request.headers.get("Sec-Fetch-Dest") != "empty"


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user, **kwargs) -> None:
    begin(request)


class IdleMiddleware:
    """Signs out who did nothing for too long. After `AuthenticationMiddleware`, before anything asks who they are."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self.look(request)
        return self.get_response(request)

    def look(self, request: HttpRequest) -> None:
        if request.user.is_guest:
            return
        if SEEN not in request.session:
            begin(request)
        elif not seconds_left(request):
            logout(request)
        elif asked_by_a_person(request):
            stay(request)
