from django.urls import path

from scoring.importing import check_views, views

WAITING = "reviews/import/<uuid:waiting>/"

urlpatterns = [
    path("check-a-report/", check_views.check_report, name="check_a_report"),
    path("reviews/import/", views.upload, name="import_report"),
    path(WAITING, views.preview, name="import_preview"),
    path(WAITING + "about/", views.about, name="import_about"),
    path(WAITING + "case-studies/<int:number>/", views.case_study, name="import_case_study"),
    path(WAITING + "case-studies/add/", views.add, name="import_add"),
    path(WAITING + "questions/", views.questions, name="import_questions"),
    path(WAITING + "edits/", views.edits, name="import_edits"),
    path(WAITING + "file/", views.original, name="import_original"),
    path(WAITING + "lines/", views.lines, name="import_lines"),
    path(WAITING + "mend/", views.mend, name="import_mend"),
    path(WAITING + "leave-out/", views.leave_out, name="import_leave_out"),
    path(WAITING + "confirm/", views.confirm, name="import_confirm"),
    path(WAITING + "discard/", views.discard, name="import_discard"),
]
