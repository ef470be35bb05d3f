"""Where administrators copy an edition, edit a draft, put one in use and delete a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.frameworks import rules
from casestudies.frameworks.actions import (
    ChangedMeanwhile,
    Frozen,
    NotWhole,
    copy_framework,
    delete_draft,
    edit_outcome_area,
    mark_of,
    move_outcome_area,
    put_in_use,
)
from casestudies.frameworks.forms import CopyForm, OutcomeAreaForm
from casestudies.models import Framework, OutcomeArea
from casestudies.views.frameworks import framework_door
from eds.edition_completeness import missing_in


def copy(request, pk: int):
    """Make a draft copy under a new name."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_manage(request.user))
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = copy_framework(framework=row, name=form.cleaned_data["name"], copied_by=request.user)
        messages.success(request, f"You made the draft “{draft}”. Only administrators see it.")
        return redirect("framework", draft.pk)
    return render(request, "casestudies/framework_copy.html", {"framework": row, "form": form})


def area_door(request: HttpRequest, pk: int, area: str) -> tuple[Framework, OutcomeArea]:
    """An outcome area that this person may edit now; 403 with the reason where they may read it only."""
    row = framework_door(request, pk)
    areas = OutcomeArea.objects.filter(domain__framework=row).select_related("domain__framework")
    one = get_object_or_404(areas.prefetch_related("descriptors"), code=area)
    rules.require(rules.why_not_edit(request.user, row))
    return row, one


def outcome_area(request, pk: int, area: str):
    """Edit the statement, the guidance and what each grade means."""
    row, one = area_door(request, pk, area)
    grades, address = row.grade_words(), reverse("framework", args=[pk])
    form = OutcomeAreaForm(request.POST or None, area=one, grades=grades, address=address)
    if request.method == "POST" and form.is_valid():
        try:
            edit_outcome_area(area=one, edited_by=request.user, **form.wording())
        except Frozen as refused:
            raise PermissionDenied(str(refused)) from refused
        except ChangedMeanwhile as refused:
            form.show_changed_meanwhile(refused.by, OutcomeArea.objects.get(pk=one.pk))
            if not form.errors:  # both say the same
                return redirect("framework", pk)
        else:
            messages.success(request, f"Saved: {one.code}.")
            return redirect("framework", pk)
    return render(request, "casestudies/outcome_area.html", {"framework": row, "area": one, "form": form})


@require_POST
def move(request, pk: int, area: str):
    """Move an outcome area up or down in its domain."""
    _, one = area_door(request, pk, area)
    up = request.POST.get("way") == "up"
    try:
        move_outcome_area(area=one, up=up, seen=request.POST.get("seen", ""), moved_by=request.user)
    except ChangedMeanwhile as refused:
        messages.warning(request, f"{refused} {one.code} was not moved. This is the order now.")
    else:
        messages.success(request, f"Moved {one.code} {'up' if up else 'down'}.")
    return redirect("framework", pk)


def use(request, pk: int):
    """Confirm that an edition is used for new reviews from now on."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_put_in_use(request.user, row))
    if request.method == "POST":
        try:
            put_in_use(framework=row, seen=request.POST.get("seen", ""), put_by=request.user)
        except Frozen as refused:
            raise PermissionDenied(str(refused)) from refused
        except ChangedMeanwhile as refused:
            messages.warning(request, f"{refused} It was not put in use. Read it again first.")
            return redirect("put_in_use", pk)
        except NotWhole as refused:
            messages.warning(request, f"It was not put in use. {refused}")
            return redirect("framework", pk)
        messages.success(request, f"{row} is in use for new reviews.")
        return redirect("framework", pk)
    retires = Framework.objects.of_line(row).filter(status=Framework.Status.IN_USE)
    page = {"framework": row, "retires": retires, "seen": mark_of(row.as_edition())}
    page["missing"] = missing_in(row.as_edition())
    return render(request, "casestudies/framework_use.html", page)


def delete(request, pk: int):
    """Confirm that a draft is deleted."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_edit(request.user, row))
    if request.method == "POST":
        try:
            delete_draft(framework=row, deleted_by=request.user)
        except Frozen as refused:
            raise PermissionDenied(str(refused)) from refused
        messages.success(request, f"You deleted the draft “{row}”.")
        return redirect("frameworks")
    return render(request, "casestudies/framework_delete.html", {"framework": row})
