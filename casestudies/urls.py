from django.urls import include, path

FEATURES = (
    "reviews",
    "writing",
    "evidence",
    "frameworks",
    "organisations",
    "objectives",
    "messages",
    "administration",
    "lists",
)

urlpatterns = [path("", include(f"casestudies.{feature}.urls")) for feature in FEATURES]
