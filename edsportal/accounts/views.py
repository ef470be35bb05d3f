"""A person's own account, and the way in for somebody invited. Every other page about signing in is allauth's."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from edsportal.accounts.invitations import begin_account, has_a_way_in, user_of
from edsportal.accounts.sign_in import idle
from edsportal.accounts.sign_in.forms import SetPasswordForm

KEPT = "invitation"


@never_cache
@login_not_required
def invitation(request, token: str):
    """Takes the secret out of the address before any page is shown."""
    request.session[KEPT] = token
    return redirect("account_accept_invitation")


@never_cache
@login_not_required
def accept_invitation(request):
    """Somebody new chooses a password and is signed in; whoever has a way in signs in by it, second step and all."""
    user = user_of(request.session.get(KEPT, ""))
    if user is None:
        return render(request, "account/invitation_over.html")
    if has_a_way_in(user):
        del request.session[KEPT]
        return redirect(settings.LOGIN_REDIRECT_URL)  # by way of the sign-in page
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session.pop(KEPT)
        begin_account(request, user, form.cleaned_data["password1"])
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "account/invitation.html", {"form": form, "invited": user})


def account(request):
    return render(request, "account/account.html", {"has_second_step": is_mfa_enabled(request.user)})


@never_cache
@login_not_required
def session_state(request):
    """For the script that warns: how many seconds until this person is signed out. A POST says that they are here."""
    return JsonResponse({"seconds": idle.seconds_left(request)})
