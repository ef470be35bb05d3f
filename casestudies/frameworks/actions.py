"""Writes of frameworks: drafts are copied, edited, put in use and deleted; whatever was in use stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casestudies.frameworks import rules
from casestudies.frameworks.store import store_edition
from casestudies.models import Domain, Framework, OutcomeArea, RatingDescriptor
from casestudies.notes import note_change
from eds.edition import Band, Grade, Outcome
from eds.editions.completeness import missing_in
from edsportal.web.ordering import move_row
from edsportal.web.refusals import ChangedMeanwhile, NotPossible, mark_of


class Frozen(PermissionDenied):
    """The framework's wording can't change any more; the text says why. A page of it answers 403."""


class NotWhole(Exception):
    """The draft can't be put in use yet; `missing` says what it lacks."""

    def __init__(self, missing: list[str]):
        super().__init__(" ".join(missing))
        self.missing = missing


def order_of(domain: Domain) -> str:
    """The outcome areas of a domain in their order, as a page carries it."""
    return "-".join(str(area.pk) for area in domain.outcome_areas.all())


@transaction.atomic
def copy_framework(*, framework: Framework, name: str, copied_by) -> Framework:
    """Make a draft that says the same under a new name. Raises NotPossible."""
    if Framework.objects.filter(name__iexact=name).exists():
        raise NotPossible("There is already an edition with this name. Enter another name", field="name")
    edition = replace(Framework.objects.whole().get(pk=framework.pk).as_edition(), name=name)

    def get_model(model: str):
        return apps.get_model("casestudies", model)

    store_edition(get_model=get_model, edition=edition, status=Framework.Status.DRAFT)
    draft = Framework.objects.get(name=name)
    draft.origin_id = framework.origin_id or framework.pk
    draft.save(update_fields=["origin"])
    note_change(framework=draft, what=f"Copied from {framework}.", changed_by=copied_by)
    return draft


@transaction.atomic
def edit_outcome_area(
    *, area: OutcomeArea, statement: str, guidance: str, descriptors: Mapping[int, str], seen: str, edited_by
) -> None:
    """Change the wording of an outcome area of a draft; `descriptors` by score.

    `seen` is the mark of what the page showed. Raises Frozen, and ChangedMeanwhile where it says something else by now.
    """
    draft = locked_draft(area.domain.framework_id)
    area = OutcomeArea.objects.prefetch_related("descriptors").get(pk=area.pk)
    before = area.as_value()
    if mark_of(before) != seen:
        raise changed_meanwhile(draft)
    area.statement, area.guidance = statement, guidance
    area.save(update_fields=["statement", "guidance"])
    for score, text in descriptors.items():
        area.descriptors.update_or_create(score=score, defaults={"text": text})
    changed = _changed_fields(before, statement, guidance, descriptors)
    if changed:
        note_change(framework=draft, what=f"{area.code}: changed {', '.join(changed)}.", changed_by=edited_by)


def _changed_fields(
    before: Outcome, statement: str, guidance: str, descriptors: Mapping[int, str]
) -> list[str]:
    changed = [
        name
        for name, new in (("statement", statement), ("guidance", guidance))
        if getattr(before, name) != new
    ]
    return changed + [
        f"what {score} means" for score, text in descriptors.items() if before.descriptor(score) != text
    ]


@transaction.atomic
def move_outcome_area(*, area: OutcomeArea, up: bool, seen: str, moved_by) -> None:
    """Let it change places with the one before or after it in its domain; at the end, nothing happens.

    `seen` is the order that the page showed. Raises Frozen and ChangedMeanwhile.
    """
    draft = locked_draft(area.domain.framework_id)
    if order_of(area.domain) != seen:
        raise changed_meanwhile(draft)
    if move_row(area.domain.outcome_areas.all(), area, up=up):
        note_change(
            framework=draft, what=f"{area.code}: moved {'up' if up else 'down'}.", changed_by=moved_by
        )


@transaction.atomic
def put_in_use(*, framework: Framework, seen: str, put_by) -> None:
    """Use it for new reviews; another edition of its line that is in use now retires. Reviews keep theirs.

    `seen` is the mark of what the page showed. Raises Frozen where it is in use already, ChangedMeanwhile, and NotWhole
    where it lacks something.
    """
    line = list(Framework.objects.of_line(framework).select_for_update().order_by("pk"))
    row = next(each for each in line if each.pk == framework.pk)
    if row.status == Framework.Status.IN_USE:
        raise Frozen(f"{row} is in use already.")
    edition = Framework.objects.whole().get(pk=row.pk).as_edition()
    if mark_of(edition) != seen:
        raise changed_meanwhile(row)
    if missing := missing_in(edition):
        raise NotWhole(missing)
    for other in line:
        if other.status == Framework.Status.IN_USE:
            _set_status(other, Framework.Status.RETIRED, f"Retired: {row} was put in use.", put_by)
    _set_status(row, Framework.Status.IN_USE, "Put in use.", put_by)


