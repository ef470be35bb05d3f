from django.urls import include, path

from casestudies.reviews import views
from casestudies.reviews.addresses import CASE_STUDY, REVIEW

of_review = [
    path("header/", views.header, name="review_header"),
    path("case-studies/add/", views.add_case_study, name="case_study_add"),
]
of_case_study = [
    path("change/", views.change_case_study, name="case_study_change"),
    path("remove/", views.remove_case_study, name="case_study_remove"),
]
urlpatterns = [
    path(REVIEW, include(of_review)),
    path(CASE_STUDY, include(of_case_study)),
]
