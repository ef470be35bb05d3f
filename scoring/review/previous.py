"""The report before this one: what the checks and the change since last year compare with."""

from django.utils import timezone

from casestudies.models import Review, Succession
from eds.content import ReportContent
from scoring.models import Publication
from scoring.review.content import report_content


def previous_report(organisation: str, year: str) -> ReportContent | None:
    """The organisation's newest report of an earlier year: as last published, else as it is now; None without one.

    An organisation without one that follows one other has that one's: see docs/decisions/0035-succession.md.
    `organisation` is the slug. It may hold agreed scores that are not published: call it for people who may see those.
    """
    earlier = Review.objects.filter(organisation__slug=organisation, year__lt=year).order_by("-year").first()
    if earlier is None:
        return _of_predecessor(organisation, year)
    published = Publication.objects.current().filter(review=earlier).first()
    return published.as_content() if published else report_content(earlier)


def _of_predecessor(organisation: str, year: str) -> ReportContent | None:
    """The newest published report of the one organisation that this one follows, where years are compared.

    After a merger there is no one report to compare with.
    """
    started = Succession.objects.started(timezone.localdate())
    rows = list(started.filter(successor__slug=organisation)[:2])
    if len(rows) != 1 or not rows[0].compares_years:
        return None
    published = Publication.objects.listed().filter(review__year__lt=year)
    newest = published.filter(review__organisation=rows[0].predecessor_id).first()
    return newest.as_content() if newest else None
