from django.urls import include, path

from casestudies.evidence import views
from casestudies.reviews.addresses import CASE_STUDY, REVIEW

of_case_study = [
    path("evidence/", views.evidence, name="evidence"),
    path("evidence/add/", views.add, name="evidence_add"),
    path("evidence/map/", views.evidence_map, name="evidence_map"),
    path("evidence/<int:item>/", views.item, name="evidence_item"),
    path("evidence/<int:item>/move/", views.move, name="evidence_move"),
    path("evidence/<int:item>/remove/", views.remove, name="evidence_remove"),
]
urlpatterns = [
    path("evidence/<uuid:file>/", views.evidence_file, name="evidence_file"),
    path(REVIEW + "evidence-map/", views.review_evidence_map, name="review_evidence_map"),
    path(CASE_STUDY, include(of_case_study)),
]
