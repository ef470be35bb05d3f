from django.urls import path

from casestudies.views import drafts, frameworks

FRAMEWORK = "frameworks/<int:pk>/"
OUTCOME_AREA = FRAMEWORK + "outcome-areas/<str:area>/"

urlpatterns = [
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path(FRAMEWORK, frameworks.framework, name="framework"),
    path(FRAMEWORK + "copy/", drafts.copy, name="copy_framework"),
    path(FRAMEWORK + "use/", drafts.use, name="put_in_use"),
    path(FRAMEWORK + "delete/", drafts.delete, name="delete_draft"),
    path(OUTCOME_AREA, drafts.outcome_area, name="outcome_area"),
    path(OUTCOME_AREA + "move/", drafts.move, name="move_outcome_area"),
]
