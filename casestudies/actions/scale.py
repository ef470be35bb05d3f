"""Writes that change what a draft consists of: its outcome areas, its grades, its overall ratings."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from casestudies.frameworks.actions import ChangedMeanwhile, last_editor, locked_draft, mark_of, note
from casestudies.models import Domain, Framework, OutcomeArea, RatingDescriptor
from eds.edition import Band, Grade


class NotPossible(Exception):
    """It can't be done; the sentence says why and what to do."""


@transaction.atomic
def add_outcome_area(
    *, domain: Domain, code: str, statement: str, guidance: str, descriptors: Mapping[int, str], added_by
) -> OutcomeArea:
    """Add an outcome area at the end of a domain of a draft; `descriptors` by score. Raises Frozen, and NotPossible
    where the edition has one of this code."""
    draft = locked_draft(domain.framework_id)
    if OutcomeArea.objects.filter(domain__framework=draft, code=code).exists():
        raise NotPossible(f"There is an outcome area {code} already. Enter another code")
    last = domain.outcome_areas.order_by("position").last()
    area = domain.outcome_areas.create(
        position=last.position + 1 if last else 1, code=code, statement=statement, guidance=guidance
    )
    RatingDescriptor.objects.bulk_create(
        RatingDescriptor(outcome_area=area, score=score, text=text)
        for score, text in descriptors.items()
        if text
    )
    note(draft, f"{code}: added to {domain.name}.", added_by)
    return area


@transaction.atomic
def remove_outcome_area(*, area: OutcomeArea, removed_by) -> None:
    """Take an outcome area out of a draft. Raises Frozen, and NotPossible for the last one of a domain."""
    draft = locked_draft(area.domain.framework_id)
    if not area.domain.outcome_areas.exclude(pk=area.pk).exists():
        raise NotPossible(f"{area.code} is the only outcome area of {area.domain.name}, so it stays.")
    code = area.code
    area.delete()
    note(draft, f"{code}: removed.", removed_by)


@transaction.atomic
def change_grades(*, framework: Framework, grades: Sequence[Grade], seen: str, changed_by) -> None:
    """Set the grades of a draft. What outcome areas say of a grade goes with it.

    `seen` is the mark of the scale that the page showed. Raises Frozen and ChangedMeanwhile.
    """
    draft = _draft_as_seen(framework, seen)
    before = {row.score: row.as_value() for row in draft.grades.all()}
    after = {grade.score: grade for grade in grades}
    gone = before.keys() - after.keys()
    draft.grades.filter(score__in=gone).delete()
    RatingDescriptor.objects.filter(outcome_area__domain__framework=draft, score__in=gone).delete()
    for score, grade in after.items():
        values = {"name": grade.name, "activity": grade.activity}
        draft.grades.update_or_create(score=score, defaults=values)
    if before != after:
        note(draft, f"Grades: {', '.join(grade.name for grade in grades)}.", changed_by)


@transaction.atomic
def change_bands(*, framework: Framework, bands: Sequence[Band], seen: str, changed_by) -> None:
    """Set the overall ratings of a draft; `seen` and what is raised as for `change_grades`."""
    draft = _draft_as_seen(framework, seen)
    before = [row.as_value() for row in draft.bands.all()]
    if before == list(bands):
        return
    draft.bands.all().delete()
    for band in bands:
        draft.bands.create(lowest=band.lowest, highest=band.highest, name=band.name)
    said = ", ".join(f"{band.lowest} to {band.highest} {band.name}" for band in bands) or "none"
    note(draft, f"Overall ratings: {said}.", changed_by)


def mark_of_scale(framework: Framework) -> str:
    """A short mark that tells one set of grades and overall ratings from another."""
    grades = tuple(row.as_value() for row in framework.grades.all())
    return mark_of((grades, tuple(row.as_value() for row in framework.bands.all())))


def _draft_as_seen(framework: Framework, seen: str) -> Framework:
    draft = locked_draft(framework.pk)
    if mark_of_scale(draft) != seen:
        raise ChangedMeanwhile(last_editor(draft))
    return draft
