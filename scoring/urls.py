from django.urls import path, register_converter
from django.urls.converters import StringConverter

from casestudies.evidence import views as evidence_views
from casestudies.frameworks import views as frameworks_views
from casestudies.reviews import views as reviews_views
from casestudies.writing import docx_views, handover_views, reading
from casestudies.writing import views as writing_views
from edsportal.privacy import views as privacy_views
from scoring.importing import views as importing_views
from scoring.moderation import domain_choice
from scoring.moderation import views as moderation_views
from scoring.my_work import tasks as my_work_tasks
from scoring.panel import views as panel_views
from scoring.publishing import findings, open_data_views, public_views
from scoring.publishing import views as publishing_views
from scoring.recommendations import owner_views
from scoring.recommendations import views as recommendations_views
from scoring.review import sharing_views
from scoring.review import views as review_views
from scoring.scores import self_assessment
from scoring.scores import views as scores_views
from scoring.search import views as search_views
from scoring.workshops import joining_views, paper
from scoring.workshops import views as workshops_views


class YearConverter:
    """A year of a review: 2024, or 2024-25."""

    regex = "[0-9]{4}(?:-[0-9]{2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class KindConverter(StringConverter):
    """A kind of message to members of a panel."""

    regex = "invitation|reminder"


register_converter(YearConverter, "year")
register_converter(KindConverter, "kind")
REVIEW = "reviews/<slug:organisation>/<year:year>/"
CASE_STUDY = REVIEW + "case-studies/<int:number>/"
SECTIONS = CASE_STUDY + "write/"
IMPORT = "reviews/import/<uuid:waiting>/"
EVIDENCE = CASE_STUDY + "evidence/"
PIECE = EVIDENCE + "<int:item>/"
WORKSHOP = REVIEW + "workshop/"

