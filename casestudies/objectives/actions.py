"""Writes of an organisation's equality objectives and of what it published for the duty."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from casestudies.models import DutyPublication, Objective, ObjectiveNote, Organisation
from casestudies.notes import note_change
from eds.equality_duty import Quarter

WORDS = {
    "title": "objective",
    "measure": "how it is measured",
    "starts_on": "first day",
    "ends_on": "last day",
}


@transaction.atomic
def add_objective(
    *, organisation: Organisation, title: str, measure: str, starts_on: date, ends_on: date, added_by
) -> Objective:
    """Add an objective for a cycle, both days included."""
    row = Objective.objects.create(
        organisation=organisation, title=title, measure=measure, starts_on=starts_on, ends_on=ends_on
    )
    what = f"Added the equality objective “{title}”"
    note_change(organisation=organisation, what=what, changed_by=added_by)
    return row


@transaction.atomic
def change_objective(*, objective: Objective, values: Mapping[str, object], changed_by) -> None:
    """Set what is named in `values`; what each said before is kept in words."""
    row = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
    before = [
        f"{WORDS[name]} was “{getattr(row, name)}”"
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    if not before:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    what = f"Changed the equality objective “{row.title}”: {', '.join(before)}"
    note_change(organisation=row.organisation, what=what, changed_by=changed_by)


@transaction.atomic
def end_objective(*, objective: Objective, on: date, why: str, ended_by) -> None:
    """End it on a day with a reason. One that has ended stays as it is."""
    ended = Objective.objects.current().filter(pk=objective.pk).update(ended_on=on, ended_why=why)
    if ended:
        what = f"Ended the equality objective “{objective.title}”: {why}"
        note_change(organisation=objective.organisation, what=what, changed_by=ended_by)


@transaction.atomic
def note_quarter(*, objective: Objective, quarter: Quarter, text: str, noted_by) -> ObjectiveNote:
    """Add what was done for the objective in a quarter; notes that are there stay."""
    return ObjectiveNote.objects.create(
        objective=objective, quarter=quarter.first, text=text, noted_by=noted_by
    )


@transaction.atomic
def record_publication(
    *, organisation: Organisation, kind: str, published_on: date, address: str, recorded_by
) -> DutyPublication:
    """Record when something was published. What was recorded for this kind before stays, and counts no longer."""
    return DutyPublication.objects.create(
        organisation=organisation,
        kind=kind,
        published_on=published_on,
        address=address,
        recorded_by=recorded_by,
    )
