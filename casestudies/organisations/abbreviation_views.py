"""What abbreviations stand for in an organisation's case studies: its equality lead looks after them."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casestudies.models import Organisation
from casestudies.organisations import actions, rules
from casestudies.organisations.forms import AbbreviationForm
from edsportal.web.addresses import url_of


def _door(request: HttpRequest, organisation: str) -> Organisation:
    """404 to who holds no role there, 403 with the reason to other roles."""
    rows = Organisation.objects.visible_to(request.user)
    row = get_object_or_404(rows, slug=organisation)
    rules.require(rules.why_not_look_after_abbreviations(request.user, row))
    return row


def abbreviations(request: HttpRequest, organisation: str):
    """All of them, and a form for another."""
    row = _door(request, organisation)
    form = AbbreviationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, row):
        return redirect("abbreviations", organisation)
    page = {"organisation": row, "rows": row.abbreviations.order_by("short"), "form": form}
    return render(request, "casestudies/organisations/abbreviations.html", page)


def change(request: HttpRequest, organisation: str, pk: int):
    row = _door(request, organisation)
    abbreviation = get_object_or_404(row.abbreviations, pk=pk)
    back = url_of(row, "abbreviations")
    initial = AbbreviationForm.initial_of(abbreviation)
    form = AbbreviationForm(request.POST or None, back=back, initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(request, form, row, abbreviation=abbreviation):
        return redirect(back)
    page = {"organisation": row, "abbreviation": abbreviation, "form": form}
    return render(request, "casestudies/organisations/abbreviation.html", page)


def _saved(request: HttpRequest, form: AbbreviationForm, row: Organisation, **given) -> bool:
    try:
        saved = actions.explain_abbreviation(organisation=row, **form.cleaned_data, **given)
    except actions.Taken:
        form.add_error("short", f"“{form.cleaned_data['short']}” is explained already")
        return False
    messages.success(request, f"“{saved.short}” is saved.")
    return True


@require_POST
def remove(request: HttpRequest, organisation: str, pk: int):
    row = _door(request, organisation)
    abbreviation = get_object_or_404(row.abbreviations, pk=pk)
    actions.remove_abbreviation(abbreviation=abbreviation)
    messages.success(request, f"“{abbreviation.short}” is removed.")
    return redirect("abbreviations", organisation)
