from django.urls import path

from edsportal.audit_pages import views

urlpatterns = [
    path("", views.audit_log, name="trail"),
    path("changes.csv", views.audit_log_file, name="trail_file"),
]
