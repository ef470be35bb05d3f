"""What will follow when an organisation follows others, shown before it is recorded: numbers, and no content."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casestudies.models import Objective, Organisation, PanelMember, Review
from eds import stages
from eds.equality_duty import CLOSED
from scoring.models import PreviousAction, Publication, Recommendation
from scoring.succession.carry_over import running_objectives
from scoring.succession.joined_panels import last_panels, without_repeats


@dataclass(frozen=True, kw_only=True)
class Side:
    """One predecessor: what it has now."""

    organisation: Organisation
    objectives: list[Objective]
    actions: int
    members: list[PanelMember]
    open_reviews: list[Review]
    reports: int


def sides(predecessors: Sequence[Organisation], starts_on: date) -> list[Side]:
    return [_side(row, starts_on) for row in predecessors]


def joined(found: Collection[Side]) -> int:
    """How many people their panels have together, nobody counted twice."""
    return len(without_repeats(member for side in found for member in side.members))


def _side(organisation: Organisation, starts_on: date) -> Side:
    reviews = list(organisation.reviews.order_by("-year", "-pk"))
    newest = reviews[0] if reviews else None
    panels = last_panels([organisation.pk])
    members = PanelMember.objects.counted().filter(review__in=panels).select_related("user")
    return Side(
        organisation=organisation,
        objectives=running_objectives(organisation, starts_on),
        actions=_open_actions(newest) if newest else 0,
        members=list(members.order_by("position", "pk")),
        open_reviews=[row for row in reviews if row.stage != stages.PUBLISHED],
        reports=Publication.objects.current().filter(review__organisation=organisation).count(),
    )


def _open_actions(review: Review) -> int:
    own = Recommendation.objects.filter(theme__review=review).exclude(status__in=CLOSED)
    is_closed = Q(recommendation=None, status__in=("", *CLOSED)) | Q(recommendation__status__in=CLOSED)
    earlier = PreviousAction.objects.filter(review=review).exclude(is_closed)
    return own.count() + earlier.count()
