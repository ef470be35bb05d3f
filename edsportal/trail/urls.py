from django.urls import path

from edsportal.trail import views

urlpatterns = [
    path("", views.trail, name="trail"),
    path("changes.csv", views.trail_file, name="trail_file"),
]
