"""Where administrators import organisations, archive them, change their addresses and name care systems."""

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.administration.csv_import import Candidate, NotReadable, candidates, guess, read_rows
from casestudies.administration.forms import AddressForm, CareSystemForm, ColumnsForm, FileForm
from casestudies.models import IntegratedCareSystem, Organisation
from casestudies.organisations.actions import (
    add_organisations,
    archive_organisation,
    change_address,
    restore_organisation,
    save_care_system,
)
from casestudies.organisations.roles import OrganisationStanding
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import attempt, confirm, edit

TEMPLATES = "casestudies/administration/"
SHOWN = 200  # rows of the preview


def _require(request: HttpRequest) -> None:
    OrganisationStanding(request.user).require("manage_organisations")


def import_organisations(request):
    """Asks for a file, then shows what it would add; nothing is stored before that is confirmed."""
    _require(request)
    if "text" in request.POST:
        return _columns(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["file"]
        rows = read_rows(text)
        meanings, has_headings = guess(rows)
        columns = {f"column_{place}": meaning for place, meaning in enumerate(meanings)}
        sent = columns | {"text": text} | ({"has_headings": "on"} if has_headings else {})
        return _preview(request, ColumnsForm(sent, rows=rows), rows)
    return render(request, TEMPLATES + "organisations_file.html", {"form": form})


def _columns(request: HttpRequest):
    try:
        rows = read_rows(request.POST["text"])
    except NotReadable:
        raise SuspiciousOperation("No page of ours sends this.") from None
    form = ColumnsForm(request.POST, rows=rows)
    if request.POST.get("do") == "add" and form.is_valid():
        new = [row for row in _candidates(form, rows) if not row.problem and not row.is_there]
        added = add_organisations(rows=new, saved_by=request.user)
        messages.success(request, f"You added {added} organisation{'' if added == 1 else 's'}.")
        return redirect("organisations")
    return _preview(request, form, rows)


def _preview(request: HttpRequest, form: ColumnsForm, rows: list[list[str]]):
    found = _candidates(form, rows) if form.is_valid() else []
    new = [row for row in found if not row.problem and not row.is_there]
    page = {
        "form": form,
        "new": new[:SHOWN],
        "new_count": len(new),
        "there": sum(row.is_there for row in found),
        "refused": [row for row in found if row.problem][:SHOWN],
        "kinds": dict(Organisation.Kind.choices),
    }
    return render(request, TEMPLATES + "organisations_preview.html", page)


def _candidates(form: ColumnsForm, rows: list[list[str]]) -> list[Candidate]:
    known = list(Organisation.objects.values_list("name", "ods_code"))
    return candidates(
        rows,
        form.meanings(),
        has_headings=form.cleaned_data["has_headings"],
        names={name.casefold() for name, _ in known},
        codes={code for _, code in known if code},
    )


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    row = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    _require(request)
    return row


def archive(request, organisation: str):
    """Asks first."""
    row = _organisation(request, organisation)

    def act() -> str:
        archive_organisation(organisation=row, archived_by=request.user)
        return f"{row.name} is archived."

    template = TEMPLATES + "organisation_archive.html"
    return confirm(request, act, template, {"organisation": row}, to=url_of(row, "organisation"))


@require_POST
def restore(request, organisation: str):
    row = _organisation(request, organisation)

    def act() -> str:
        restore_organisation(organisation=row, restored_by=request.user)
        return f"{row.name} is in use again."

    return attempt(request, act, to=url_of(row, "organisation"))


def address(request, organisation: str):
    row = _organisation(request, organisation)
    form = AddressForm(request.POST or None, organisation=row, back=url_of(row, "organisation"))

    def save() -> str:
        changed = change_address(organisation=row, slug=form.cleaned_data["slug"], changed_by=request.user)
        return f"The address of {changed.name} is now {changed.slug}. Its old addresses lead there."

    page = {"organisation": row, "heading": "Change the address"}
    return edit(request, form, save, TEMPLATES + "organisation_address.html", page, to="organisations")


def care_systems(request):
    _require(request)
    rows = IntegratedCareSystem.objects.annotate(count=Count("organisations")).order_by("name")
    return render(request, TEMPLATES + "care_systems.html", {"rows": rows})


def care_system_add(request):
    _require(request)
    return _care_system(request, IntegratedCareSystem())


def care_system(request, pk: int):
    _require(request)
    return _care_system(request, get_object_or_404(IntegratedCareSystem, pk=pk))


def _care_system(request: HttpRequest, row: IntegratedCareSystem):
    name = row.name
    form = CareSystemForm(request.POST or None, instance=row, back=reverse("care_systems"))

    def save() -> str:
        return f"{save_care_system(system=form.instance)} is saved."

    page = {"heading": f"Rename {name}" if name else "Add a care system"}
    return edit(request, form, save, TEMPLATES + "care_system.html", page, to="care_systems")
