"""The two kinds of pages that write: one with a form, and one that asks whether its reader means it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from edsportal.web.refusals import NotPossible


def posted(request: HttpRequest):
    """The answers that were sent, be it none; None while the page is only shown."""
    return request.POST if request.method == "POST" else None


def edit(
    request: HttpRequest, form, save: Callable[[], str], template: str, page: dict, *, to
) -> HttpResponse:
    """A page with a form. What is valid is stored by `save`, which gives the sentence for the next page, `to`.

    NotPossible is shown at the field that it names, above the form without one.
    """
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save())
        except NotPossible as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect(to)
    return render(request, template, page | {"form": form})


def confirm(request: HttpRequest, act: Callable[[], str], template: str, page: dict, *, to) -> HttpResponse:
    """A page that asks first. Once it is answered, `attempt` does it."""
    return attempt(request, act, to=to) if request.method == "POST" else render(request, template, page)


def attempt(request: HttpRequest, act: Callable[[], str], *, to) -> HttpResponse:
    """Do it and go on to `to`, which shows the sentence that `act` gives, or why it is NotPossible."""
    try:
        messages.success(request, act())
    except NotPossible as refused:
        messages.warning(request, str(refused))
    return redirect(to)
