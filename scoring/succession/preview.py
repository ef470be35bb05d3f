"""What will follow when an organisation follows others, shown before it is recorded: numbers, and no content."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from casestudies.models import Objective, Organisation, PanelMember, Review
from casestudies.succession.actions import leads_to_add
from eds import stages
from edsportal.accounts.models import User
from scoring.models import Publication
from scoring.recommendations.handing_on import is_open
from scoring.succession.carry_over import actions_from, running_objectives
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
    leads: list[User]  # who are not equality leads of the successor


def sides(successor: Organisation, predecessors: Sequence[Organisation], starts_on: date) -> list[Side]:
    return [_side(successor, row, starts_on) for row in predecessors]


def joined(found: Collection[Side]) -> int:
    """How many people their panels have together, nobody counted twice."""
    return len(without_repeats(member for side in found for member in side.members))


def _side(successor: Organisation, organisation: Organisation, starts_on: date) -> Side:
    reviews = list(organisation.reviews.order_by("-year", "-pk"))
    panels = last_panels([organisation.pk])
    members = PanelMember.objects.counted().filter(review__in=panels).select_related("user")
    return Side(
        organisation=organisation,
        objectives=running_objectives(organisation, starts_on),
        actions=sum(is_open(row) for row in actions_from(organisation)),
        members=list(members.order_by("position", "pk")),
        open_reviews=[row for row in reviews if row.stage != stages.PUBLISHED],
        reports=Publication.objects.current().filter(review__organisation=organisation).count(),
        leads=[role.user for role in leads_to_add(successor, of=organisation)],
    )
