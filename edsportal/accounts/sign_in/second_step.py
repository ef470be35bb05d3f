"""Who must have a second step after their password, and leads them to set it up before anything else."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.module_loading import import_string

from edsportal.accounts import mail
from edsportal.accounts.models import User
from edsportal.accounts.sign_in import idle
from edsportal.web import pending_forms

STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
OWED, ASKED = "second_step_owed", "second_step_asked"
# Names of the addresses that are open to who has yet to set it up, besides those open to everybody.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "account_session",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_set_password",
}


def is_required_of(user) -> bool:
    """Administrators, and whom the function that SECOND_STEP_REQUIRED_OF names says hold the keys to others' texts."""
    if not settings.SECOND_STEP_REQUIRED or user.is_guest:
        return False
    return user.is_superuser or user.is_staff or import_string(settings.SECOND_STEP_REQUIRED_OF)(user)


def came_by_identity_provider(request: HttpRequest, user) -> bool:
    methods = get_authentication_records(request, user)
    return any(each.get("method") == "socialaccount" for each in methods)


def is_owed(request: HttpRequest, user) -> bool:
    """Must this person set up a second step, and has none?"""
    if not is_required_of(user) or is_mfa_enabled(user, STEPS):
        return False
    return not (settings.OIDC_HAS_SECOND_STEP and came_by_identity_provider(request, user))


def ask(request: HttpRequest, user) -> bool:
    """Look it up anew, and remember it for as long as the session was not noted again."""
    request.session[ASKED] = request.session[idle.SEEN]
    request.session[OWED] = is_owed(request, user)
    return request.session[OWED]


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user, **kwargs) -> None:
    if settings.SECOND_STEP_REQUIRED:
        idle.begin(request)
        ask(request, user)


class SecondStepMiddleware:
    """Leads who owes a second step to its page. What they were sending waits meanwhile. After `SignInMiddleware`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_STEP_REQUIRED or not getattr(view, "login_required", True):
            return None
        if request.user.is_guest or request.resolver_match.view_name in OPEN:
            return None
        session = request.session
        known = session.get(ASKED) == session.get(idle.SEEN) and not session.get(OWED)
        if known or not ask(request, request.user):
            return None
        if request.method == "POST":
            pending_forms.keep(request)
        return redirect("mfa_index")


# Takes the second step from somebody who lost phone and codes: an administrator does it, and they are told.


@transaction.atomic
def remove_second_step(*, user: User) -> None:
    """Every app, passkey and recovery code of this person."""
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if removed:
        mail.send_after_commit(
            template="account/email/second_step_removed",
            subject="Your second step was removed",
            to=user.email,
            words={"person": user},
        )
