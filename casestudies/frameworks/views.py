"""Where administrators copy an edition, edit a draft, put one in use and delete a draft."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casestudies.frameworks import rules
from casestudies.frameworks.actions import (
    NotWhole,
    add_outcome_area,
    change_bands,
    change_grades,
    copy_framework,
    delete_draft,
    edit_outcome_area,
    move_outcome_area,
    order_of,
    put_in_use,
    remove_outcome_area,
    retire_framework,
    why_area_stays,
)
from casestudies.frameworks.domain_actions import order_of_domains
from casestudies.frameworks.forms import BandsForm, CopyForm, GradesForm, NewOutcomeAreaForm, OutcomeAreaForm
from casestudies.models import Framework, OutcomeArea
from eds.editions.completeness import full_total, missing_in
from eds.text.text_diff import edition_changes
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm, edit
from edsportal.web.refusals import ChangedMeanwhile, mark_of


def copy(request, pk: int):
    """Make a draft copy under a new name."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_manage(request.user))
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = copy_framework(framework=row, name=form.cleaned_data["name"], copied_by=request.user)
        messages.success(request, f"You made the draft “{draft}”. Only administrators see it.")
        return redirect(draft)
    return render(request, "casestudies/frameworks/framework_copy.html", {"framework": row, "form": form})


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
    grades, address = row.grade_words(), url_of(row)
    form = OutcomeAreaForm(request.POST or None, area=one, grades=grades, address=address)
    if request.method == "POST" and form.is_valid():
        try:
            edit_outcome_area(area=one, edited_by=request.user, **form.wording())
        except ChangedMeanwhile as refused:
            form.show_changed_meanwhile(refused.by, OutcomeArea.objects.get(pk=one.pk))
            if not form.errors:  # both say the same
                return redirect(row)
        else:
            messages.success(request, f"Saved: {one.code}.")
            return redirect(row)
    return render(
        request, "casestudies/frameworks/outcome_area.html", {"framework": row, "area": one, "form": form}
    )


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
    asks_source = source_is_unchanged(row)
    if request.method == "POST" and asks_source and "source_checked" not in request.POST:
        messages.warning(request, "It was not put in use. Say that you have checked where it comes from.")
        return redirect("put_in_use", pk)
    if request.method == "POST":
        try:
            put_in_use(framework=row, seen=request.POST.get("seen", ""), put_by=request.user)
        except ChangedMeanwhile as refused:
            messages.warning(request, f"{refused} It was not put in use. Read it again first.")
            return redirect("put_in_use", pk)
        except NotWhole as refused:
            messages.warning(request, f"It was not put in use. {refused}")
            return redirect(row)
        messages.success(request, f"{row} is in use for new reviews.")
        return redirect(row)
    retires = Framework.objects.of_line(row).filter(status=Framework.Status.IN_USE)
    page = {"framework": row, "retires": retires, "seen": mark_of(row.as_edition())}
    page["missing"] = missing_in(row.as_edition())
    page["asks_source"] = asks_source
    page["lacks_ratings"] = not row.bands.all() and full_total(row.as_edition()) is not None
    return render(request, "casestudies/frameworks/framework_use.html", page)


def source_is_unchanged(row: Framework) -> bool:
    """Whether its wording or rules differ from the edition that it was copied from, and its source does not."""
    origin = Framework.objects.whole().filter(pk=row.origin_id).first()
    if origin is None or (row.source, row.help_source) != (origin.source, origin.help_source):
        return False
    return bool(edition_changes(origin.as_edition(), row.as_edition()))


def retire(request, pk: int):
    """Confirm that an edition is taken out of use for new reviews."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_manage(request.user))

    def act() -> str:
        retire_framework(framework=row, retired_by=request.user)
        return f"{row} is no longer used for new reviews."

    return confirm(request, act, "casestudies/frameworks/framework_retire.html", {"framework": row}, to=row)


def delete(request, pk: int):
    """Confirm that a draft is deleted."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_edit(request.user, row))

    def act() -> str:
        delete_draft(framework=row, deleted_by=request.user)
        return f"You deleted the draft “{row}”."

    template = "casestudies/frameworks/framework_delete.html"
    return confirm(request, act, template, {"framework": row}, to="frameworks")


# The editions of the EDS that the portal holds, to read. Drafts are for administrators alone.

GROUPS = {  # the heading of each group of the list
    Framework.Status.IN_USE: "In use for new reviews",
    Framework.Status.DRAFT: "Drafts",
    Framework.Status.RETIRED: "No longer used for new reviews",
}


