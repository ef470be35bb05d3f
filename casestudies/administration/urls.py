from django.urls import path

from casestudies.administration import organisation_views, views

ORGANISATION = "organisations/<slug:organisation>/"

urlpatterns = [
    path("administration/", views.administration, name="administration"),
    path("care-systems/", organisation_views.care_systems, name="care_systems"),
    path("care-systems/add/", organisation_views.care_system_add, name="care_system_add"),
    path("care-systems/<int:pk>/", organisation_views.care_system, name="care_system"),
    path(
        "administration/import-organisations/",
        organisation_views.import_organisations,
        name="organisations_import",
    ),
    path(ORGANISATION + "archive/", organisation_views.archive, name="organisation_archive"),
    path(ORGANISATION + "restore/", organisation_views.restore, name="organisation_restore"),
    path(ORGANISATION + "address/", organisation_views.address, name="organisation_address"),
]
