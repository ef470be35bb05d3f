"""The page for what nobody at a page can mend: a database that does not answer, a full disk, a fault of ours."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.views.defaults import bad_request

AGAIN = 30  # seconds after which to try again


def broken(request):
    """Django's handler of errors. 503 with what to do while the database is away or can't write, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return _away()
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def refused(request, exception):
    """Django's handler of bad requests. A session that the database could not write is one to it, and 503 to us."""
    error = exception
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return _away()
        error = error.__context__
    return bad_request(request, exception)


def _away() -> HttpResponse:
    page = loader.render_to_string("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN)})
