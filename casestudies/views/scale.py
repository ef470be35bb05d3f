"""Where administrators add and remove outcome areas of a draft, and set its grades and overall ratings."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casestudies.actions.scale import (
    NotPossible,
    add_outcome_area,
    change_bands,
    change_grades,
    remove_outcome_area,
)
from casestudies.forms.scale import BandsForm, GradesForm, NewOutcomeAreaForm
from casestudies.frameworks import rules
from casestudies.frameworks.actions import ChangedMeanwhile, Frozen
from casestudies.frameworks.views import area_door
from casestudies.models import Framework
from casestudies.views.frameworks import framework_door
from eds.edition_completeness import full_total


def _draft(request: HttpRequest, pk: int) -> Framework:
    """A draft that this person may change now; 403 with the reason where it is fixed."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_edit(request.user, row))
    return row


def add_area(request, pk: int, number: int):
    row = _draft(request, pk)
    domain = get_object_or_404(row.domains, number=number)
    address = reverse("framework", args=[pk])
    form = NewOutcomeAreaForm(request.POST or None, grades=row.grade_words(), address=address)
    if request.method == "POST" and form.is_valid():
        try:
            area = add_outcome_area(domain=domain, added_by=request.user, **form.wording())
        except Frozen as refused:
            raise PermissionDenied(str(refused)) from refused
        except NotPossible as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(request, f"Added: {area.code}.")
            return redirect(address)
    page = {"framework": row, "domain": domain, "form": form}
    return render(request, "casestudies/outcome_area_add.html", page)


def remove_area(request, pk: int, area: str):
    """Asks first."""
    row, one = area_door(request, pk, area)
    if request.method == "POST":
        try:
            remove_outcome_area(area=one, removed_by=request.user)
        except Frozen as refused:
            raise PermissionDenied(str(refused)) from refused
        except NotPossible as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"Removed: {area}.")
        return redirect("framework", pk)
    return render(request, "casestudies/outcome_area_remove.html", {"framework": row, "area": one})


def grades(request, pk: int):
    row = _draft(request, pk)
    form = GradesForm(request.POST or None, framework=row, address=reverse("framework", args=[pk]))

    def save() -> None:
        change_grades(
            framework=row, grades=form.grades(), seen=form.cleaned_data["seen"], changed_by=request.user
        )

    return _saved(request, row, form, save, "grades") or render(
        request, "casestudies/grades.html", {"framework": row, "form": form}
    )


def bands(request, pk: int):
    row = _draft(request, pk)
    form = BandsForm(request.POST or None, framework=row, address=reverse("framework", args=[pk]))

    def save() -> None:
        change_bands(
            framework=row, bands=form.bands(), seen=form.cleaned_data["seen"], changed_by=request.user
        )

    page = {"framework": row, "form": form, "full": full_total(row.as_edition())}
    return _saved(request, row, form, save, "overall ratings") or render(
        request, "casestudies/bands.html", page
    )


def _saved(request: HttpRequest, row: Framework, form, save: Callable[[], None], what: str):
    """The way on where the form was sent and stored; None where the page is shown, again or for the first time."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        save()
    except Frozen as refused:
        raise PermissionDenied(str(refused)) from refused
    except ChangedMeanwhile as refused:
        form.show_changed_meanwhile(
            refused, type(form)(framework=Framework.objects.whole().get(pk=row.pk), address="")
        )
        return None
    messages.success(request, f"The {what} are saved.")
    return redirect("framework", row.pk)
