"""The groups that evidence may speak of: an organisation's own, and those that all organisations share."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from casestudies.models import Group, Organisation
from casestudies.organisations.actions import remove_group, save_group, why_in_use
from casestudies.organisations.forms import GroupForm
from casestudies.organisations.roles import OrganisationStanding
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm, edit


def groups(request, organisation: str | None = None):
    """All that evidence of this organisation may speak of; without one, the national ones."""
    body = _door(request, organisation)
    rows = Group.objects.of(body)
    parts = [(kind.label, [row for row in rows if row.kind == kind]) for kind in Group.Kind]
    page = {
        "organisation": body,
        "parts": [part for part in parts if part[1]],
        "own": Group.Kind.LOCAL.label if body else "",
    }
    return render(request, "casestudies/organisations/groups.html", page)


def add(request, organisation: str | None = None):
    body = _door(request, organisation)
    return _edit(request, body, Group(organisation=body), "Add a group")


def change(request, pk: int, organisation: str | None = None):
    body = _door(request, organisation)
    return _edit(request, body, _own(body, pk), "Change the group")


def remove(request, pk: int, organisation: str | None = None):
    """Asks first, or says why it has to stay."""
    body = _door(request, organisation)
    row = _own(body, pk)

    def act() -> str:
        remove_group(group=row, removed_by=request.user)
        return f"“{row}” is removed."

    page = {"organisation": body, "row": row, "reason": why_in_use(row), "up": _list(body)}
    return confirm(request, act, "casestudies/organisations/group_remove.html", page, to=_list(body))


def _edit(request, body: Organisation | None, row: Group, heading: str):
    form = GroupForm(request.POST or None, instance=row, back=_list(body))

    def save() -> str:
        return f"“{save_group(group=form.instance, saved_by=request.user)}” is saved."

    page = {"organisation": body, "heading": heading, "up": _list(body)}
    return edit(request, form, save, "casestudies/organisations/group_form.html", page, to=_list(body))


def _door(request, organisation: str | None) -> Organisation | None:
    """404 to who holds no role there, 403 with the reason to other roles. The national ones: administrators."""
    if organisation is None:
        OrganisationStanding(request.user).require("manage_national_groups")
        return None
    body = get_object_or_404(Organisation.objects.visible_to(request.user), slug=organisation)
    OrganisationStanding(request.user, body).require("manage_groups")
    return body


def _own(body: Organisation | None, pk: int) -> Group:
    return get_object_or_404(Group.objects.filter(organisation=body), pk=pk)


def _list(body: Organisation | None) -> str:
    return url_of(body, "groups") if body else reverse("national_groups")
