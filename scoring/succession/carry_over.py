"""What follows to a successor: objectives and open actions with its first review after the day, and who is on offer.

What an organisation itself took over is its own. What it never took over goes on to its successor, as far as both
choices say so.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from casestudies.models import Objective, Organisation, Review, Succession
from casestudies.notes import note_change
from casestudies.objectives.actions import add_objective, end_objective
from casestudies.reviews.locks import lock_for
from eds import stages
from eds.succession import ACTIONS, OBJECTIVES
from eds.text import labels
from edsportal.web.refusals import NotPossible
from scoring.models import PreviousAction
from scoring.recommendations.handing_on import actions_of


def sources(organisation: Organisation, kind: str, *, review: Review | None = None) -> list[Succession]:
    """The successions by which this kind (a code of `eds.succession.CHOICES`) follows to the organisation now.

    With a review those by which it followed with that review. Those of the organisation itself come first.
    """
    today = timezone.localdate()
    if review is None and is_followed(organisation, today):
        return []  # it goes to those that follow it
    rows = [row for row in Succession.objects.started(today).above(organisation) if kind in row.takes]
    own = review.pk if review else None  # the review in which the organisation's own are carried over
    reached, found = {organisation.pk}, []
    while new := [row for row in rows if row.successor_id in reached]:
        rows = [row for row in rows if row not in new]
        new = [row for row in new if row.carried_in_id == (own if row.successor == organisation else None)]
        found += new
        reached |= {row.predecessor_id for row in new}
    return found


def is_followed(organisation: Organisation, today: date) -> bool:
    """Has another organisation followed this one by today?"""
    return Succession.objects.started(today).filter(predecessor=organisation).exists()


def carry_over(review: Review, started_by) -> list[PreviousAction]:
    """Take over objectives with a new review; gives the actions that follow, not stored yet.

    From then on the successions are carried over, and can't be undone.
    """
    organisation, today = review.organisation, timezone.localdate()
    if is_followed(organisation, today):
        return []
    actions = [each for row in sources(organisation, ACTIONS) for each in actions_from(row.predecessor)]
    for row in sources(organisation, OBJECTIVES):
        _carry_objectives(row, organisation, started_by)
    rows = Succession.objects.started(today).filter(successor=organisation, carried_in=None)
    rows.update(carried_in=review)
    return actions


def waiting(review: Review) -> list[Succession]:
    """Successions recorded after this open review began, which it can still take over; [] where there are none."""
    organisation, today = review.organisation, timezone.localdate()
    rows = Succession.objects.started(today).filter(successor=organisation, carried_in=None).with_names()
    rows = list(rows.order_by("starts_on", "predecessor__name"))
    return rows if rows and not is_followed(organisation, today) else []


@transaction.atomic
def carry_over_late(*, review: Review, carried_by) -> None:
    """Take over with an open review what would otherwise wait for the next one. Raises NotPossible where nothing waits.

    What the review says already stays, and comes first.
    """
    review = lock_for("change_header", review=review)
    if not (rows := waiting(review)):
        raise NotPossible("Nothing is left to carry over.")
    actions = carry_over(review, carried_by)
    after = review.previous_actions.aggregate(last=Max("position"))["last"] or 0
    for position, action in enumerate(actions, start=after + 1):
        action.review, action.position = review, position
    PreviousAction.objects.bulk_create(actions)
    what = f"Carried over from {labels.listed([row.predecessor.name for row in rows])}"
    note_change(review=review, what=what, changed_by=carried_by)


def actions_from(organisation: Organisation) -> list[PreviousAction]:
    """What its last review hands on, and its other open reviews: what they recommend is in no later one. None twice."""
    reviews = list(organisation.reviews.order_by("-year", "-pk"))
    handing_on = [row for place, row in enumerate(reviews) if place == 0 or row.stage != stages.PUBLISHED]
    actions = {}
    for review in handing_on:
        for row in actions_of(review):
            actions.setdefault(row.action, row)
    return list(actions.values())


def running_objectives(predecessor: Organisation, starts_on: date) -> list[Objective]:
    """Its objectives that have not ended, and are to run on the day on which the successor begins."""
    rows = Objective.objects.current().filter(organisation=predecessor, ends_on__gte=starts_on)
    return list(rows.order_by("starts_on", "pk"))


def _carry_objectives(row: Succession, organisation: Organisation, carried_by) -> None:
    """Each goes on with the successor from the day, and ends at the predecessor the day before."""
    for each in running_objectives(row.predecessor, row.starts_on):
        add_objective(
            organisation=organisation,
            title=each.title,
            measure=each.measure,
            starts_on=max(each.starts_on, row.starts_on),
            ends_on=each.ends_on,
            added_by=carried_by,
        )
        eve = row.starts_on - timedelta(days=1)
        why = f"{organisation} carries it on."
        end_objective(objective=each, on=max(eve, each.starts_on), why=why, ended_by=carried_by)
