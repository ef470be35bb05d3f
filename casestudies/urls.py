from django.urls import path

from casestudies.frameworks import views as frameworks_views
from casestudies.objectives import views as objectives_views
from casestudies.organisations import views as organisations_views
from casestudies.organisations import vocabulary_views
from casestudies.views import abbreviations, administrators, frameworks, scale

FRAMEWORK = "frameworks/<int:pk>/"
ORGANISATION = "organisations/<slug:organisation>/"
OBJECTIVES = ORGANISATION + "objectives/"
GROUPS = ORGANISATION + "groups/"
OUTCOME_AREA = FRAMEWORK + "outcome-areas/<str:area>/"

urlpatterns = [
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path(FRAMEWORK, frameworks.framework, name="framework"),
    path(FRAMEWORK + "copy/", frameworks_views.copy, name="copy_framework"),
    path(FRAMEWORK + "use/", frameworks_views.use, name="put_in_use"),
    path(FRAMEWORK + "delete/", frameworks_views.delete, name="delete_draft"),
    path(OUTCOME_AREA, frameworks_views.outcome_area, name="outcome_area"),
    path(FRAMEWORK + "grades/", scale.grades, name="grades"),
    path(FRAMEWORK + "ratings/", scale.bands, name="bands"),
    path(FRAMEWORK + "domains/<int:number>/add/", scale.add_area, name="outcome_area_add"),
    path(OUTCOME_AREA + "remove/", scale.remove_area, name="outcome_area_remove"),
    path(OUTCOME_AREA + "move/", frameworks_views.move, name="move_outcome_area"),
    path("organisations/", organisations_views.organisations, name="organisations"),
    path("organisations/add/", organisations_views.add, name="organisation_add"),
    path(ORGANISATION, organisations_views.change, name="organisation"),
    path(ORGANISATION + "abbreviations/", abbreviations.abbreviations, name="abbreviations"),
    path(ORGANISATION + "abbreviations/<int:pk>/", abbreviations.change, name="abbreviation"),
    path(ORGANISATION + "abbreviations/<int:pk>/remove/", abbreviations.remove, name="abbreviation_remove"),
    path(ORGANISATION + "people/", organisations_views.people, name="people"),
    path(ORGANISATION + "people/invite/", organisations_views.invite, name="invite_person"),
    path(ORGANISATION + "people/<int:pk>/", organisations_views.roles, name="roles"),
    path(ORGANISATION + "people/<int:pk>/invite/", organisations_views.invite_again, name="invite_again"),
    path(OBJECTIVES, objectives_views.objectives, name="objectives"),
    path(OBJECTIVES + "add/", objectives_views.objective_add, name="objective_add"),
    path(OBJECTIVES + "published/", objectives_views.duty_publication, name="duty_publication"),
    path(OBJECTIVES + "<int:pk>/", objectives_views.objective, name="objective"),
    path(OBJECTIVES + "<int:pk>/change/", objectives_views.objective_change, name="objective_change"),
    path(OBJECTIVES + "<int:pk>/end/", objectives_views.objective_end, name="objective_end"),
    path(GROUPS, vocabulary_views.groups, name="groups"),
    path(GROUPS + "add/", vocabulary_views.add, name="group_add"),
    path(GROUPS + "<int:pk>/", vocabulary_views.change, name="group_change"),
    path(GROUPS + "<int:pk>/remove/", vocabulary_views.remove, name="group_remove"),
    path("groups/", vocabulary_views.groups, name="national_groups"),
    path("groups/add/", vocabulary_views.add, name="national_group_add"),
    path("groups/<int:pk>/", vocabulary_views.change, name="national_group_change"),
    path("groups/<int:pk>/remove/", vocabulary_views.remove, name="national_group_remove"),
    path("administrators/", administrators.administrators, name="administrators"),
    path("administrators/<int:pk>/remove/", administrators.remove, name="administrator_remove"),
]
