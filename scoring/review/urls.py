from django.urls import include, path

from casestudies.reviews.addresses import CASE_STUDY, REVIEW
from scoring.review import left_out, sharing_views, start, views
from scoring.review.stages import views as stage_views

of_review = [
    path("", views.review, name="review"),
    path("stage/", stage_views.stage, name="stage"),
    path("open-scoring/", stage_views.open_case_studies, name="open_scoring"),
    path("close-scoring/", stage_views.close_case_studies, name="close_scoring"),
    path("domains/<int:number>/leave-out/", left_out.leave_out, name="leave_out_domain"),
    path("shared/", sharing_views.offers, name="offers"),
]
of_case_study = [
    path("share/", sharing_views.share, name="share_case_study"),
    path("closing-date/", stage_views.closing_date, name="closing_date"),
    path("write-again/", stage_views.write_again, name="write_again"),
    path("end-meeting/", stage_views.end_meeting, name="end_meeting"),
    path("reopen-meeting/", stage_views.reopen_meeting, name="reopen_meeting"),
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
