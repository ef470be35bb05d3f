from django.urls import path, register_converter
from django.urls.converters import StringConverter

from scoring.views import (
    case_studies,
    checks,
    choices,
    editions,
    evidence,
    evidence_files,
    evidence_maps,
    handovers,
    importing,
    interests,
    joining,
    moderation,
    open_data,
    own_data,
    owners,
    panel,
    paper,
    publishing,
    recommendations,
    reports,
    rescoring,
    reviews,
    scores,
    search,
    sections,
    self_assessment,
    setup,
    sharing,
    versions,
    word,
    work,
    workshops,
    writing,
    years,
)


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
    path("my-work/", work.my_work, name="my_work"),
    path("account/data/", own_data.download, name="own_data"),
    path("account/erase/", own_data.erase, name="account_erase"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", setup.new_review, name="review_new"),
    path("reviews/import/", importing.upload, name="import_report"),
    path(IMPORT, importing.preview, name="import_preview"),
    path(IMPORT + "about/", importing.about, name="import_about"),
    path(IMPORT + "case-studies/<int:number>/", importing.case_study, name="import_case_study"),
    path(IMPORT + "lines/", importing.lines, name="import_lines"),
    path(IMPORT + "mend/", importing.mend, name="import_mend"),
    path(IMPORT + "confirm/", importing.confirm, name="import_confirm"),
    path(IMPORT + "discard/", importing.discard, name="import_discard"),
    path(REVIEW, reviews.review, name="review"),
    path(REVIEW + "header/", setup.header, name="review_header"),
    path(REVIEW + "case-studies/add/", setup.add_case_study, name="case_study_add"),
    path(CASE_STUDY + "change/", setup.change_case_study, name="case_study_change"),
    path(CASE_STUDY + "remove/", setup.remove_case_study, name="case_study_remove"),
    path(SECTIONS, writing.sections, name="write"),
    path(SECTIONS + "ready/", handovers.ready, name="mark_ready"),
    path(SECTIONS + "personal/", handovers.personal, name="personal"),
    path(SECTIONS + "personal/<slug:digest>/", handovers.explain, name="explain"),
    path(SECTIONS + "comments/<int:comment>/", handovers.answer, name="comment_answer"),
    path(CASE_STUDY + "accept/", handovers.decide, name="decide"),
    path(SECTIONS + "add/", sections.add, name="section_add"),
    path(SECTIONS + "paste/", sections.pasted, name="paste"),
    path(SECTIONS + "<int:section>/", sections.change, name="section_change"),
    path(SECTIONS + "<int:section>/move/", writing.move, name="section_move"),
    path(SECTIONS + "<int:section>/remove/", writing.remove, name="section_remove"),
    path(EVIDENCE, evidence.evidence, name="evidence"),
    path(EVIDENCE + "add/", evidence.add, name="evidence_add"),
    path(EVIDENCE + "add/<slug:sort>/", evidence.add_details, name="evidence_add_details"),
    path(EVIDENCE + "map/", evidence_maps.evidence_map, name="evidence_map"),
    path(PIECE, evidence.item, name="evidence_item"),
    path(PIECE + "details/", evidence.details, name="evidence_details"),
    path(PIECE + "outcomes/", evidence.outcomes, name="evidence_outcomes"),
    path(PIECE + "groups/", evidence.groups, name="evidence_groups"),
    path(PIECE + "move/", evidence.move, name="evidence_move"),
    path(PIECE + "remove/", evidence.remove, name="evidence_remove"),
    path(REVIEW + "evidence-map/", evidence_maps.review_evidence_map, name="review_evidence_map"),
    path("evidence/<uuid:file>/", evidence_files.evidence_file, name="evidence_file"),
    path(CASE_STUDY + "word/", word.word_out, name="word_out"),
    path(SECTIONS + "word/", word.word_in, name="word_in"),
    path(SECTIONS + "word/<uuid:waiting>/", word.word_changes, name="word_changes"),
    path(REVIEW + "stage/", reviews.stage, name="stage"),
    path(REVIEW + "closing-date/", reviews.closing_date, name="closing_date"),
    path(CASE_STUDY, case_studies.case_study, name="case_study"),
    path(CASE_STUDY + "share/", sharing.share, name="share_case_study"),
    path(REVIEW + "shared/", sharing.offers, name="offers"),
    path("shared-case-studies/<int:pk>/", sharing.shared_case_study, name="shared_case_study"),
    path("shared-case-studies/<int:pk>/accept/", sharing.accept, name="accept_shared"),
    path("shared-case-studies/<int:pk>/end/", sharing.end, name="end_shared"),
    path(CASE_STUDY + "versions/", versions.versions, name="versions"),
    path(CASE_STUDY + "self-assessment/", self_assessment.self_assessment, name="self_assessment"),
    path(REVIEW + "self-assessment/", self_assessment.when_shown, name="self_assessment_shown"),
    path(CASE_STUDY + "interest/", interests.declare, name="declare_interest"),
    path(CASE_STUDY + "interest/take-back/", interests.take_back, name="interest_take_back"),
    path(REVIEW + "panel/<int:pk>/interests/<int:number>/", interests.take_back_for, name="panel_interest"),
    path(CASE_STUDY + "score/", scores.score, name="score"),
    path(CASE_STUDY + "score/check/", scores.check_scores, name="check_scores"),
    path(CASE_STUDY + "score/submit/", scores.submit, name="submit_scores"),
    path(REVIEW + "panel/", panel.panel, name="panel"),
    path(REVIEW + "panel/add/", panel.add, name="panel_add"),
    path(REVIEW + "panel/leave/", panel.leave, name="panel_leave"),
    path(REVIEW + "panel/<int:pk>/", panel.change, name="panel_member"),
    path(REVIEW + "panel/<int:pk>/remove/", panel.remove, name="panel_remove"),
    path(REVIEW + "panel/<int:pk>/back/", panel.put_back, name="panel_put_back"),
    path(REVIEW + "panel/send/<kind:kind>/", panel.send, name="panel_send"),
    path(CASE_STUDY + "score/change/", rescoring.change_scores, name="change_scores"),
    path(CASE_STUDY + "score/confirm/", rescoring.confirm, name="confirm_scores"),
    path(CASE_STUDY + "paper/<slug:size>/", paper.paper_sheet, name="paper_sheet"),
    path(REVIEW + "paper/", paper.paper, name="paper"),
    path(REVIEW + "paper/<int:number>/<int:member>/", paper.enter_sheet, name="enter_sheet"),
    path("join/", joining.join, name="join"),
    path("join/<slug:code>/", joining.join, name="join_code"),
    path(WORKSHOP, workshops.workshop, name="workshop"),
    path(WORKSHOP + "screen/", workshops.screen, name="workshop_screen"),
    path(WORKSHOP + "close/", workshops.close_workshop, name="close_workshop"),
    path(WORKSHOP + "confirm/", workshops.confirm_people, name="confirm_people"),
    path(WORKSHOP + "people/<int:joining>/remove/", workshops.remove_person, name="remove_person"),
    path(WORKSHOP + "move-on/<int:number>/", workshops.move_workshop_on, name="move_workshop_on"),
    path(WORKSHOP + "reveal/", workshops.reveal, name="reveal"),
    path(WORKSHOP + "now/", joining.workshop_now, name="workshop_now"),
    path(WORKSHOP + "now/state/", joining.workshop_state, name="workshop_state"),
    path(REVIEW + "moderation/", moderation.moderation, name="moderation"),
    path(REVIEW + "moderation/<int:number>/", moderation.moderate, name="moderate"),
    path(REVIEW + "moderation/<int:number>/now/", moderation.moderate_now, name="moderate_now"),
    path(REVIEW + "recommendations/", recommendations.recommendations, name="recommendations"),
    path(REVIEW + "recommendations/add/", recommendations.recommendation_add, name="recommendation_add"),
    path(REVIEW + "recommendations/<int:pk>/", recommendations.recommendation, name="recommendation"),
    path(
        REVIEW + "recommendations/<int:pk>/change/",
        recommendations.recommendation_change,
        name="recommendation_change",
    ),
    path(
        REVIEW + "recommendations/<int:pk>/remove/",
        recommendations.recommendation_remove,
        name="recommendation_remove",
    ),
    path(
        REVIEW + "recommendations/<int:pk>/owner/", owners.recommendation_owner, name="recommendation_owner"
    ),
    path(REVIEW + "recommendations/<int:pk>/ask/", owners.ask_owner, name="ask_owner"),
    path("actions/<int:pk>/", owners.owned_recommendation, name="owned_recommendation"),
    path("actions/link/<str:token>/", owners.owner_link, name="owner_link"),
    path(REVIEW + "checks/", checks.checks, name="checks"),
    path(REVIEW + "checks/<slug:key>/", checks.accept, name="accept_warning"),
    path(REVIEW + "domains/<int:number>/choice/", choices.domain_choice, name="domain_choice"),
    path(REVIEW + "report/", reports.preview, name="preview"),
    path(REVIEW + "words/", publishing.report_words, name="report_words"),
    path(REVIEW + "approval/", publishing.approval, name="approval"),
    path(REVIEW + "publishing/", publishing.publishing, name="publishing"),
    path(REVIEW + "report/<slug:format>/", reports.preview_file, name="preview_file"),
    path("frameworks/<int:pk>/preview/", editions.preview, name="framework_preview"),
    path("frameworks/<int:pk>/differences/", editions.differences, name="framework_differences"),
    path("search/", search.search, name="search"),
    path("reports/", reports.reports, name="reports"),
    path("reports/data/", open_data.about, name="open_data"),
    path("reports/results.csv", open_data.results_csv, name="results_csv"),
    path("reports/results.json", open_data.results_json, name="results_json"),
    path("reports/feed.xml", open_data.feed, name="feed"),
    path("reports/<slug:organisation>/", years.organisation_years, name="organisation_years"),
    path("systems/<int:pk>/", years.system, name="system"),
    path("reports/<slug:organisation>/<year:year>/", reports.report, name="report"),
    path("reports/<slug:organisation>/<year:year>.<slug:format>", reports.report_file, name="report_file"),
    path(
        "reports/<slug:organisation>/<year:year>/editions/<int:edition>/",
        reports.report,
        name="report_edition",
    ),
    path(
        "reports/<slug:organisation>/<year:year>/editions/<int:edition>.<slug:format>",
        reports.report_file,
        name="report_edition_file",
    ),
]
