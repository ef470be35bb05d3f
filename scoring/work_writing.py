"""What one person owes to case studies that are written: as their author, or as the lead who accepts them."""

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from casestudies.models import CaseStudy, Handover, Review, Role, Version
from eds import stages
from scoring.my_work.tasks import Task

OPEN = (stages.SETUP, stages.EVIDENCE)
STATUS = {
    Handover.State.WAITING: "Marked ready",
    Handover.State.RETURNED: "Returned to you",
    Handover.State.ACCEPTED: "Accepted",
}


def writing_tasks(user) -> list[Task]:
    """The case studies that this person writes as an author, while they can be written."""
    rows = CaseStudy.objects.filter(
        authors=user,
        review__stage__in=OPEN,
        review__organisation__roles__user=user,
        review__organisation__roles__kind=Role.Kind.AUTHOR,
    )
    handovers = Handover.objects.filter(case_study=OuterRef("pk")).exclude(state=Handover.State.REPLACED)
    rows = rows.annotate(
        is_accepted=Exists(Version.objects.filter(case_study=OuterRef("pk"))),
        state=Subquery(handovers.order_by("-pk").values("state")[:1]),
    )
    rows = rows.select_related("review__organisation").order_by("review__year", "number").distinct()
    return [
        Task(
            text=f"Write case study {row.number}: {row.title}",
            hint=str(row.review),
            status=STATUS.get(row.state) or ("Accepted" if row.is_accepted else "Not marked ready"),
            address=_address("write", row),
        )
        for row in rows
    ]


def accepting_tasks(user) -> list[Task]:
    """What authors marked ready in the reviews that this person leads."""
    waiting = Handover.objects.filter(case_study=OuterRef("pk"), state=Handover.State.WAITING)
    led = Review.objects.led_by(user).filter(stage__in=OPEN)
    rows = CaseStudy.objects.filter(Exists(waiting), review__in=led).select_related("review__organisation")
    return [
        Task(
            text=f"Accept or return case study {row.number}: {row.title}",
            hint=str(row.review),
            status="Marked ready",
            address=_address("decide", row),
        )
        for row in rows.order_by("review__year", "number")
    ]


def _address(name: str, row: CaseStudy) -> str:
    return reverse(name, args=[row.review.organisation.slug, row.review.year, row.number])
