"""What the checks find in a report, and accepting a warning."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from casestudies.reviews import rules
from casestudies.reviews.doors import review_door
from scoring.actions.checks import accept_warning
from scoring.forms.checks import AcceptForm
from scoring.publishing.findings import by_check, points_to_mend


def checks(request, organisation: str, year: str):
    """What the checks find in the report as it stands, why each matters, and where it is mended."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_checks(standing, review))
    groups = by_check(points_to_mend(review))
    page = {
        "review": review,
        "errors": [group for group in groups if group.is_error],
        "warnings": [group for group in groups if not group.is_error],
    }
    return render(request, "scoring/checks.html", page)


def accept(request, organisation: str, year: str, key: str):
    """Accept one warning, with a reason."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_checks(standing, review))
    point = next((point for point in points_to_mend(review) if point.key == key), None)
    if point is None or point.is_error:
        raise Http404
    form = AcceptForm(request.POST or None)
    if form.is_valid():
        accept_warning(
            review=review, point=point, reason=form.cleaned_data["reason"], accepted_by=request.user
        )
        messages.success(request, "Warning accepted.")
        return redirect("checks", organisation, year)
    return render(request, "scoring/accept_warning.html", {"review": review, "point": point, "form": form})