@transaction.atomic
def retire_framework(*, framework: Framework, retired_by) -> None:
    """Take an edition out of use for new reviews; reviews keep it. Raises NotPossible for the only one in use."""
    in_use = list(Framework.objects.filter(status=Framework.Status.IN_USE).select_for_update())
    if framework not in in_use:
        raise NotPossible(f"{framework} is not in use.")
    if len(in_use) == 1:
        raise NotPossible(f"{framework} is the only edition in use. Put another one in use first.")
    row = next(each for each in in_use if each.pk == framework.pk)
    _set_status(row, Framework.Status.RETIRED, "Taken out of use.", retired_by)


@transaction.atomic
def delete_draft(*, framework: Framework, deleted_by) -> None:
    """Delete a draft that no review uses; what was done to it stays on record. Raises Frozen."""
    draft = locked_draft(framework.pk)
    note_change(framework=draft, what="Draft deleted.", changed_by=deleted_by)
    draft.delete()


def locked_draft(pk: int) -> Framework:
    row = Framework.objects.select_for_update().get(pk=pk)
    if reason := rules.why_frozen(row):
        raise Frozen(reason)
    return row


def _set_status(row: Framework, status: str, what: str, by) -> None:
    row.status = status
    row.save(update_fields=["status"])
    note_change(framework=row, what=what, changed_by=by)


def changed_meanwhile(framework: Framework) -> ChangedMeanwhile:
    newest = framework.changes.select_related("changed_by").first()
    by = newest.changed_by if newest else None
    return ChangedMeanwhile(f"{by or 'Someone'} changed this while you were editing.", by=by)


# Writes that change what a draft consists of: its outcome areas, its grades, its overall ratings.


@transaction.atomic
def add_outcome_area(
    *, domain: Domain, code: str, statement: str, guidance: str, descriptors: Mapping[int, str], added_by
) -> OutcomeArea:
    """Add an outcome area at the end of a domain of a draft; `descriptors` by score. Raises Frozen, and NotPossible
    where the edition has one of this code."""
    draft = locked_draft(domain.framework_id)
    if OutcomeArea.objects.filter(domain__framework=draft, code__iexact=code).exists():
        raise NotPossible(f"There is already an outcome area {code}. Enter another code", field="code")
    last = domain.outcome_areas.order_by("position").last()
    area = domain.outcome_areas.create(
        position=last.position + 1 if last else 1, code=code, statement=statement, guidance=guidance
    )
    RatingDescriptor.objects.bulk_create(
        RatingDescriptor(outcome_area=area, score=score, text=text)
        for score, text in descriptors.items()
        if text
    )
    note_change(framework=draft, what=f"{code}: added to {domain.name}.", changed_by=added_by)
    return area


@transaction.atomic
def remove_outcome_area(*, area: OutcomeArea, removed_by) -> None:
    """Take an outcome area out of a draft. Raises Frozen, and NotPossible for the last one of a domain."""
    draft = locked_draft(area.domain.framework_id)
    if reason := why_area_stays(area):
        raise NotPossible(reason)
    code = area.code
    area.delete()
    note_change(framework=draft, what=f"{code}: removed.", changed_by=removed_by)


def why_area_stays(area: OutcomeArea) -> str | None:
    """Why an outcome area can't be removed, or None."""
    if area.domain.outcome_areas.exclude(pk=area.pk).exists():
        return None
    return f"{area.code} is the only outcome area of {area.domain.name}, so it stays."


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
        note_change(
            framework=draft,
            what=f"Grades: {', '.join(grade.name for grade in grades)}.",
            changed_by=changed_by,
        )


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
    ratings = ", ".join(f"{band.lowest} to {band.highest} {band.name}" for band in bands) or "none"
    note_change(framework=draft, what=f"Overall ratings: {ratings}.", changed_by=changed_by)


def mark_of_scale(framework: Framework) -> str:
    """A short mark that tells one set of grades and overall ratings from another."""
    grades = tuple(row.as_value() for row in framework.grades.all())
    return mark_of(grades, tuple(row.as_value() for row in framework.bands.all()))


def _draft_as_seen(framework: Framework, seen: str) -> Framework:
    draft = locked_draft(framework.pk)
    if mark_of_scale(draft) != seen:
        raise changed_meanwhile(draft)
    return draft
