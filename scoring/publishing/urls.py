from django.urls import include, path

from casestudies.reviews.addresses import REVIEW
from scoring.publishing import findings, preview, sent_reports, views, what_became, withdrawals
from scoring.publishing.public import found_views, open_data_views, years_views
from scoring.publishing.public import views as public

REPORT = "reports/<slug:organisation>/<year:year>"

of_review = [
    path("checks/", findings.checks, name="checks"),
    path("checks/<slug:key>/", findings.accept, name="accept_warning"),
    path("what-became/", what_became.what_became, name="what_became"),
    path("report/", preview.preview, name="preview"),
    path("words/", views.report_words, name="report_words"),
    path("easy-read/", views.easy_read_words, name="easy_read_words"),
    path("approval/", views.approval, name="approval"),
    path("publishing/", views.publishing, name="publishing"),
    path("sent/", sent_reports.sent, name="sent_report"),
    path("report/<slug:format>/", preview.preview_file, name="preview_file"),
]
urlpatterns = [
    path("sitemap.xml", found_views.sitemap, name="sitemap"),
    path("robots.txt", found_views.robots, name="robots"),
    path("reports/", public.reports, name="reports"),
    path("reports/data/", open_data_views.about, name="open_data"),
    path("reports/results.csv", open_data_views.results_csv, name="results_csv"),
    path("reports/results.json", open_data_views.results_json, name="results_json"),
    path("reports/feed.xml", open_data_views.feed, name="feed"),
    path("reports/<slug:organisation>/", years_views.organisation_years, name="organisation_years"),
    path("systems/<int:pk>/", years_views.system, name="system"),
    path(REPORT + "/", public.report, name="report"),
    path(REPORT + "/withdraw/", withdrawals.withdraw, name="withdraw"),
    path(REPORT + "/easy-read/", public.report_easy_read, name="report_easy_read"),
    path(REPORT + ".<slug:format>", public.report_file, name="report_file"),
    path(
        REPORT + "/editions/<int:edition>/",
        public.report,
        name="report_edition",
    ),
    path(
        REPORT + "/editions/<int:edition>.<slug:format>",
        public.report_file,
        name="report_edition_file",
    ),
    path(REVIEW, include(of_review)),
]
