"""What abbreviations stand for in an organisation's case studies: its equality lead looks after them."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from casestudies.models import Organisation
from casestudies.organisations import actions
from casestudies.organisations.forms import AbbreviationForm
from casestudies.organisations.roles import OrganisationStanding
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit


def _door(request: HttpRequest, organisation: str) -> Organisation:
    """404 to who holds no role there, 403 with the reason to other roles."""
    rows = Organisation.objects.visible_to(request.user)
    row = get_object_or_404(rows, slug=organisation)
    OrganisationStanding(request.user, row).require("manage_abbreviations")
    return row


def abbreviations(request: HttpRequest, organisation: str):
    """All of them, and a form for another."""
    row = _door(request, organisation)
    form = AbbreviationForm(request.POST or None)
    page = {"organisation": row, "rows": row.abbreviations.order_by("short")}
    return _edit(request, form, row, "casestudies/organisations/abbreviations.html", page)


def change(request: HttpRequest, organisation: str, pk: int):
    row = _door(request, organisation)
    abbreviation = get_object_or_404(row.abbreviations, pk=pk)
    initial = AbbreviationForm.initial_of(abbreviation)
    form = AbbreviationForm(request.POST or None, back=url_of(row, "abbreviations"), initial=initial)
    page = {"organisation": row, "abbreviation": abbreviation}
    template = "casestudies/organisations/abbreviation.html"
    return _edit(request, form, row, template, page, abbreviation=abbreviation)


def _edit(
    request: HttpRequest, form: AbbreviationForm, row: Organisation, template: str, page: dict, **given
):
    def save() -> str:
        saved = actions.explain_abbreviation(organisation=row, **form.cleaned_data, **given)
        return f"“{saved.short}” is saved."

    return edit(request, form, save, template, page, to=url_of(row, "abbreviations"))


@require_POST
def remove(request: HttpRequest, organisation: str, pk: int):
    row = _door(request, organisation)
    abbreviation = get_object_or_404(row.abbreviations, pk=pk)
    actions.remove_abbreviation(abbreviation=abbreviation)
    messages.success(request, f"“{abbreviation.short}” is removed.")
    return redirect("abbreviations", organisation)
