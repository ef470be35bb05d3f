"""Writes of which organisation follows which, and of who may then finish open reviews."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casestudies.models import Organisation, Review, Role, Succession
from casestudies.notes import note_change
from casestudies.succession.models import FIELDS
from eds import stages
from eds.succession import CHOICES, YEARS, Link, why_not
from edsportal.web.refusals import NotPossible

CARRIED = "{successor} took over what follows when it started its review of {year}, so this can’t be undone."


def refusal(
    *, successor: Organisation, predecessors: Sequence[Organisation], starts_on: date, takes: Collection[str]
) -> tuple[str, str] | None:
    """Why this can't be recorded: the field that is wrong and a sentence. None where it can."""
    if refused := _went_on(successor, takes):
        return refused
    known = [row.as_link() for row in Succession.objects.with_names()]
    for predecessor in predecessors:
        new = Link(
            successor=successor.name,
            predecessor=predecessor.name,
            starts_on=starts_on,
            takes=frozenset(takes),
        )
        if refused := why_not(new, known, today=timezone.localdate()):
            return refused
        known.append(new)
    return None


def _went_on(successor: Organisation, takes: Collection[str]) -> tuple[str, str] | None:
    """What goes on with a review must not come after it: it would never arrive."""
    rows = Succession.objects.filter(predecessor=successor).select_related("successor")
    carried = rows.exclude(carried_in=None).first()
    if carried is None or not set(takes) - {YEARS}:
        return None
    sentence = f"{carried.successor} took over from {successor} already. Clear all but “{CHOICES[YEARS]}”"
    return "takes", sentence


@transaction.atomic
def record_succession(
    *,
    organisation: Organisation,
    predecessors: Sequence[Organisation],
    starts_on: date,
    takes: Collection[str],
    leads: bool = False,
    recorded_by,
) -> list[Succession]:
    """Record that an organisation follows others from a day; `takes` holds codes of `eds.succession.CHOICES`.

    With `leads` the equality leads of the predecessors become equality leads of the successor at once. Where the day
    has come, its equality leads get to the open reviews. Raises NotPossible.
    """
    involved = [organisation.pk, *(row.pk for row in predecessors)]
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=involved).order_by("pk"))
    given = {"predecessors": predecessors, "starts_on": starts_on, "takes": takes}
    if refused := refusal(successor=organisation, **given):
        field, sentence = refused
        raise NotPossible(sentence, field=field)
    choices = {name: code in takes for code, name in FIELDS.items()}
    rows = [
        Succession.objects.create(
            successor=organisation, predecessor=each, starts_on=starts_on, recorded_by=recorded_by, **choices
        )
        for each in predecessors
    ]
    for row in rows:
        for side in (row.successor, row.predecessor):
            note_change(organisation=side, what=f"Recorded: {row}", changed_by=recorded_by)
        if leads:
            _make_leads(row, row.successor, of=row.predecessor)
    _open_reviews(Succession.objects.filter(pk__in=[row.pk for row in rows]), timezone.localdate())
    return rows


@transaction.atomic
def open_reviews_to_successors(*, today: date) -> int:
    """Let the successor's equality leads finish what is open on the day; gives how many successions it was done for.

    They become equality leads of each predecessor that has an open review: nothing but a role opens a review.
    """
    return _open_reviews(Succession.objects.filter(opened_at=None), today)


def _open_reviews(rows: QuerySet, today: date) -> int:
    rows = rows.started(today).with_names().select_related("recorded_by").order_by("starts_on", "pk")
    rows = list(rows.select_for_update(of=("self",)))
    for row in rows:
        links = Succession.objects.started(today).above(row.predecessor)
        for each in dict.fromkeys((row.predecessor, *(link.predecessor for link in links))):
            if Review.objects.filter(organisation=each).exclude(stage=stages.PUBLISHED).exists():
                _make_leads(row, each, of=row.successor)
        row.opened_at = timezone.now()
        row.save(update_fields=["opened_at"])
    return len(rows)


def leads_to_add(organisation: Organisation, *, of: Organisation) -> QuerySet[Role]:
    """The roles of active equality leads `of` one organisation who are not equality leads of the other."""
    lead = Role.Kind.EQUALITY_LEAD
    there = organisation.roles.filter(kind=lead).values("user")
    rows = of.roles.filter(kind=lead, user__is_active=True).exclude(user__in=there)
    return rows.select_related("user").order_by("user__name", "pk")


def _make_leads(row: Succession, organisation: Organisation, *, of: Organisation) -> None:
    """Give the leads of one side the role on the other, but for those who hold it."""
    for role in leads_to_add(organisation, of=of):
        Role.objects.create(user=role.user, organisation=organisation, kind=role.kind, succession=row)
        what = f"is now equality lead, because {row.successor} follows {row.predecessor}"
        note_change(organisation=organisation, about=role.user, what=what, changed_by=row.recorded_by)


@transaction.atomic
def undo_succession(*, succession: Succession, undone_by) -> None:
    """Take a succession back, with the roles that it gave. Raises NotPossible once something was carried over by it."""
    row = Succession.objects.with_names().select_for_update(of=("self",)).get(pk=succession.pk)
    if review := carried_in(row):
        raise NotPossible(CARRIED.format(successor=review.organisation, year=review.year))
    for role in row.roles.select_related("user", "organisation"):
        what = "is no longer equality lead"
        note_change(organisation=role.organisation, about=role.user, what=what, changed_by=undone_by)
    for side in (row.successor, row.predecessor):
        note_change(organisation=side, what=f"Undone: {row}", changed_by=undone_by)
    row.roles.all().delete()
    row.delete()


def carried_in(row: Succession) -> Review | None:
    """The review that took over what follows by it: of the successor, or of an organisation that follows that."""
    seen, rows = set(), [row]
    while rows:
        if carried := next((each.carried_in for each in rows if each.carried_in_id), None):
            return carried
        seen.update(each.pk for each in rows)
        after = Succession.objects.filter(predecessor__in=[each.successor_id for each in rows])
        rows = list(after.exclude(pk__in=seen).select_related("carried_in__organisation"))
    return None
