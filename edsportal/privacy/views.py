"""A person's own data, and the end of their account."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from edsportal.accounts.administrators import LastAdministrator
from edsportal.accounts.sign_in.guessing import DAYS
from edsportal.nhsuk.forms import Button, NhsukForm
from edsportal.privacy.erase import erase_person
from edsportal.privacy.export import own_data
from edsportal.privacy.notice import held
from edsportal.web.form_pages import posted


@login_not_required
def privacy(request):
    """What is held on people, why, and how long, with the times that this server keeps."""
    return render(request, "privacy.html", {"held": held(), "known_days": DAYS})


@never_cache
def download(request: HttpRequest):
    """Everything that the portal holds about who asks, as JSON."""
    response = JsonResponse(own_data(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@never_cache
@reauthentication_required
def erase(request: HttpRequest):
    """Says what goes and what stays, asks, and ends the account."""
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(user=request.user)
        except LastAdministrator as refused:
            form.add_error("sure", str(refused))
        else:
            logout(request)
            messages.success(request, "Your account is erased.")
            return redirect("home")
    return render(request, "account/erase.html", {"form": form})


class EraseForm(NhsukForm):
    """Asks whether somebody is sure."""

    sure = forms.BooleanField(
        label="Yes, erase my account",
        error_messages={"required": "Tick the box to erase your account"},
    )
    buttons = [Button("Erase my account", variant="warning")]
