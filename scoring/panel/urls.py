from django.urls import include, path

from casestudies.reviews.addresses import CASE_STUDY, REVIEW
from scoring.panel import invitation_views, many_members, naming_views, views

of_review = [
    path("panel/<int:pk>/interests/<int:number>/", views.take_back_for, name="panel_interest"),
    path("panel/", views.panel, name="panel"),
    path("panel/add/", views.add, name="panel_add"),
    path("panel/paste/", many_members.paste, name="panel_paste"),
    path("panel/last-year/", many_members.last_year, name="panel_last_year"),
    path("panel/leave/", views.leave, name="panel_leave"),
    path("panel/<int:pk>/", views.change, name="panel_member"),
    path("panel/<int:pk>/remove/", views.remove, name="panel_remove"),
    path("panel/<int:pk>/back/", views.put_back, name="panel_put_back"),
    path("panel/send/<kind:kind>/", views.send, name="panel_send"),
]
of_case_study = [
    path("interest/", views.declare, name="declare_interest"),
    path("interest/take-back/", views.take_back, name="interest_take_back"),
]
urlpatterns = [
    path("my-work/name/", naming_views.naming, name="panel_naming"),
    path("panel-invitation/", invitation_views.accept, name="panel_invitation_accept"),
    path("panel-invitation/<str:token>/", invitation_views.invitation, name="panel_invitation"),
    path(REVIEW, include(of_review)),
    path(CASE_STUDY, include(of_case_study)),
]
