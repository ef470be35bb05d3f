"""Keeps what somebody typed when their form arrives after they were signed out, until they sign in again.

A page of such a form carries `typed_by`, a signed note of who it was made for. When the form arrives without that
person being signed in, its fields wait in the session of the browser, at most an hour, and are given back to that
person alone; anybody else who signs in there never sees them. The note can't be forged, so nobody can put words in
somebody else's form.
"""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

SALT = "edsportal.typed"
PAGE_LASTS = 7 * 24 * 3600  # seconds in which a page that was left open may still send
WAITS = 3600  # seconds
LONGEST = 40_000  # characters of one form
KEY = "typed"
NOT_KEPT = ("csrfmiddlewaretoken", "typed_by")


def note_of(user) -> str:
    """What a page's form carries as `typed_by`."""
    return signing.dumps(user.pk, salt=SALT)


def is_typed_by_another(request: HttpRequest) -> bool:
    """Was the page of this form made for somebody else than who is signed in now?"""
    note = request.POST.get("typed_by")
    return note is not None and _writer(note) != request.user.pk


def may_wait(view: Callable) -> Callable:
    """Mark a view whose forms are kept for people who were signed out."""
    view.keeps_typed = True
    return view


def keep(request: HttpRequest) -> bool:
    """Put the form's fields by; False where the page tells no person, or the form is longer than any of ours."""
    writer = _writer(request.POST.get("typed_by", ""))
    fields = {name: value for name, value in request.POST.items() if name not in NOT_KEPT}
    if writer is None or sum(len(name) + len(value) for name, value in fields.items()) > LONGEST:
        return False
    request.session[KEY] = {
        "by": writer,
        "path": request.path,
        "fields": fields,
        "at": timezone.now().timestamp(),
    }
    return True


def give_back(request: HttpRequest) -> QueryDict | None:
    """The fields that wait for this person on this page, once; what waits for another person is thrown away."""
    kept = request.session.get(KEY)
    if kept is None or (kept["by"] == request.user.pk and kept["path"] != request.path):
        return None
    del request.session[KEY]
    if kept["by"] != request.user.pk or timezone.now().timestamp() - kept["at"] > WAITS:
        return None
    fields = QueryDict(mutable=True)
    fields.update(kept["fields"])
    return fields


def _writer(note: str) -> int | None:
    try:
        return signing.loads(note, salt=SALT, max_age=PAGE_LASTS)
    except signing.BadSignature:
        return None


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks who is not signed in to sign in; what they sent to a view marked by `may_wait` waits meanwhile."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and getattr(view_func, "keeps_typed", False):
            keep(request)
        return super().handle_no_permission(request, view_func)


def form_refused(request: HttpRequest, reason: str = ""):
    """The page of a form that Django refused as it may come from another site: often one older than the sign-in.

    Nothing of it is saved; if the page was made for who is signed in, their words are put by and shown there.
    """
    from django.views.csrf import csrf_failure

    match = request.resolver_match
    if match and getattr(match.func, "keeps_typed", False):
        if request.user.is_authenticated and is_typed_by_another(request):
            return csrf_failure(request, reason)
        if keep(request):
            return redirect(request.path)
    return csrf_failure(request, reason)
