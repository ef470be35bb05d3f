"""Organisations, and who holds which role in them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.models import Change, DeclaredInterest, Organisation, Review, Role
from casestudies.organisations.actions import (
    invite_person,
    save_organisation,
    set_roles,
    write_invitation,
)
from casestudies.organisations.forms import AdministratorForm, InviteForm, OrganisationForm, RolesForm
from casestudies.organisations.roles import Can, OrganisationStanding, name_shown
from eds import stages
from edsportal.accounts.administrators import LastAdministrator, make_administrator, unmake_administrator
from edsportal.accounts.models import User
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted


def organisations(request):
    """All for administrators; for equality leads those that they lead."""
    rows = Organisation.objects.visible_to(request.user)
    if not request.user.is_administrator:
        rows = rows.led_by(request.user)
        if not rows.exists():
            raise PermissionDenied("Only administrators and equality leads can manage organisations.")
    page = Paginator(rows.select_related("ics").order_by("name"), 50).get_page(request.GET.get("page"))
    return render(request, "casestudies/organisations/organisations.html", {"page": page})


def organisation(request, organisation: str):
    """What belongs to an organisation and not to one of its reviews, as far as this person may see it."""
    row = _visible(request, organisation)
    standing = OrganisationStanding(request.user, row)
    page = {
        "organisation": row,
        "can": Can(standing.may),
        "reviews": Review.objects.visible_to(request.user).filter(organisation=row).order_by("-year"),
        "interests": _interests(row) if request.user.is_administrator else (),
    }
    return render(request, "casestudies/organisations/organisation.html", page)


def _interests(organisation: Organisation):
    """The interests that panel members declared in reviews that are open, for an administrator to withdraw one."""
    rows = DeclaredInterest.objects.filter(
        case_study__review__organisation=organisation, case_study__review__stage=stages.OPEN
    )
    rows = rows.select_related("member", "case_study__review__organisation")
    return rows.order_by("-case_study__review__year", "case_study__number", "member__name")


def add(request):
    OrganisationStanding(request.user).require("manage_organisations")
    return _edit(request, Organisation())


def change(request, organisation: str):
    row = _visible(request, organisation)
    OrganisationStanding(request.user).require("manage_organisations")
    return _edit(request, row)


def _edit(request, row: Organisation):
    name = row.name
    form = OrganisationForm(request.POST or None, instance=row, back=reverse("organisations"))
    if request.method == "POST" and form.is_valid():
        saved = save_organisation(
            organisation=form.instance, system=form.cleaned_data["system"], saved_by=request.user
        )
        messages.success(request, f"{saved.name} is saved.")
        return redirect("organisations")
    return render(request, "casestudies/organisations/organisation_form.html", {"form": form, "name": name})


def people(request, organisation: str):
    """Everybody who holds a role in the organisation."""
    row = _door(request, organisation)
    holders = User.objects.filter(roles__organisation=row).distinct().order_by("name", "email")
    roles = Prefetch("roles", Role.objects.filter(organisation=row), to_attr="held")
    page = Paginator(holders.prefetch_related(roles), 50).get_page(request.GET.get("page"))
    for person in page:
        person.shown = name_shown(person, since=min(role.given_at for role in person.held))
    page = {"organisation": row, "page": page, "changes": _changes(row)}
    return render(request, "casestudies/organisations/people.html", page)


def _changes(organisation: Organisation) -> list[Change]:
    """The newest changes of people, each with the name of whom it is about as far as it may be shown."""
    rows = list(organisation.changes.filter(review=None).select_related("about", "changed_by")[:20])
    given = Role.objects.filter(organisation=organisation, user__in=[row.about_id for row in rows])
    since = dict(given.order_by("-given_at").values_list("user", "given_at"))
    for row in rows:
        if row.about:
            name = name_shown(row.about, since=since.get(row.about_id, row.changed_at))
        row.shown = f"{name} {row.what}" if row.about else row.what
    return rows


def invite(request, organisation: str):
    row = _door(request, organisation)
    form = InviteForm(request.POST or None, back=url_of(row, "people"))

    def save() -> str:
        given = {"invited_by": request.user, "site": _site(request)}
        invite_person(organisation=row, **form.cleaned_data, **given)
        return f"The invitation for {form.cleaned_data['name']} is on its way."

    page = {"organisation": row}
    return edit(request, form, save, "casestudies/organisations/person.html", page, to=url_of(row, "people"))


def roles(request, organisation: str, pk: int):
    """The roles of one person; without any they leave the list."""
    row = _door(request, organisation)
    person = _holder(row, pk)
    held = list(row.roles.filter(user=person).values_list("kind", flat=True))
    data = posted(request)  # nothing ticked is an answer
    form = RolesForm(data, back=url_of(row, "people"), initial={"kinds": held})

    def save() -> str:
        set_roles(organisation=row, user=person, kinds=form.cleaned_data["kinds"], set_by=request.user)
        return "The roles are saved."

    since = row.roles.filter(user=person).earliest("given_at").given_at
    page = {"organisation": row, "person": name_shown(person, since=since)}
    return edit(request, form, save, "casestudies/organisations/person.html", page, to=url_of(row, "people"))


@require_POST
def invite_again(request, organisation: str, pk: int):
    row = _door(request, organisation)
    person = _holder(row, pk)
    write_invitation(organisation=row, user=person, invited_by=request.user, site=_site(request))
    messages.success(request, "The invitation is on its way.")
    return redirect(url_of(row, "people"))


def _visible(request, organisation: str) -> Organisation:
    rows = Organisation.objects.visible_to(request.user).select_related("ics")
    return get_object_or_404(rows, slug=organisation)


def _door(request, organisation: str) -> Organisation:
    """The door to people. 404 to who holds no role there, 403 with the reason to other roles."""
    row = _visible(request, organisation)
    OrganisationStanding(request.user, row).require("manage_people")
    return row


def _holder(organisation: Organisation, pk: int) -> User:
    return get_object_or_404(User.objects.filter(roles__organisation=organisation).distinct(), pk=pk)


def _site(request) -> str:
    return f"{request.scheme}://{request.get_host()}"


# Who is an administrator: only administrators see and change it, and the last one stays.


def administrators(request):
    """The list, and the form that adds somebody who has an account."""
    OrganisationStanding(request.user).require("name_administrators")
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = User.objects.filter(is_active=True, guest_until=None)
        person = people.filter(email=form.cleaned_data["email"].lower()).first()
        if person is None:
            form.add_error(
                "email",
                "No one with an account has this e-mail address. Invite them in an organisation first",
            )
        else:
            make_administrator(user=person)
            messages.success(request, f"{person.name} is an administrator.")
            return redirect("administrators")
    people = User.objects.filter(is_superuser=True, is_active=True).order_by("name", "email")
    return render(request, "casestudies/organisations/administrators.html", {"form": form, "people": people})


@require_POST
def remove(request, pk: int):
    OrganisationStanding(request.user).require("name_administrators")
    person = get_object_or_404(User.objects.filter(is_superuser=True), pk=pk)
    try:
        unmake_administrator(user=person)
    except LastAdministrator as refused:
        messages.warning(request, str(refused))
        return redirect("administrators")
    messages.success(request, f"{person.name} is no longer an administrator.")
    return redirect("my_work" if person == request.user else "administrators")
