"""Taking a place on the panel, by the link of an invitation and as the person whom it was sent to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from casestudies.models import PanelMessage
from edsportal.accounts.invitations import begin_account, begun_account, has_a_way_in
from edsportal.accounts.sign_in.forms import SetPasswordForm
from edsportal.web.form_pages import posted
from edsportal.web.refusals import NotPossible
from scoring.panel.actions import accept_place
from scoring.panel.invitations import invitation_of

KEPT = "panel_invitation"  # in the session: the secret part of the link


@never_cache
@login_not_required
def invitation(request: HttpRequest, token: str):
    """Takes the secret out of the address before any page is shown."""
    request.session[KEPT] = token
    return redirect("panel_invitation_accept")


@never_cache
@login_not_required
def accept(request: HttpRequest):
    """People with an account sign in first. People without one choose a password, which makes their account."""
    invited = invitation_of(request.session.get(KEPT, ""))
    if invited is None:
        return render(request, "account/invitation_over.html")
    if request.user.is_authenticated:
        return _accept_signed_in(request, invited)
    person = begun_account(invited.address, invited.member.name)
    if person is None:
        return render(request, "account/invitation_over.html")
    if has_a_way_in(person):
        return redirect_to_login(reverse("panel_invitation_accept"))
    form = SetPasswordForm(person, posted(request))
    if request.method == "POST" and form.is_valid():
        begin_account(request, person, form.cleaned_data["password1"])
        return _accept(request, invited)
    return render(request, "account/invitation.html", {"form": form, "invited": person})


def _accept_signed_in(request: HttpRequest, invited: PanelMessage) -> HttpResponse:
    is_invited = request.user.email == invited.address
    if is_invited and request.method == "POST":
        return _accept(request, invited)
    page = {"review": invited.member.review, "is_invited": is_invited}
    return render(request, "scoring/panel/invitation.html", page, status=200 if is_invited else 403)


def _accept(request: HttpRequest, invited: PanelMessage) -> HttpResponse:
    request.session.pop(KEPT, None)
    try:
        member = accept_place(invitation=invited, user=request.user)
    except NotPossible as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"You have joined the panel of {member.review}.")
        if not member.named_as:
            return redirect("panel_naming")
    return redirect("my_work")
