from django.urls import path

from edsportal.audit_pages import views

urlpatterns = [
    path("", views.trail, name="trail"),
    path("changes.csv", views.trail_file, name="trail_file"),
]
