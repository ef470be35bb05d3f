from django.urls import path

from casestudies.frameworks import views as frameworks_views
from casestudies.objectives import views as objectives_views
from casestudies.organisations import abbreviation_views, vocabulary_views
from casestudies.organisations import views as organisations_views

FRAMEWORK = "frameworks/<int:pk>/"
ORGANISATION = "organisations/<slug:organisation>/"
OBJECTIVES = ORGANISATION + "objectives/"
GROUPS = ORGANISATION + "groups/"
OUTCOME_AREA = FRAMEWORK + "outcome-areas/<str:area>/"

urlpatterns = [
    path("frameworks/", frameworks_views.frameworks, name="frameworks"),
    path(FRAMEWORK, frameworks_views.framework, name="framework"),
    path(FRAMEWORK + "copy/", frameworks_views.copy, name="copy_framework"),
    path(FRAMEWORK + "use/", frameworks_views.use, name="put_in_use"),
    path(FRAMEWORK + "delete/", frameworks_views.delete, name="delete_draft"),
    path(OUTCOME_AREA, frameworks_views.outcome_area, name="outcome_area"),
    path(FRAMEWORK + "grades/", frameworks_views.grades, name="grades"),
    path(FRAMEWORK + "ratings/", frameworks_views.bands, name="bands"),
    path(FRAMEWORK + "domains/<int:number>/add/", frameworks_views.add_area, name="outcome_area_add"),
    path(OUTCOME_AREA + "remove/", frameworks_views.remove_area, name="outcome_area_remove"),
    path(OUTCOME_AREA + "move/", frameworks_views.move, name="move_outcome_area"),
    path("organisations/", organisations_views.organisations, name="organisations"),
    path("organisations/add/", organisations_views.add, name="organisation_add"),
    path(ORGANISATION, organisations_views.change, name="organisation"),
    path(ORGANISATION + "abbreviations/", abbreviation_views.abbreviations, name="abbreviations"),
    path(ORGANISATION + "abbreviations/<int:pk>/", abbreviation_views.change, name="abbreviation"),
    path(
        ORGANISATION + "abbreviations/<int:pk>/remove/", abbreviation_views.remove, name="abbreviation_remove"
    ),
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
    path("administrators/", organisations_views.administrators, name="administrators"),
    path("administrators/<int:pk>/remove/", organisations_views.remove, name="administrator_remove"),
]
