"""What an organisation's reports look like: its logo and their colour, each asked on a page with a preview."""

import base64

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from casestudies.models import Organisation
from casestudies.organisations import actions
from casestudies.organisations.brand_forms import ColourForm, LogoForm
from casestudies.organisations.roles import OrganisationStanding
from eds.colours import NHS_BLUE
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import attempt, edit, posted
from edsportal.web.headers import branded
from edsportal.web.upload_limit import was_too_long

LOGO, COLOUR = "casestudies/organisations/logo.html", "casestudies/organisations/colour.html"


@branded
def logo(request: HttpRequest, organisation: str):
    """The logo as covers show it, and a form for another."""
    row = _door(request, organisation)
    dropped = bool(was_too_long(request, "file"))
    form = LogoForm(
        posted(request), request.FILES or None, back=url_of(row, "organisation"), is_too_long=dropped
    )

    def save() -> str:
        actions.save_logo(organisation=row, logo=form.cleaned_data["file"], saved_by=request.user)
        return "The logo is saved. Reports that you make from now on show it."

    return edit(request, form, save, LOGO, _page(row, _colour(row)), to=url_of(row, "organisation_logo"))


@require_POST
def remove_logo(request: HttpRequest, organisation: str):
    row = _door(request, organisation)

    def act() -> str:
        actions.save_logo(organisation=row, logo=b"", saved_by=request.user)
        return "The logo is removed."

    return attempt(request, act, to=url_of(row, "organisation_logo"))


@branded
def colour(request: HttpRequest, organisation: str):
    """The colour of reports. "Preview" shows the colour that was typed and stores nothing."""
    row = _door(request, organisation)
    form = ColourForm(posted(request), back=url_of(row, "organisation"), initial=ColourForm.initial_of(row))
    page = _page(row, _colour(row))
    if "preview" in request.POST and form.is_valid():
        page |= _page(row, form.cleaned_data["colour"]) | {"is_preview": True}
        return render(request, COLOUR, page | {"form": form})

    def save() -> str:
        actions.save_colour(organisation=row, colour=form.cleaned_data["colour"], saved_by=request.user)
        return "The colour is saved. Reports that you make from now on show it."

    return edit(request, form, save, COLOUR, page, to=url_of(row, "organisation_colour"))


def _door(request: HttpRequest, organisation: str) -> Organisation:
    """404 to who holds no role there, 403 with the reason to other roles."""
    rows = Organisation.objects.visible_to(request.user).select_related("brand")
    row = get_object_or_404(rows, slug=organisation)
    OrganisationStanding(request.user, row).require("change_brand")
    return row


def _colour(row: Organisation) -> str:
    return row.brand.colour if hasattr(row, "brand") else ""


def _page(row: Organisation, colour: str) -> dict:
    logo = base64.b64encode(row.brand.logo).decode() if hasattr(row, "brand") else ""
    return {"organisation": row, "logo": logo, "colour": colour or NHS_BLUE}
