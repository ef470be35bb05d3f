"""allauth's pages that the portal offers, under their own names and no others, and the way in by invitation."""

from allauth.account import views
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as identity
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import RedirectView, TemplateView

from edsportal.accounts import details_views
from edsportal.accounts import views as own
from edsportal.accounts.sign_in.identity import login as identity_login

no_signup = TemplateView.as_view(template_name="account/signup_closed.html")

STEP = "second-step/"
PASSKEYS = STEP + "passkeys/"
CODES = STEP + "recovery-codes/"
second_steps = [
    path(STEP, second_step.index, name="mfa_index"),
    path(STEP + "enter/", second_step.authenticate, name="mfa_authenticate"),
    path(STEP + "again/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path(STEP + "app/", totp.activate_totp, name="mfa_activate_totp"),
    path(STEP + "app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(PASSKEYS, RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path(PASSKEYS + "add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(PASSKEYS + "again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(PASSKEYS + "sign-in/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(PASSKEYS + "<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path(PASSKEYS + "<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(CODES, recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(CODES + "new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(CODES + "file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
OIDC = "oidc/<slug:provider_id>/login/"
identity_provider = [
    path(OIDC, identity_login, name="openid_connect_login"),
    path(OIDC + "callback/", openid_connect.callback, name="openid_connect_callback"),
    path(
        "oidc/cancelled/", login_not_required(identity.login_cancelled), name="socialaccount_login_cancelled"
    ),
    path("oidc/error/", login_not_required(identity.login_error), name="socialaccount_login_error"),
]
urlpatterns = [
    path("", own.account, name="account"),
    path("name/", details_views.name, name="account_name"),
    path("address/", details_views.address, name="account_address"),
    path("address/<str:token>/", details_views.confirm_address, name="account_confirm_address"),
    path("messages/", details_views.messages_of_day, name="account_messages"),
    path("session/", own.session_state, name="account_session"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    *second_steps,
    *identity_provider,
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", login_not_required(no_signup), name="account_signup"),
    path("invitation/", own.accept_invitation, name="account_accept_invitation"),
    path("invitation/<str:token>/", own.invitation, name="account_invitation"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
