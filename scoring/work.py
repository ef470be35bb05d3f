"""My work: what one person owes, as tasks in the order to do them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from casestudies import stages
from casestudies.models import CaseStudy, Review
from scoring.models import Draft, Score

NOT_STARTED, STARTED, SUBMITTED = "Not started", "In progress", "Submitted"


@dataclass(frozen=True, kw_only=True)
class Task:
    text: str
    hint: str
    status: str
    address: str

    @property
    def is_done(self) -> bool:
        return self.status == SUBMITTED


def scoring_tasks(user) -> list[Task]:
    """The case studies that this person scores now, in the order of their reports."""
    rows = (
        CaseStudy.objects.visible_to(user)
        .filter(
            review__stage=stages.SCORING,
            review__panel_members__in=user.panel_members.active(),
            domain__panel_members__in=user.panel_members.active(),
            versions__isnull=False,
        )
        .exclude(declared_interests__member__user=user)
        .annotate(
            submitted=Exists(Score.objects.filter(member__user=user, version__case_study=OuterRef("pk"))),
            started=Exists(Draft.objects.filter(sheet__member__user=user, sheet__case_study=OuterRef("pk"))),
        )
        .select_related("review__organisation")
        .order_by("review__year", "review__organisation__name", "number")
        .distinct()
    )
    return [_scoring_task(row) for row in rows]


def _scoring_task(row: CaseStudy) -> Task:
    status = SUBMITTED if row.submitted else STARTED if row.started else NOT_STARTED
    return Task(
        text=f"Score case study {row.number}: {row.title}",
        hint=str(row.review),
        status=status,
        address=reverse("score", args=[row.review.organisation.slug, row.review.year, row.number]),
    )


def leading_tasks(user) -> list[Task]:
    """The reviews that this person leads and that are not published, with the stage each is in."""
    rows = Review.objects.led_by(user).exclude(stage=stages.PUBLISHED).select_related("organisation")
    return [
        Task(
            text=f"{row.title or 'Equality Delivery System'} {'' if row.year in row.title else row.year}".strip(),
            hint=str(row.organisation),
            status=row.stage_name,
            address=reverse("review", args=[row.organisation.slug, row.year]),
        )
        for row in rows
    ]
