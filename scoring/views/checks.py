from django.shortcuts import render

from scoring import rules
from scoring.mending import groups_to_mend
from scoring.views.doors import review_door


def checks(request, organisation: str, year: str):
    """What the checks find in the report as it stands, why each matters, and where it is mended."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_checks(standing, review))
    groups = groups_to_mend(review)
    page = {
        "review": review,
        "errors": [group for group in groups if group.is_error],
        "warnings": [group for group in groups if not group.is_error],
    }
    return render(request, "scoring/checks.html", page)
