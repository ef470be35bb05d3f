from django.urls import path

from casestudies.frameworks import domain_views, easy_views, views

FRAMEWORK = "frameworks/<int:pk>/"

urlpatterns = [
    path(FRAMEWORK + "differences/", views.differences, name="framework_differences"),
    path("frameworks/", views.frameworks, name="frameworks"),
    path(FRAMEWORK, views.framework, name="framework"),
    path(FRAMEWORK + "copy/", views.copy, name="copy_framework"),
    path(FRAMEWORK + "use/", views.use, name="put_in_use"),
    path(FRAMEWORK + "delete/", views.delete, name="delete_draft"),
    path(FRAMEWORK + "outcome-areas/<str:area>/", views.outcome_area, name="outcome_area"),
    path(FRAMEWORK + "outcome-areas/<str:area>/easy-words/", easy_views.easy_words, name="easy_words"),
    path(FRAMEWORK + "grades/", views.grades, name="grades"),
    path(FRAMEWORK + "ratings/", views.bands, name="bands"),
    path(FRAMEWORK + "source/", domain_views.source, name="framework_source"),
    path(FRAMEWORK + "rules/", domain_views.change_name_and_rules, name="framework_rules"),
    path(FRAMEWORK + "retire/", views.retire, name="retire_framework"),
    path(FRAMEWORK + "domains/add/", domain_views.add, name="domain_add"),
    path(FRAMEWORK + "domains/<int:number>/remove/", domain_views.remove, name="domain_remove"),
    path(FRAMEWORK + "domains/<int:number>/", domain_views.domain, name="domain"),
    path(FRAMEWORK + "domains/<int:number>/move/", domain_views.move, name="move_domain"),
    path(FRAMEWORK + "domains/<int:number>/add/", views.add_area, name="outcome_area_add"),
    path(FRAMEWORK + "outcome-areas/<str:area>/remove/", views.remove_area, name="outcome_area_remove"),
    path(FRAMEWORK + "outcome-areas/<str:area>/move/", views.move, name="move_outcome_area"),
]
