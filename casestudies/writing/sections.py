"""Writes of a case study's sections."""

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, OutcomeArea, Section
from casestudies.writing.suggestions import Suggestion


class ChangedMeanwhile(Exception):
    """Somebody else changed the section since the page was opened; nothing was stored. `section` is as it stands."""

    def __init__(self, section: Section):
        super().__init__("Somebody else changed this section since you opened it.")
        self.section = section


def mark_of(section: Section) -> str:
    """A short mark that tells one text from another."""
    said = f"{section.heading}\n{section.outcome_area_id}\n{section.body}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@transaction.atomic
def add_section(
    *, case_study: CaseStudy, heading: str, outcome_area: OutcomeArea | None, body: str, saved_by=None
) -> Section:
    """Add a section at the end."""
    rows = _locked(case_study)
    position = rows[-1].position + 1 if rows else 1
    section = Section(case_study=case_study, position=position)
    return _write(section, heading, outcome_area, body, saved_by)


@transaction.atomic
def add_suggested(
    *, case_study: CaseStudy, suggestions: Iterable[Suggestion], saved_by=None
) -> list[Section]:
    """Add sections without a text yet, at the end."""
    given = {"case_study": case_study, "body": "", "saved_by": saved_by}
    return [
        add_section(heading=each.heading, outcome_area=each.outcome_area, **given) for each in suggestions
    ]


@transaction.atomic
def change_section(
    *,
    section: Section,
    heading: str,
    outcome_area: OutcomeArea | None,
    body: str,
    seen: str,
    page: str = "",
    saved_by=None,
) -> Section:
    """Change what a section says. Raises ChangedMeanwhile where it is not what `seen` marks and says something else.

    `page` names the page that saves: where it saved last too, its text is the newest whatever it has seen.
    """
    row = next((row for row in _locked(section.case_study) if row.pk == section.pk), None)
    if row is None:
        raise Section.DoesNotExist
    old = mark_of(row)
    is_newest = old == seen or (page != "" and page == row.page)
    said = (row.heading, row.outcome_area_id, row.body)
    if said == (heading, outcome_area.pk if outcome_area else None, body):
        return row
    if not is_newest:
        raise ChangedMeanwhile(row)
    row.page = page
    return _write(row, heading, outcome_area, body, saved_by)


def _write(row: Section, heading: str, outcome_area: OutcomeArea | None, body: str, saved_by) -> Section:
    row.heading, row.outcome_area, row.body = heading, outcome_area, body
    row.saved_at, row.saved_by = timezone.now(), saved_by
    row.save()
    return row


@transaction.atomic
def move_section(*, section: Section, up: bool) -> None:
    """Change places with the section before or after; at the end nothing happens."""
    rows = _locked(section.case_study)
    place = next(place for place, row in enumerate(rows) if row.pk == section.pk)
    other = place + (-1 if up else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)


@transaction.atomic
def remove_section(*, section: Section) -> None:
    """Take the section away; the versions that were marked ready keep it."""
    rows = [row for row in _locked(section.case_study) if row.pk != section.pk]
    section.delete()
    _number(rows)


def _locked(case_study: CaseStudy) -> list[Section]:
    """The sections in order; nobody else changes them until the transaction ends."""
    CaseStudy.objects.select_for_update(of=("self",)).get(pk=case_study.pk)
    rows = Section.objects.filter(case_study=case_study).select_related("saved_by")
    return list(rows.order_by("position"))


def _number(rows: list[Section]) -> None:
    highest = max((row.position for row in rows), default=0)
    for first in (highest + 1, 1):  # out of the way first: a position stands once in a case study
        for position, row in enumerate(rows, start=first):
            Section.objects.filter(pk=row.pk).update(position=position)
