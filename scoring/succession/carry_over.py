"""What follows to a successor: objectives and open actions with its first review after the day, and who is on offer.

What an organisation itself took over is its own. What it never took over goes on to its successor, as far as both
choices say so.
"""

from datetime import date, timedelta

from django.utils import timezone

from casestudies.models import Objective, Organisation, Review, Succession
from casestudies.objectives.actions import add_objective, end_objective
from eds.succession import ACTIONS, OBJECTIVES


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


def carry_over(review: Review, started_by) -> list[Review]:
    """Take over objectives with a new review; gives the reviews from which open actions follow.

    From then on the successions are carried over, and can't be undone.
    """
    organisation, today = review.organisation, timezone.localdate()
    if is_followed(organisation, today):
        return []
    objectives, actions = sources(organisation, OBJECTIVES), sources(organisation, ACTIONS)
    for row in objectives:
        _carry_objectives(row, organisation, started_by)
    rows = Succession.objects.started(today).filter(successor=organisation, carried_in=None)
    rows.update(carried_in=review)
    return newest_reviews(actions)


def newest_reviews(rows: list[Succession]) -> list[Review]:
    """The newest review of each predecessor that has one."""
    ids = [row.predecessor_id for row in rows]
    newest = {}
    for review in Review.objects.filter(organisation__in=ids).order_by("year", "pk"):
        newest[review.organisation_id] = review
    return [newest[pk] for pk in dict.fromkeys(ids) if pk in newest]


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
