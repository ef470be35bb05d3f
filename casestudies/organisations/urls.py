from django.urls import path

from casestudies.organisations import abbreviation_views, views, vocabulary_views

ORGANISATION = "organisations/<slug:organisation>/"

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/add/", views.add, name="organisation_add"),
    path(ORGANISATION, views.change, name="organisation"),
    path(
        ORGANISATION + "abbreviations/",
        abbreviation_views.abbreviations,
        name="abbreviations",
    ),
    path(
        ORGANISATION + "abbreviations/<int:pk>/",
        abbreviation_views.change,
        name="abbreviation",
    ),
    path(
        ORGANISATION + "abbreviations/<int:pk>/remove/",
        abbreviation_views.remove,
        name="abbreviation_remove",
    ),
    path(ORGANISATION + "people/", views.people, name="people"),
    path(ORGANISATION + "people/invite/", views.invite, name="invite_person"),
    path(ORGANISATION + "people/<int:pk>/", views.roles, name="roles"),
    path(ORGANISATION + "people/<int:pk>/invite/", views.invite_again, name="invite_again"),
    path(ORGANISATION + "groups/", vocabulary_views.groups, name="groups"),
    path(ORGANISATION + "groups/add/", vocabulary_views.add, name="group_add"),
    path(ORGANISATION + "groups/<int:pk>/", vocabulary_views.change, name="group_change"),
    path(
        ORGANISATION + "groups/<int:pk>/remove/",
        vocabulary_views.remove,
        name="group_remove",
    ),
    path("groups/", vocabulary_views.groups, name="national_groups"),
    path("groups/add/", vocabulary_views.add, name="national_group_add"),
    path("groups/<int:pk>/", vocabulary_views.change, name="national_group_change"),
    path("groups/<int:pk>/remove/", vocabulary_views.remove, name="national_group_remove"),
    path("administrators/", views.administrators, name="administrators"),
    path("administrators/<int:pk>/remove/", views.remove, name="administrator_remove"),
]
