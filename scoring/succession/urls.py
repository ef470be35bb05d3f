from django.urls import path

from scoring.succession import views

ORGANISATION = "organisations/<slug:organisation>/succession/"

urlpatterns = [
    path(ORGANISATION, views.successions, name="successions"),
    path(ORGANISATION + "add/", views.add, name="succession_add"),
    path(ORGANISATION + "<int:pk>/undo/", views.undo, name="succession_undo"),
]
