"""The report before this one: what the checks and the change since last year compare with."""

from casestudies.models import Review
from eds.content import ReportContent
from scoring.models import Publication
from scoring.review.content import report_content


def previous_report(organisation: str, year: str) -> ReportContent | None:
    """The organisation's newest report of an earlier year: as last published, else as it is now; None without one.

    `organisation` is the slug. It may hold agreed scores that are not published: call it for people who may see those.
    """
    earlier = Review.objects.filter(organisation__slug=organisation, year__lt=year).order_by("-year").first()
    if earlier is None:
        return None
    published = Publication.objects.current().filter(review=earlier).first()
    return published.as_content() if published else report_content(earlier)
