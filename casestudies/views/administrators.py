"""Who is an administrator: only administrators see and change it, and the last one stays."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casestudies.organisations import rules
from casestudies.organisations.forms import AdministratorForm
from edsportal.accounts.administrators import LastAdministrator, make_administrator, unmake_administrator
from edsportal.accounts.models import User


def administrators(request):
    """The list, and the form that adds somebody who has an account."""
    rules.require(rules.why_not_name_administrators(request.user))
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = User.objects.filter(is_active=True, guest_until=None)
        person = people.filter(email=form.cleaned_data["email"].lower()).first()
        if person is None:
            form.add_error(
                "email", "Nobody who can sign in has this address. Invite them in an organisation first"
            )
        else:
            make_administrator(user=person)
            messages.success(request, f"{person.name} is an administrator.")
            return redirect("administrators")
    people = User.objects.filter(is_superuser=True, is_active=True).order_by("name", "email")
    return render(request, "casestudies/administrators.html", {"form": form, "people": people})


@require_POST
def remove(request, pk: int):
    rules.require(rules.why_not_name_administrators(request.user))
    person = get_object_or_404(User.objects.filter(is_superuser=True), pk=pk)
    try:
        unmake_administrator(user=person)
    except LastAdministrator as refused:
        messages.warning(request, str(refused))
        return redirect("administrators")
    messages.success(request, f"{person.name} is no longer an administrator.")
    return redirect("my_work" if person == request.user else "administrators")