urlpatterns = [
    path("my-work/", my_work_tasks.my_work, name="my_work"),
    path("account/data/", privacy_views.download, name="own_data"),
    path("account/erase/", privacy_views.erase, name="account_erase"),
    path("reviews/", review_views.reviews, name="reviews"),
    path("reviews/new/", reviews_views.new_review, name="review_new"),
    path("reviews/import/", importing_views.upload, name="import_report"),
    path(IMPORT, importing_views.preview, name="import_preview"),
    path(IMPORT + "about/", importing_views.about, name="import_about"),
    path(IMPORT + "case-studies/<int:number>/", importing_views.case_study, name="import_case_study"),
    path(IMPORT + "lines/", importing_views.lines, name="import_lines"),
    path(IMPORT + "mend/", importing_views.mend, name="import_mend"),
    path(IMPORT + "confirm/", importing_views.confirm, name="import_confirm"),
    path(IMPORT + "discard/", importing_views.discard, name="import_discard"),
    path(REVIEW, review_views.review, name="review"),
    path(REVIEW + "header/", reviews_views.header, name="review_header"),
    path(REVIEW + "case-studies/add/", reviews_views.add_case_study, name="case_study_add"),
    path(CASE_STUDY + "change/", reviews_views.change_case_study, name="case_study_change"),
    path(CASE_STUDY + "remove/", reviews_views.remove_case_study, name="case_study_remove"),
    path(SECTIONS, writing_views.sections, name="write"),
    path(SECTIONS + "ready/", handover_views.ready, name="mark_ready"),
    path(SECTIONS + "personal/", handover_views.personal, name="personal"),
    path(SECTIONS + "personal/<slug:digest>/", handover_views.explain, name="explain"),
    path(SECTIONS + "comments/<int:comment>/", handover_views.answer, name="comment_answer"),
    path(CASE_STUDY + "accept/", handover_views.decide, name="decide"),
    path(SECTIONS + "add/", writing_views.add, name="section_add"),
    path(SECTIONS + "paste/", writing_views.pasted, name="paste"),
    path(SECTIONS + "<int:section>/", writing_views.change, name="section_change"),
    path(SECTIONS + "<int:section>/move/", writing_views.move, name="section_move"),
    path(SECTIONS + "<int:section>/remove/", writing_views.remove, name="section_remove"),
    path(EVIDENCE, evidence_views.evidence, name="evidence"),
    path(EVIDENCE + "add/", evidence_views.add, name="evidence_add"),
    path(EVIDENCE + "add/<slug:sort>/", evidence_views.add_details, name="evidence_add_details"),
    path(EVIDENCE + "map/", evidence_views.evidence_map, name="evidence_map"),
    path(PIECE, evidence_views.item, name="evidence_item"),
    path(PIECE + "details/", evidence_views.details, name="evidence_details"),
    path(PIECE + "outcomes/", evidence_views.outcomes, name="evidence_outcomes"),
    path(PIECE + "groups/", evidence_views.groups, name="evidence_groups"),
    path(PIECE + "move/", evidence_views.move, name="evidence_move"),
    path(PIECE + "remove/", evidence_views.remove, name="evidence_remove"),
    path(REVIEW + "evidence-map/", evidence_views.review_evidence_map, name="review_evidence_map"),
    path("evidence/<uuid:file>/", evidence_views.evidence_file, name="evidence_file"),
    path(CASE_STUDY + "word/", docx_views.word_out, name="word_out"),
    path(SECTIONS + "word/", docx_views.word_in, name="word_in"),
    path(SECTIONS + "word/<uuid:waiting>/", docx_views.word_changes, name="word_changes"),
    path(REVIEW + "stage/", review_views.stage, name="stage"),
    path(REVIEW + "closing-date/", review_views.closing_date, name="closing_date"),
    path(CASE_STUDY, reading.case_study, name="case_study"),
    path(CASE_STUDY + "share/", sharing_views.share, name="share_case_study"),
    path(REVIEW + "shared/", sharing_views.offers, name="offers"),
    path("shared-case-studies/<int:pk>/", sharing_views.shared_case_study, name="shared_case_study"),
    path("shared-case-studies/<int:pk>/accept/", sharing_views.accept, name="accept_shared"),
    path("shared-case-studies/<int:pk>/end/", sharing_views.end, name="end_shared"),
    path(CASE_STUDY + "versions/", reading.versions, name="versions"),
    path(CASE_STUDY + "self-assessment/", self_assessment.self_assessment, name="self_assessment"),
    path(REVIEW + "self-assessment/", self_assessment.when_shown, name="self_assessment_shown"),
    path(CASE_STUDY + "interest/", panel_views.declare, name="declare_interest"),
    path(CASE_STUDY + "interest/take-back/", panel_views.take_back, name="interest_take_back"),
    path(REVIEW + "panel/<int:pk>/interests/<int:number>/", panel_views.take_back_for, name="panel_interest"),
    path(CASE_STUDY + "score/", scores_views.score, name="score"),
    path(CASE_STUDY + "score/check/", scores_views.check_scores, name="check_scores"),
    path(CASE_STUDY + "score/submit/", scores_views.submit, name="submit_scores"),
    path(REVIEW + "panel/", panel_views.panel, name="panel"),
    path(REVIEW + "panel/add/", panel_views.add, name="panel_add"),
    path(REVIEW + "panel/leave/", panel_views.leave, name="panel_leave"),
    path(REVIEW + "panel/<int:pk>/", panel_views.change, name="panel_member"),
    path(REVIEW + "panel/<int:pk>/remove/", panel_views.remove, name="panel_remove"),
    path(REVIEW + "panel/<int:pk>/back/", panel_views.put_back, name="panel_put_back"),
    path(REVIEW + "panel/send/<kind:kind>/", panel_views.send, name="panel_send"),
    path(CASE_STUDY + "score/change/", scores_views.change_scores, name="change_scores"),
    path(CASE_STUDY + "score/confirm/", scores_views.confirm, name="confirm_scores"),
    path(CASE_STUDY + "paper/<slug:size>/", paper.paper_sheet, name="paper_sheet"),
    path(REVIEW + "paper/", paper.paper, name="paper"),
    path(REVIEW + "paper/<int:number>/<int:member>/", paper.enter_sheet, name="enter_sheet"),
    path("join/", joining_views.join, name="join"),
    path("join/<slug:code>/", joining_views.join, name="join_code"),
    path(WORKSHOP, workshops_views.workshop, name="workshop"),
    path(WORKSHOP + "screen/", workshops_views.screen, name="workshop_screen"),
    path(WORKSHOP + "close/", workshops_views.close_workshop, name="close_workshop"),
    path(WORKSHOP + "confirm/", workshops_views.confirm_people, name="confirm_people"),
    path(WORKSHOP + "people/<int:joining>/remove/", workshops_views.remove_person, name="remove_person"),
    path(WORKSHOP + "move-on/<int:number>/", workshops_views.move_workshop_on, name="move_workshop_on"),
    path(WORKSHOP + "reveal/", workshops_views.reveal, name="reveal"),
    path(WORKSHOP + "now/", joining_views.workshop_now, name="workshop_now"),
    path(WORKSHOP + "now/state/", joining_views.workshop_state, name="workshop_state"),
    path(REVIEW + "moderation/", moderation_views.moderation, name="moderation"),
    path(REVIEW + "moderation/<int:number>/", moderation_views.moderate, name="moderate"),
    path(REVIEW + "moderation/<int:number>/now/", moderation_views.moderate_now, name="moderate_now"),
    path(REVIEW + "recommendations/", recommendations_views.recommendations, name="recommendations"),
    path(
        REVIEW + "recommendations/add/", recommendations_views.recommendation_add, name="recommendation_add"
    ),
    path(REVIEW + "recommendations/<int:pk>/", recommendations_views.recommendation, name="recommendation"),
    path(
        REVIEW + "recommendations/<int:pk>/change/",
        recommendations_views.recommendation_change,
        name="recommendation_change",
    ),
    path(
        REVIEW + "recommendations/<int:pk>/remove/",
        recommendations_views.recommendation_remove,
        name="recommendation_remove",
    ),
    path(
        REVIEW + "recommendations/<int:pk>/owner/",
        owner_views.recommendation_owner,
        name="recommendation_owner",
    ),
    path(REVIEW + "recommendations/<int:pk>/ask/", owner_views.ask_owner, name="ask_owner"),
    path("actions/<int:pk>/", owner_views.owned_recommendation, name="owned_recommendation"),
    path("actions/link/<str:token>/", owner_views.owner_link, name="owner_link"),
    path(REVIEW + "checks/", findings.checks, name="checks"),
    path(REVIEW + "checks/<slug:key>/", findings.accept, name="accept_warning"),
    path(REVIEW + "domains/<int:number>/choice/", domain_choice.domain_choice, name="domain_choice"),
    path(REVIEW + "report/", public_views.preview, name="preview"),
    path(REVIEW + "words/", publishing_views.report_words, name="report_words"),
    path(REVIEW + "approval/", publishing_views.approval, name="approval"),
    path(REVIEW + "publishing/", publishing_views.publishing, name="publishing"),
    path(REVIEW + "report/<slug:format>/", public_views.preview_file, name="preview_file"),
    path("frameworks/<int:pk>/preview/", frameworks_views.preview, name="framework_preview"),
    path("frameworks/<int:pk>/differences/", frameworks_views.differences, name="framework_differences"),
    path("search/", search_views.search, name="search"),
    path("reports/", public_views.reports, name="reports"),
    path("reports/data/", open_data_views.about, name="open_data"),
    path("reports/results.csv", open_data_views.results_csv, name="results_csv"),
    path("reports/results.json", open_data_views.results_json, name="results_json"),
    path("reports/feed.xml", open_data_views.feed, name="feed"),
    path("reports/<slug:organisation>/", public_views.organisation_years, name="organisation_years"),
    path("systems/<int:pk>/", public_views.system, name="system"),
    path("reports/<slug:organisation>/<year:year>/", public_views.report, name="report"),
    path(
        "reports/<slug:organisation>/<year:year>.<slug:format>", public_views.report_file, name="report_file"
    ),
    path(
        "reports/<slug:organisation>/<year:year>/editions/<int:edition>/",
        public_views.report,
        name="report_edition",
    ),
    path(
        "reports/<slug:organisation>/<year:year>/editions/<int:edition>.<slug:format>",
        public_views.report_file,
        name="report_edition_file",
    ),
]
