"""Every address of the portal; DESIGN.md lists them."""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import include, path

from edsportal import views
from edsportal.monitoring import health, metrics

admin.site.password_change = lambda request, extra_context=None: redirect("account_change_password")
admin.site.login = secure_admin_login(admin.site.login)  # our own page, which limits how often one may try

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("health/", health.ready, name="health"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    path("metrics/", metrics.metrics, name="metrics"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("", include("edsportal.privacy.urls")),
    path("changes/", include("edsportal.audit_pages.urls")),
    path("account/", include("edsportal.accounts.urls")),
    path("", include("casestudies.urls")),
    path("", include("scoring.urls")),
]
if settings.ADMIN_SITE:
    urlpatterns.append(path("admin/", admin.site.urls))
if apps.is_installed("edsportal.demo"):
    urlpatterns.insert(0, path("demo/", include("edsportal.demo.urls")))

handler400 = "edsportal.monitoring.error_pages.refused"
handler500 = "edsportal.monitoring.error_pages.broken"
