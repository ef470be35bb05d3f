from django.urls import path

from casestudies.lists import views
from casestudies.lists.models import ListEntry

GROUPS = {"kind": ListEntry.Kind.REPRESENTED_GROUP}
SOURCES = {"kind": ListEntry.Kind.EVIDENCE_SOURCE}

urlpatterns = [
    path("represented-groups/", views.entries, GROUPS, name="represented_groups"),
    path("represented-groups/add/", views.add, GROUPS, name="represented_groups_add"),
    path("evidence-sources/", views.entries, SOURCES, name="evidence_sources"),
    path("evidence-sources/add/", views.add, SOURCES, name="evidence_sources_add"),
    path("list-entries/<int:pk>/", views.change, name="list_entry"),
    path("list-entries/<int:pk>/delete/", views.delete, name="list_entry_delete"),
    path("list-entries/<int:pk>/move/", views.move, name="list_entry_move"),
    path("list-entries/<int:pk>/retire/", views.retire, name="list_entry_retire"),
    path("list-entries/<int:pk>/use-again/", views.use_again, name="list_entry_use_again"),
]
