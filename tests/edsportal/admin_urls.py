"""The portal's addresses as they are with ADMIN_SITE."""

from django.contrib import admin
from django.urls import path

from edsportal.urls import urlpatterns as portal

urlpatterns = [path("admin/", admin.site.urls), *portal]
