"""Which members of panels are reminded by the portal itself, some days before scoring closes."""

from datetime import timedelta

from django.utils import timezone

from casestudies.models import CaseStudy, PanelMember, PanelMessage, Review
from eds import stages
from eds.messages import REMINDER_DAYS
from scoring.panel.progress import seats


def reminders_due() -> list[PanelMember]:
    """Members with an account and scores still to submit, of which one or more are wanted within some days.

    Not those who were reminded within these days: so one reminder goes out before each closing date.
    """
    today = timezone.localdate()
    days = (today, today + timedelta(days=REMINDER_DAYS))
    closing = CaseStudy.objects.filter(
        stage=stages.SCORING, review__stage=stages.OPEN, scoring_closes_on__range=days
    )
    reviews = Review.objects.filter(case_studies__in=closing).order_by("pk").distinct()
    wanted = set(closing.values_list("pk", flat=True))
    since = today - timedelta(days=REMINDER_DAYS)
    return [
        seat.member
        for review in reviews
        for seat in seats(review)
        if seat.can_be_reminded
        and any(row.pk in wanted for row in seat.owes)
        and not any(_is_since(message, since) for message in seat.messages)
    ]


def _is_since(message: PanelMessage, day) -> bool:
    return message.kind == PanelMessage.Kind.REMINDER and timezone.localdate(message.asked_at) >= day
