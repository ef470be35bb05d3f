from django.urls import include, path

from casestudies.reviews.addresses import CASE_STUDY, REVIEW
from scoring.scores import export, self_assessment
from scoring.scores.score_sheet import practice, step_views, views

of_case_study = [
    path("self-assessment/", self_assessment.self_assessment, name="self_assessment"),
    path("score/", views.score, name="score"),
    path("score/check/", views.check_scores, name="check_scores"),
    path("score/submit/", views.submit, name="submit_scores"),
    path("score/change/", views.change_scores, name="change_scores"),
    path("score/confirm/", views.confirm, name="confirm_scores"),
    path("score/<str:area>/", step_views.step, name="score_step"),
]
urlpatterns = [
    path("frameworks/<int:pk>/preview/", views.preview, name="framework_preview"),
    path(REVIEW + "scores.csv", export.scores_csv, name="scores_csv"),
    path("frameworks/<int:pk>/practice/<int:number>/", practice.practice, name="practice"),
    path("frameworks/<int:pk>/practice/<int:number>/<str:area>/", practice.practice, name="practice"),
    path(REVIEW + "self-assessment/", self_assessment.when_shown, name="self_assessment_shown"),
    path(CASE_STUDY, include(of_case_study)),
]
