from django.urls import include, path

from casestudies.reviews.addresses import REVIEW
from scoring.moderation import domain_choice, views

of_review = [
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/<int:number>/", views.moderate, name="moderate"),
    path("moderation/<int:number>/now/", views.moderate_now, name="moderate_now"),
    path("domains/<int:number>/choice/", domain_choice.domain_choice, name="domain_choice"),
]
urlpatterns = [
    path(REVIEW, include(of_review)),
]
