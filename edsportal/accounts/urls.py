"""allauth's pages that the portal offers, under their own names and no others, and the way in by invitation."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import TemplateView

from edsportal.accounts import views as own

no_signup = TemplateView.as_view(template_name="account/signup_closed.html")

urlpatterns = [
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
