"""Who is told that a report is published: its authors, its panel, and the owners of its recommendations."""

from casestudies.messages import sending
from casestudies.models import CaseStudy
from edsportal.accounts.models import User
from edsportal.web.addresses import url_of
from scoring.models import Publication, Recommendation
from scoring.recommendations.owners import tell_owners


def tell_that_published(publication: Publication) -> None:
    """In the transaction that publishes. A correction is told to owners alone who were not told before."""
    review, sender = publication.review, publication.published_by
    if publication.number == 1:
        authors = User.objects.filter(case_studies__in=CaseStudy.objects.filter(review=review))
        members = User.objects.filter(panel_members__review=review, panel_members__declined_at=None)
        people = {*authors, *members} - {sender}
        once = f"review {review.pk}"
        values = {"sender": sender.name}
        to = sending.people(people)
        sending.tell("published", review, to, url_of(review, "report"), values, once=once)
    rows = Recommendation.objects.filter(theme__review=review).select_related("theme__review__organisation")
    tell_owners(rows, sender)
