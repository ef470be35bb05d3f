from django.urls import path

from scoring.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
]
