from django.urls import path

from scoring.importing import views

WAITING = "reviews/import/<uuid:waiting>/"

urlpatterns = [
    path("reviews/import/", views.upload, name="import_report"),
    path(WAITING, views.preview, name="import_preview"),
    path(WAITING + "about/", views.about, name="import_about"),
    path(WAITING + "case-studies/<int:number>/", views.case_study, name="import_case_study"),
    path(WAITING + "lines/", views.lines, name="import_lines"),
    path(WAITING + "mend/", views.mend, name="import_mend"),
    path(WAITING + "confirm/", views.confirm, name="import_confirm"),
    path(WAITING + "discard/", views.discard, name="import_discard"),
]
