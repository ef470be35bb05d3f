"""Who is told that a report is published, and later how far its actions are."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from casestudies.messages import sending
from casestudies.models import CaseStudy, Review
from eds import stages
from eds.messages import MONTHS_LATER
from eds.text import labels
from edsportal.accounts.models import OutgoingEmail, User
from edsportal.web.addresses import url_of
from scoring.models import Publication, Recommendation, Score
from scoring.recommendations.owners import tell_owners

LATEST = timedelta(days=31)  # an e-mail about a day that is longer ago would say nothing new


def tell_that_published(publication: Publication) -> None:
    """In the transaction that publishes. A correction is told to owners alone who were not told before."""
    review, sender = publication.review, publication.published_by
    if publication.number == 1:
        once, values = f"review {review.pk}", {"sender": sender.name}
        members = _members(review)
        authors = User.objects.filter(case_studies__in=CaseStudy.objects.filter(review=review))
        to = sending.people({*authors} - {*members, sender})
        sending.tell("published", review, to, url_of(review, "report"), values, once=once)
        values["months"] = labels.listed([str(months) for months in MONTHS_LATER])
        for person in {*members} - {sender}:
            told = values | _led_to([row.action for row in answering_scores_of(person, review)])
            to, link = sending.people([person]), url_of(review, "what_became")
            sending.tell("became", review, to, link, told, once=once)
    rows = Recommendation.objects.filter(theme__review=review).select_related("theme__review__organisation")
    tell_owners(rows, sender)


def tell_how_far(today: date, site: str) -> list[OutgoingEmail]:
    """Write to members of panels some months after publication; gives what was stored now. Safe to repeat.

    `site` is the portal's own address.
    """
    return [email for review, months in _due(today) for email in _tell_how_far(review, months, site)]


def _due(today: date) -> Iterator[tuple[Review, int]]:
    """Published reviews that were first published so many months ago, or some days more."""
    rows = Publication.objects.filter(number=1, review__stage=stages.PUBLISHED)
    rows = rows.select_related("review__organisation").defer("content", "edition").order_by("pk")
    for row in rows:
        for months in MONTHS_LATER:
            day = months_after(timezone.localdate(row.published_at), months)
            if day <= today < day + LATEST:
                yield row.review, months


@transaction.atomic
def _tell_how_far(review: Review, months: int, site: str) -> list[OutgoingEmail]:
    stored = []
    for person in _members(review):
        rows = answering_scores_of(person, review)
        actions = [f"{row.action}: {row.get_status_display().lower()}" for row in rows]
        values = {"months": str(months)} | _led_to(actions)
        to, link = sending.people([person]), url_of(review, "what_became")
        once = f"review {review.pk}, {months} months"
        stored += sending.tell("how_far", review, to, link, values, once=once, site=site)
    return stored


def _members(review: Review) -> Iterable[User]:
    """The people on its panel who have an account."""
    rows = User.objects.filter(panel_members__review=review, panel_members__declined_at=None)
    return rows.order_by("pk").distinct()


def answering_scores_of(person: User, review: Review) -> Iterable[Recommendation]:
    """The recommendations that answer the case studies which this person scored, in their order."""
    scored = Score.objects.filter(member__user=person, version__case_study__review=review)
    rows = Recommendation.objects.filter(
        theme__review=review, case_studies__in=scored.order_by().values("version__case_study")
    )
    return rows.order_by("theme__position", "position").distinct()


def _led_to(actions: list[str]) -> dict[str, str | tuple[str, ...]]:
    words = "These actions answer" if actions else "No action answers"
    end = ":" if actions else "."
    return {"led_to": f"{words} the case studies that you scored{end}", "actions": tuple(actions)}


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
