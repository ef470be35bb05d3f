from django.urls import include, path

FEATURES = (
    "my_work",
    "review",
    "importing",
    "scores",
    "panel",
    "workshops",
    "moderation",
    "recommendations",
    "comparing",
    "publishing",
    "search",
    "succession",
)

urlpatterns = [path("", include(f"scoring.{feature}.urls")) for feature in FEATURES]
