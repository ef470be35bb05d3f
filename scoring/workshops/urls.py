from django.urls import include, path

from casestudies.reviews.addresses import CASE_STUDY, REVIEW
from scoring.workshops import grid_views, joining_views, paper, views

of_review = [
    path("paper/", paper.paper, name="paper"),
    path("paper/<int:number>/sheets/", grid_views.paper_grid, name="paper_grid"),
    path("paper/<int:number>/<int:member>/", paper.enter_sheet, name="enter_sheet"),
    path("workshop/", views.workshop, name="workshop"),
    path("workshop/screen/", views.screen, name="workshop_screen"),
    path("workshop/close/", views.close_workshop, name="close_workshop"),
    path("workshop/confirm/", views.confirm_people, name="confirm_people"),
    path("workshop/people/<int:joining>/remove/", views.remove_person, name="remove_person"),
    path("workshop/move-on/<int:number>/", views.move_workshop_on, name="move_workshop_on"),
    path("workshop/reveal/", views.reveal, name="reveal"),
    path("workshop/now/", joining_views.workshop_now, name="workshop_now"),
    path("workshop/now/state/", joining_views.workshop_state, name="workshop_state"),
]
urlpatterns = [
    path("join/", joining_views.join, name="join"),
    path("join/<slug:code>/", joining_views.join, name="join_code"),
    path(REVIEW, include(of_review)),
    path(CASE_STUDY + "paper/<slug:size>/", paper.paper_sheet, name="paper_sheet"),
]
