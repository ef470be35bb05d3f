"""The page for what nobody at a page can mend: a database that does not answer, a full disk, a fault of ours."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader

AGAIN = 30  # seconds after which to try again


def broken(request):
    """Django's handler of errors. 503 with what to do while the database is away or can't write, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        page = loader.render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN)})
    return HttpResponse(loader.render_to_string("500.html"), status=500)