def framework_door(request: HttpRequest, pk: int) -> Framework:
    """The edition, with everything it says; 404 for a draft unless an administrator asks."""
    return get_object_or_404(Framework.objects.visible_to(request.user).whole(), pk=pk)


def frameworks(request):
    """The editions by what they are used for."""
    rows = list(Framework.objects.visible_to(request.user))
    groups = [(words, [row for row in rows if row.status == status]) for status, words in GROUPS.items()]
    return render(
        request,
        "casestudies/frameworks/frameworks.html",
        {"groups": [(words, some) for words, some in groups if some]},
    )


def framework(request, pk: int):
    """One edition: its outcome areas and what each grade means; for administrators what they can do with it."""
    row = framework_door(request, pk)
    domains = [(domain, order_of(domain)) for domain in row.domains.all()]
    page = {"framework": row, "domains": domains, "grades": row.grade_words()}
    page["order_of_domains"] = order_of_domains(row)
    if rules.why_not_manage(request.user) is None:
        page |= {
            "can_edit": rules.why_not_edit(request.user, row) is None,
            "can_put_in_use": rules.why_not_put_in_use(request.user, row) is None,
            "is_administrator": True,
            "missing": missing_in(row.as_edition()) if row.is_draft else [],
            "changes": row.changes.select_related("changed_by")[:20],
        }
    return render(request, "casestudies/frameworks/framework.html", page)


# Where administrators add and remove outcome areas of a draft, and set its grades and overall ratings.


def draft_door(request: HttpRequest, pk: int) -> Framework:
    """A draft that this person may change now; 403 with the reason where it is fixed."""
    row = framework_door(request, pk)
    rules.require(rules.why_not_edit(request.user, row))
    return row


def add_area(request, pk: int, number: int):
    row = draft_door(request, pk)
    domain = get_object_or_404(row.domains, number=number)
    address = url_of(row)
    form = NewOutcomeAreaForm(request.POST or None, grades=row.grade_words(), address=address)

    def save() -> str:
        return f"Added: {add_outcome_area(domain=domain, added_by=request.user, **form.wording()).code}."

    page = {"framework": row, "domain": domain}
    return edit(request, form, save, "casestudies/frameworks/outcome_area_add.html", page, to=row)


def remove_area(request, pk: int, area: str):
    """Asks first."""
    row, one = area_door(request, pk, area)

    def act() -> str:
        remove_outcome_area(area=one, removed_by=request.user)
        return f"Removed: {area}."

    page = {"framework": row, "area": one, "reason": why_area_stays(one)}
    return confirm(request, act, "casestudies/frameworks/outcome_area_remove.html", page, to=row)


def grades(request, pk: int):
    row = draft_door(request, pk)
    form = GradesForm(request.POST or None, framework=row, address=url_of(row))

    def save(**given) -> str:
        change_grades(framework=row, grades=form.grades(), **given)
        return "The grades are saved."

    return _scale(request, row, form, save, "casestudies/frameworks/grades.html")


def bands(request, pk: int):
    row = draft_door(request, pk)
    form = BandsForm(request.POST or None, framework=row, address=url_of(row))

    def save(**given) -> str:
        change_bands(framework=row, bands=form.bands(), **given)
        return "The overall ratings are saved."

    full = full_total(row.as_edition())
    return _scale(request, row, form, save, "casestudies/frameworks/bands.html", full=full)


def _scale(request: HttpRequest, row: Framework, form, save: Callable[..., str], template: str, **more):
    """The page of grades or overall ratings. What somebody else saved meanwhile is shown beside what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save(seen=form.cleaned_data["seen"], changed_by=request.user))
            return redirect(row)
        except ChangedMeanwhile as refused:
            now = Framework.objects.whole().get(pk=row.pk)
            form.show_changed_meanwhile(refused, type(form)(framework=now, address=""))
    return render(request, template, {"framework": row, "form": form, **more})


# What differs from the edition in use.


def differences(request, pk: int):
    """What this edition says differently from the one of its line that is in use, or was the first."""
    row = framework_door(request, pk)
    line = Framework.objects.of_line(row).exclude(pk=row.pk).visible_to(request.user)
    other = line.filter(status=Framework.Status.IN_USE).first() or line.filter(origin=None).first()
    parts = ()
    if other is not None:
        whole = Framework.objects.whole().get(pk=other.pk)
        parts = edition_changes(whole.as_edition(), row.as_edition())
    page = {"framework": row, "other": other, "parts": parts}
    return render(request, "casestudies/frameworks/framework_differences.html", page)
