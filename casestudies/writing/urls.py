from django.urls import include, path

from casestudies.reviews.addresses import CASE_STUDY
from casestudies.writing import docx_views, reading, views
from casestudies.writing.handover import correction_views
from casestudies.writing.handover import views as handover_views

of_case_study = [
    path("write/", views.sections, name="write"),
    path("write/preview/", reading.preview, name="preview_case_study"),
    path("write/send/", handover_views.send, name="send_for_review"),
    path("write/withdraw/", handover_views.withdraw, name="withdraw_from_review"),
    path("write/personal/<slug:digest>/", handover_views.explain, name="explain"),
    path("write/comments/<int:comment>/", handover_views.answer, name="comment_answer"),
    path("accept/", handover_views.decide, name="decide"),
    path("write/add/", views.add, name="section_add"),
    path("write/paste/", views.pasted, name="paste"),
    path("write/<int:section>/", views.change, name="section_change"),
    path("write/<int:section>/move/", views.move, name="section_move"),
    path("write/<int:section>/remove/", views.remove, name="section_remove"),
    path("word/", docx_views.docx_out, name="word_out"),
    path("write/word/", docx_views.docx_in, name="word_in"),
    path("write/word/<uuid:waiting>/", docx_views.docx_changes, name="word_changes"),
    path("correct/", correction_views.correct, name="correct_text"),
    path("versions/", reading.versions, name="versions"),
]
urlpatterns = [
    path(CASE_STUDY, include(of_case_study)),
]
