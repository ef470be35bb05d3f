from django.urls import path

from casestudies.reviews.addresses import REVIEW
from scoring.succession import views

ORGANISATION = "organisations/<slug:organisation>/succession/"

urlpatterns = [
    path(ORGANISATION, views.successions, name="successions"),
    path(ORGANISATION + "add/", views.add, name="succession_add"),
    path(ORGANISATION + "<int:pk>/undo/", views.undo, name="succession_undo"),
    path(REVIEW + "carry-over/", views.carry_over_page, name="review_carry_over"),
]
