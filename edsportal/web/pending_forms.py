"""Keeps what somebody typed when their form arrives after they were signed out, until they sign in again.

Every form of a page that was made for somebody carries `typed_by`, a signed note of who that is, beside the token
against forged forms (see edsportal/web/csrf_tag.py). When the form arrives without that person being signed in,
its fields wait in the session of the browser, at most an hour, and are given back to that person alone; anybody else
who signs in there never sees them. The note can't be forged, so nobody can put words in somebody else's form.

Pages whose forms come from `NhsukFormMixin` show them again by themselves; a view marked by `may_wait` does it itself.
"""

from collections.abc import Callable
from contextvars import ContextVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "edsportal.web.pending_forms"
PAGE_LASTS = 7 * 24 * 3600  # seconds in which a page that was left open may still send
WAITS = 3600  # seconds
LONGEST = 200_000  # characters of one form
KEY = "typed"
NOT_KEPT = ("csrfmiddlewaretoken", "typed_by")
SECRET_PAGES = ("/account/", "/admin/")  # what is typed there is never kept: passwords and codes
ANOTHER = "Someone else opened this page before you signed in. We did not save anything under your name."
HERE_AGAIN = (
    "You were signed out before we could save this. Check what you typed below, then send it again. "
    "If you chose a file, choose it again."
)
_waiting: ContextVar[QueryDict | None] = ContextVar("waiting", default=None)


def note_of(user) -> str:
    """What a page's form carries as `typed_by`."""
    return signing.dumps(user.pk, salt=SALT)


def is_typed_by_another(request: HttpRequest) -> bool:
    """Was the page of this form made for somebody else than who is signed in now?"""
    note = request.POST.get("typed_by")
    return note is not None and _writer(note) != request.user.pk


def may_wait(view: Callable) -> Callable:
    """Mark a view that shows what waits for it in its own way."""
    view.keeps_typed = True
    return view


def keep(request: HttpRequest) -> bool:
    """Put the form's fields by; False where the page tells no person, or the form is longer than any of ours."""
    writer = _writer(request.POST.get("typed_by", ""))
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    length = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if writer is None or length > LONGEST or page_of(request).startswith(SECRET_PAGES):
        return False
    request.session[KEY] = {
        "by": writer,
        "path": urlsplit(page_of(request)).path,
        "fields": fields,
        "at": timezone.now().timestamp(),
    }
    return True


def page_of(request: HttpRequest) -> str:
    """The page on which the form stands: some forms are sent to another address, which shows nothing."""
    came_from = request.headers.get("Referer", "")
    if request.method != "POST" or not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def give_back(request: HttpRequest) -> QueryDict | None:
    """The fields that wait for this person on this page, once; what waits for another person is thrown away."""
    kept = request.session.get(KEY)
    if kept is None or (kept["by"] == request.user.pk and kept["path"] != request.path):
        return None
    del request.session[KEY]
    if kept["by"] != request.user.pk or timezone.now().timestamp() - kept["at"] > WAITS:
        return None
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    return fields


def waiting_for(form, name: str) -> tuple[bool, object]:
    """Does something wait for this field of an unbound form, and what? Nothing does where another form was sent."""
    waiting = _waiting.get()
    if waiting is None or form.is_bound:
        return False, None
    names = {each: form.add_prefix(each) for each in form.fields}
    if not any(key == html or key.startswith(f"{html}_") for html in names.values() for key in waiting):
        return False, None
    field = form.fields[name]
    if field.disabled or field.widget.needs_multipart_form:
        return False, None
    return True, field.widget.value_from_datadict(waiting, {}, names[name])


def _writer(note: str) -> int | None:
    try:
        return signing.loads(note, salt=SALT, max_age=PAGE_LASTS)
    except signing.BadSignature:
        return None


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks who is not signed in to sign in. What they sent waits meanwhile, and is shown where they sent it from.

    Nothing is taken from a page that was made for somebody else than who is signed in.
    """

    def process_request(self, request):
        _waiting.set(None)

    def process_view(self, request, view_func, view_args, view_kwargs):
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        own_way = getattr(view_func, "keeps_typed", False) or not getattr(view_func, "login_required", True)
        if refusal is not None or own_way or not request.user.is_authenticated:
            return refusal
        if request.method == "POST" and is_typed_by_another(request):
            raise PermissionDenied(ANOTHER)
        if request.method == "GET" and (waiting := give_back(request)):
            _waiting.set(waiting)
            messages.warning(request, HERE_AGAIN)
        return None

    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            keep(request)
            return redirect_to_login(page_of(request))
        return super().handle_no_permission(request, view_func)


def form_refused(request: HttpRequest, reason: str = ""):
    """The page of a form that Django refused as it may come from another site: often one older than the sign-in.

    Nothing of it is saved; if the page was made for who is signed in, their words are put by and shown there.
    """
    from django.views.csrf import csrf_failure

    if request.user.is_authenticated and is_typed_by_another(request):
        return csrf_failure(request, reason)
    if request.resolver_match and keep(request):
        return redirect(page_of(request))
    return csrf_failure(request, reason)
