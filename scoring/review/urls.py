from django.urls import include, path

from casestudies.reviews.addresses import CASE_STUDY, REVIEW
from scoring.review import sharing_views, start, views

of_review = [
    path("", views.review, name="review"),
    path("stage/", views.stage, name="stage"),
    path("closing-date/", views.closing_date, name="closing_date"),
    path("shared/", sharing_views.offers, name="offers"),
]
of_case_study = [
    path("share/", sharing_views.share, name="share_case_study"),
    path("", views.case_study, name="case_study"),
]
urlpatterns = [
    path("reviews/", views.reviews, name="reviews"),
    path("shared-case-studies/<int:pk>/", sharing_views.shared_case_study, name="shared_case_study"),
    path("shared-case-studies/<int:pk>/accept/", sharing_views.accept, name="accept_shared"),
    path("shared-case-studies/<int:pk>/end/", sharing_views.end, name="end_shared"),
    path("reviews/new/", start.new_review, name="review_new"),
    path(REVIEW, include(of_review)),
    path(CASE_STUDY, include(of_case_study)),
]
