"""What of other bodies stands in a review, for pages that lead there."""

from django.urls import reverse

from casestudies.models import Review, SharedCaseStudy
from eds.content import ReportContent


def shared_by_number(review: Review, content: ReportContent) -> dict[int, SharedCaseStudy]:
    """What other bodies share with this review, by the number that it has in its report `content`."""
    if not any(part.scored_by for part in content.case_studies):
        return {}  # asked first, for it costs nothing
    return {row.number: row for row in review.shared_case_studies.shown()}


def address_of(shared: SharedCaseStudy) -> str:
    """The page on which it is read."""
    return reverse("shared_case_study", args=[shared.pk])
