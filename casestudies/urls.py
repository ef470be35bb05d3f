from django.urls import path

from casestudies import views

urlpatterns = [
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/<int:pk>/", views.framework, name="framework"),
]
