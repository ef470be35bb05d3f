from django.urls import include, path

from casestudies.organisations import abbreviation_views, account_views, brand_views, views, vocabulary_views

ORGANISATION = "organisations/<slug:organisation>/"

of_organisation = [
    path("abbreviations/", abbreviation_views.abbreviations, name="abbreviations"),
    path("abbreviations/<int:pk>/", abbreviation_views.change, name="abbreviation"),
    path("abbreviations/<int:pk>/remove/", abbreviation_views.remove, name="abbreviation_remove"),
    path("logo/", brand_views.logo, name="organisation_logo"),
    path("logo/remove/", brand_views.remove_logo, name="organisation_logo_remove"),
    path("colour/", brand_views.colour, name="organisation_colour"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite_person"),
    path("people/<int:pk>/", views.roles, name="roles"),
    path("people/<int:pk>/invite/", views.invite_again, name="invite_again"),
    path("groups/", vocabulary_views.groups, name="groups"),
    path("groups/add/", vocabulary_views.add, name="group_add"),
    path("groups/<int:pk>/", vocabulary_views.change, name="group_change"),
    path("groups/<int:pk>/remove/", vocabulary_views.remove, name="group_remove"),
]
urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/add/", views.add, name="organisation_add"),
    path(ORGANISATION, views.organisation, name="organisation"),
    path(ORGANISATION + "change/", views.change, name="organisation_change"),
    path(ORGANISATION, include(of_organisation)),
    path("groups/", vocabulary_views.groups, name="national_groups"),
    path("groups/add/", vocabulary_views.add, name="national_group_add"),
    path("groups/<int:pk>/", vocabulary_views.change, name="national_group_change"),
    path("groups/<int:pk>/remove/", vocabulary_views.remove, name="national_group_remove"),
    path("accounts/", account_views.accounts, name="accounts"),
    path("accounts/<int:pk>/", account_views.account, name="account_of_person"),
    path("accounts/<int:pk>/close/", account_views.close, name="account_close"),
    path("accounts/<int:pk>/open/", account_views.reopen, name="account_open"),
    path("accounts/<int:pk>/reset-link/", account_views.reset_link, name="account_reset_link"),
    path("accounts/<int:pk>/second-step/", account_views.second_step, name="account_second_step"),
    path("administrators/", views.administrators, name="administrators"),
    path("administrators/<int:pk>/remove/", views.remove, name="administrator_remove"),
]
