from django.urls import path

from scoring.comparing import views

urlpatterns = [
    path("reports/compare/", views.compare, name="compare"),
    path("reports/compare.csv", views.compare_csv, name="compare_csv"),
]
