"""The portal's addresses as they are in the demo."""

from django.urls import include, path

from edsportal.urls import urlpatterns as portal

urlpatterns = [path("demo/", include("edsportal.demo.urls")), *portal]
