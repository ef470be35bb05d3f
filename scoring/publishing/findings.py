"""What the checks find in a review's report as it stands, each with the page where it is mended."""

from dataclasses import dataclass
from hashlib import sha256

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from casestudies.models import Review
from casestudies.reviews.doors import review_door
from casestudies.reviews.locks import lock_for
from eds.checks import ERROR, EXPLANATIONS, Explanation, Finding, check
from edsportal.nhsuk.forms import Button, NhsukForm
from scoring.models import AcceptedWarning
from scoring.publishing.places_to_fix import PlacesToFix, is_due
from scoring.review.content import report_content
from scoring.review.previous import previous_report
from scoring.review.sharing import shared_by_number


@dataclass(frozen=True, kw_only=True)
class ReviewFinding:
    """A finding, the address where it is mended, and who accepted it, if it is a warning that somebody accepted."""

    finding: Finding
    address: str
    accepted: AcceptedWarning | None = None

    @property
    def key(self) -> str:
        return key_of(self.finding)

    @property
    def is_error(self) -> bool:
        return self.finding.severity == ERROR

    @property
    def is_open(self) -> bool:
        """Whether it keeps the report from being published."""
        return self.is_error or self.accepted is None


@dataclass(frozen=True, kw_only=True)
class Group:
    """All points of one check, and why it matters."""

    explanation: Explanation
    points: tuple[ReviewFinding, ...]

    @property
    def is_error(self) -> bool:
        return any(point.is_error for point in self.points)


def key_of(finding: Finding) -> str:
    """Tells a finding by what it is about. How its message is worded counts for nothing."""
    parts = ["2", finding.code, str(finding.case_study), str(finding.outcome), finding.about]
    return sha256("\n".join(parts).encode()).hexdigest()


def _earlier_key_of(finding: Finding) -> str:
    """What warnings were accepted by until the key was made of what they are about: the sentence itself."""
    parts = [finding.code, str(finding.case_study), str(finding.outcome), finding.message]
    return sha256("\n".join(parts).encode()).hexdigest()


def review_findings(review: Review) -> list[ReviewFinding]:
    """What is found now. It is about agreed scores: for people who may see those."""
    accepted = {row.key: row for row in review.accepted_warnings.select_related("accepted_by")}
    content = report_content(review)
    found = check(content, previous=previous_report(review.organisation.slug, review.year))
    places = PlacesToFix(review, shared_by_number(review, content))
    return [
        ReviewFinding(
            finding=one,
            address=places.address(one),
            accepted=accepted.get(key_of(one)) or accepted.get(_earlier_key_of(one)),
        )
        for one in found
        if is_due(review, one)
    ]


def by_check(points: list[ReviewFinding]) -> list[Group]:
    """The points of each check together, those with errors first."""
    groups = [
        Group(explanation=one, points=tuple(point for point in points if point.finding.code == one.code))
        for one in EXPLANATIONS
    ]
    return sorted((group for group in groups if group.points), key=lambda group: not group.is_error)


# Writes about what the checks found.


@transaction.atomic
def accept_warning(*, review: Review, point: ReviewFinding, reason: str, accepted_by) -> AcceptedWarning:
    """Keep why a warning stays as it is; accepted already, the first reason stands.

    Raises ValueError for an error: those are mended.
    """
    if point.is_error:
        raise ValueError("You can't accept an error. Fix it.")
    lock_for("accept_warning", review=review)
    row, _ = AcceptedWarning.objects.get_or_create(
        review=review,
        key=point.key,
        defaults={"message": point.finding.message, "reason": reason, "accepted_by": accepted_by},
    )
    return row


class AcceptForm(NhsukForm):
    reason = forms.CharField(
        label="Why are you accepting it?",
        help_text="We keep your reason with the report.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why you are accepting it"},
    )
    buttons = [Button("Accept this warning")]


# What the checks find in a report, and accepting a warning.


def checks(request, organisation: str, year: str):
    """What the checks find in the report as it stands, why each matters, and where it is mended."""
    review, standing = review_door(request, organisation, year)
    standing.require("see_checks")
    groups = by_check(review_findings(review))
    page = {
        "review": review,
        "errors": [group for group in groups if group.is_error],
        "warnings": [group for group in groups if not group.is_error],
    }
    return render(request, "scoring/publishing/checks.html", page)


def accept(request, organisation: str, year: str, key: str):
    """Accept one warning, with a reason."""
    review, standing = review_door(request, organisation, year)
    standing.require("accept_warning")
    point = next((point for point in review_findings(review) if point.key == key), None)
    if point is None or point.is_error:
        raise Http404
    form = AcceptForm(request.POST or None)
    if form.is_valid():
        accept_warning(
            review=review, point=point, reason=form.cleaned_data["reason"], accepted_by=request.user
        )
        messages.success(request, "Warning accepted.")
        return redirect("checks", organisation, year)
    return render(
        request, "scoring/publishing/accept_warning.html", {"review": review, "point": point, "form": form}
    )
