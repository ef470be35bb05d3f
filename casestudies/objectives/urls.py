from django.urls import path

from casestudies.objectives import views

OBJECTIVES = "organisations/<slug:organisation>/objectives/"

urlpatterns = [
    path(OBJECTIVES, views.objectives, name="objectives"),
    path(OBJECTIVES + "add/", views.objective_add, name="objective_add"),
    path(
        OBJECTIVES + "published/",
        views.duty_publication,
        name="duty_publication",
    ),
    path(OBJECTIVES + "<int:pk>/", views.objective, name="objective"),
    path(
        OBJECTIVES + "<int:pk>/change/",
        views.objective_change,
        name="objective_change",
    ),
    path(
        OBJECTIVES + "<int:pk>/end/",
        views.objective_end,
        name="objective_end",
    ),
]
