from django.urls import path, register_converter

from scoring.views import case_studies, moderation, reports, reviews, scores, work


class YearConverter:
    """A year of a review: 2024, or 2024-25."""

    regex = "[0-9]{4}(?:-[0-9]{2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "year")
REVIEW = "reviews/<slug:organisation>/<year:year>/"
CASE_STUDY = REVIEW + "case-studies/<int:number>/"

urlpatterns = [
    path("my-work/", work.my_work, name="my_work"),
    path("reviews/", reviews.reviews, name="reviews"),
    path(REVIEW, reviews.review, name="review"),
    path(REVIEW + "stage/", reviews.stage, name="stage"),
    path(CASE_STUDY, case_studies.case_study, name="case_study"),
    path(CASE_STUDY + "score/", scores.score, name="score"),
    path(CASE_STUDY + "score/check/", scores.check_scores, name="check_scores"),
    path(CASE_STUDY + "score/submit/", scores.submit, name="submit_scores"),
    path(REVIEW + "moderation/", moderation.moderation, name="moderation"),
    path(REVIEW + "moderation/<int:number>/", moderation.moderate, name="moderate"),
    path(REVIEW + "moderation/<int:number>/now/", moderation.moderate_now, name="moderate_now"),
    path(REVIEW + "report/", reports.preview, name="preview"),
    path(REVIEW + "report/<slug:format>/", reports.preview_file, name="preview_file"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:organisation>/<year:year>/", reports.report, name="report"),
    path("reports/<slug:organisation>/<year:year>.<slug:format>", reports.report_file, name="report_file"),
]
