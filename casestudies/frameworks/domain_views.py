"""Where administrators change the domains of a draft, and say where the edition comes from."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casestudies.frameworks.domain_actions import (
    add_domain,
    change_domain,
    change_rules,
    change_source,
    move_domain,
    remove_domain,
    why_domain_stays,
)
from casestudies.frameworks.domain_forms import DomainForm, NewDomainForm, RulesForm, SourceForm
from casestudies.frameworks.views import draft_door
from casestudies.models import Domain, Framework
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm, edit
from edsportal.web.refusals import ChangedMeanwhile, NotPossible


def domain(request, pk: int, number: int):
    """Its name, how it is added up and who tests it."""
    row = draft_door(request, pk)
    one = get_object_or_404(row.domains, number=number)
    form = DomainForm(request.POST or None, domain=one, address=url_of(row))

    def save() -> str:
        change_domain(domain=one, changed_by=request.user, **form.cleaned_data)
        return f"Saved: {one.name}."

    def now() -> DomainForm:
        return DomainForm(domain=Domain.objects.get(pk=one.pk), address="")

    return _edit(request, row, form, save, now, f"Change {one.name}")


def add(request, pk: int):
    row = draft_door(request, pk)
    form = NewDomainForm(request.POST or None, address=url_of(row))

    def save() -> str:
        return f"Added: {add_domain(framework=row, added_by=request.user, **form.cleaned_data)}."

    page = {"framework": row, "heading": "Add a domain"}
    return edit(request, form, save, "casestudies/frameworks/domain.html", page, to=row)


def remove(request, pk: int, number: int):
    """Asks first."""
    row = draft_door(request, pk)
    one = get_object_or_404(row.domains, number=number)

    def act() -> str:
        remove_domain(domain=one, removed_by=request.user)
        return f"Removed: {one}."

    page = {"framework": row, "domain": one, "reason": why_domain_stays(one)}
    return confirm(request, act, "casestudies/frameworks/domain_remove.html", page, to=row)


def change_name_and_rules(request, pk: int):
    """Its name, whether grades count as points, and whether an outcome area may be not applicable."""
    row = draft_door(request, pk)
    form = RulesForm(request.POST or None, framework=row, address=url_of(row))

    def save() -> str:
        change_rules(framework=row, changed_by=request.user, **form.cleaned_data)
        return "The name and rules are saved."

    def now() -> RulesForm:
        return RulesForm(framework=Framework.objects.get(pk=row.pk), address="")

    return _edit(request, row, form, save, now, "Change the name and rules")


def source(request, pk: int):
    row = draft_door(request, pk)
    form = SourceForm(request.POST or None, framework=row, address=url_of(row))

    def save() -> str:
        change_source(framework=row, changed_by=request.user, **form.cleaned_data)
        return "The source is saved."

    def now() -> SourceForm:
        return SourceForm(framework=Framework.objects.get(pk=row.pk), address="")

    return _edit(request, row, form, save, now, "Change the source")


def _edit(request: HttpRequest, row: Framework, form, save: Callable[[], str], now: Callable, heading: str):
    """The page of the form. What somebody else saved in the meantime is shown beside what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save())
            return redirect(row)
        except ChangedMeanwhile as refused:
            form.show_changed_meanwhile(refused, now())
        except NotPossible as refused:
            form.add_error(refused.field, str(refused))
    page = {"framework": row, "form": form, "heading": heading}
    return render(request, "casestudies/frameworks/domain.html", page)


@require_POST
def move(request, pk: int, number: int):
    """Move a domain up or down; the two change numbers."""
    row = draft_door(request, pk)
    one = get_object_or_404(row.domains, number=number)
    up = request.POST.get("way") == "up"
    try:
        move_domain(domain=one, up=up, seen=request.POST.get("seen", ""), moved_by=request.user)
    except ChangedMeanwhile as refused:
        messages.warning(request, f"{refused} {one.name} was not moved. This is the order now.")
    else:
        messages.success(request, f"Moved {one.title} {'up' if up else 'down'}.")
    return redirect(row)
