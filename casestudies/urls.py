from django.urls import path

from casestudies.views import (
    abbreviations,
    administrators,
    drafts,
    frameworks,
    groups,
    objectives,
    organisations,
    scale,
)

FRAMEWORK = "frameworks/<int:pk>/"
ORGANISATION = "organisations/<slug:organisation>/"
OBJECTIVES = ORGANISATION + "objectives/"
GROUPS = ORGANISATION + "groups/"
OUTCOME_AREA = FRAMEWORK + "outcome-areas/<str:area>/"

urlpatterns = [
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path(FRAMEWORK, frameworks.framework, name="framework"),
    path(FRAMEWORK + "copy/", drafts.copy, name="copy_framework"),
    path(FRAMEWORK + "use/", drafts.use, name="put_in_use"),
    path(FRAMEWORK + "delete/", drafts.delete, name="delete_draft"),
    path(OUTCOME_AREA, drafts.outcome_area, name="outcome_area"),
    path(FRAMEWORK + "grades/", scale.grades, name="grades"),
    path(FRAMEWORK + "ratings/", scale.bands, name="bands"),
    path(FRAMEWORK + "domains/<int:number>/add/", scale.add_area, name="outcome_area_add"),
    path(OUTCOME_AREA + "remove/", scale.remove_area, name="outcome_area_remove"),
    path(OUTCOME_AREA + "move/", drafts.move, name="move_outcome_area"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.add, name="organisation_add"),
    path(ORGANISATION, organisations.change, name="organisation"),
    path(ORGANISATION + "abbreviations/", abbreviations.abbreviations, name="abbreviations"),
    path(ORGANISATION + "abbreviations/<int:pk>/", abbreviations.change, name="abbreviation"),
    path(ORGANISATION + "abbreviations/<int:pk>/remove/", abbreviations.remove, name="abbreviation_remove"),
    path(ORGANISATION + "people/", organisations.people, name="people"),
    path(ORGANISATION + "people/invite/", organisations.invite, name="invite_person"),
    path(ORGANISATION + "people/<int:pk>/", organisations.roles, name="roles"),
    path(ORGANISATION + "people/<int:pk>/invite/", organisations.invite_again, name="invite_again"),
    path(OBJECTIVES, objectives.objectives, name="objectives"),
    path(OBJECTIVES + "add/", objectives.objective_add, name="objective_add"),
    path(OBJECTIVES + "published/", objectives.duty_publication, name="duty_publication"),
    path(OBJECTIVES + "<int:pk>/", objectives.objective, name="objective"),
    path(OBJECTIVES + "<int:pk>/change/", objectives.objective_change, name="objective_change"),
    path(OBJECTIVES + "<int:pk>/end/", objectives.objective_end, name="objective_end"),
    path(GROUPS, groups.groups, name="groups"),
    path(GROUPS + "add/", groups.add, name="group_add"),
    path(GROUPS + "<int:pk>/", groups.change, name="group_change"),
    path(GROUPS + "<int:pk>/remove/", groups.remove, name="group_remove"),
    path("groups/", groups.groups, name="national_groups"),
    path("groups/add/", groups.add, name="national_group_add"),
    path("groups/<int:pk>/", groups.change, name="national_group_change"),
    path("groups/<int:pk>/remove/", groups.remove, name="national_group_remove"),
    path("administrators/", administrators.administrators, name="administrators"),
    path("administrators/<int:pk>/remove/", administrators.remove, name="administrator_remove"),
]
