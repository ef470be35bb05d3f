from django.urls import include, path

from casestudies.reviews.addresses import REVIEW
from scoring.recommendations import owner_views, views

of_review = [
    path("recommendations/", views.recommendations, name="recommendations"),
    path("recommendations/add/", views.recommendation_add, name="recommendation_add"),
    path("recommendations/<int:pk>/", views.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/change/", views.recommendation_change, name="recommendation_change"),
    path("recommendations/<int:pk>/remove/", views.recommendation_remove, name="recommendation_remove"),
    path("recommendations/<int:pk>/owner/", owner_views.recommendation_owner, name="recommendation_owner"),
    path("recommendations/<int:pk>/ask/", owner_views.ask_owner, name="ask_owner"),
]
urlpatterns = [
    path("actions/<int:pk>/", owner_views.owned_recommendation, name="owned_recommendation"),
    path("actions/link/<str:token>/", owner_views.owner_link, name="owner_link"),
    path(REVIEW, include(of_review)),
]
