"""Everybody's accounts, for administrators: find one, close it, open it again, send a link for a new password.

No page sets a password or an e-mail address for somebody else: whoever could, could sign in as them.
"""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.models import Role
from casestudies.organisations.forms import AccountSearch
from casestudies.organisations.roles import OrganisationStanding
from edsportal.accounts.changes import end_account, restore_account, send_reset_link
from edsportal.accounts.models import User
from edsportal.accounts.sign_in.second_step import remove_second_step
from edsportal.web.form_pages import attempt, confirm

TEMPLATES = "casestudies/organisations/"


def _people(request: HttpRequest) -> QuerySet[User]:
    """Everybody with an account of their own: neither guests of a workshop nor those who were erased."""
    OrganisationStanding(request.user).require("manage_accounts")
    roles = Prefetch("roles", Role.objects.select_related("organisation"), to_attr="held")
    return User.objects.filter(guest_until=None, erased_at=None).prefetch_related(roles)


def accounts(request):
    """All of them, or those whose name, address or organisation holds each of the words."""
    rows, form = _people(request), AccountSearch(request.GET)
    for word in form.cleaned_data["q"].split() if form.is_valid() else ():
        roles = Role.objects.filter(organisation__name__icontains=word).order_by()
        in_organisation = Q(pk__in=roles.values("user"))
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word) | in_organisation)
    rows = rows.order_by("name", "email")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, TEMPLATES + "accounts.html", {"page": page, "form": form})


def account(request, pk: int):
    person = get_object_or_404(_people(request), pk=pk)
    page = {"person": person, "has_second_step": is_mfa_enabled(person)}
    return render(request, TEMPLATES + "account.html", page)


def close(request, pk: int):
    """Asks first."""
    person = get_object_or_404(_people(request), pk=pk)

    def act() -> str:
        end_account(user=person)
        return f"The account of {person.name} is closed. We told them by e-mail."

    template = TEMPLATES + "account_close.html"
    return confirm(request, act, template, {"person": person}, to=reverse("account_of_person", args=[pk]))


@require_POST
def reopen(request, pk: int):
    person = get_object_or_404(_people(request), pk=pk)

    def act() -> str:
        restore_account(user=person)
        return f"The account of {person.name} is open again. We told them by e-mail."

    return attempt(request, act, to=reverse("account_of_person", args=[pk]))


@require_POST
def reset_link(request, pk: int):
    person = get_object_or_404(_people(request), pk=pk)

    def act() -> str:
        send_reset_link(request, person)
        return f"We sent {person.name} a link to choose a new password."

    return attempt(request, act, to=reverse("account_of_person", args=[pk]))


def second_step(request, pk: int):
    """Asks first: for somebody who lost their phone and their codes. They are told."""
    person = get_object_or_404(_people(request), pk=pk)
    if request.method == "POST":
        remove_second_step(user=person)
        messages.success(request, f"You removed the second step of {person.name}. We told them by e-mail.")
        return redirect("account_of_person", pk)
    return render(request, TEMPLATES + "account_second_step.html", {"person": person})
