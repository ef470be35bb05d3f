"""Writes of a case study's sections."""

import hashlib

from django.db import transaction

from casestudies.models import CaseStudy, OutcomeArea, Section


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
    *, case_study: CaseStudy, heading: str, outcome_area: OutcomeArea | None, body: str
) -> Section:
    """Add a section at the end."""
    rows = _locked(case_study)
    position = rows[-1].position + 1 if rows else 1
    return Section.objects.create(
        case_study=case_study, position=position, heading=heading, outcome_area=outcome_area, body=body
    )


@transaction.atomic
def change_section(
    *, section: Section, heading: str, outcome_area: OutcomeArea | None, body: str, seen: str
) -> None:
    """Change what a section says. Raises ChangedMeanwhile where it is not what `seen` marks."""
    row = next(row for row in _locked(section.case_study) if row.pk == section.pk)
    if mark_of(row) != seen:
        raise ChangedMeanwhile(row)
    row.heading, row.outcome_area, row.body = heading, outcome_area, body
    row.save()


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
    return list(Section.objects.filter(case_study=case_study).order_by("position"))


def _number(rows: list[Section]) -> None:
    highest = max((row.position for row in rows), default=0)
    for first in (highest + 1, 1):  # out of the way first: a position stands once in a case study
        for position, row in enumerate(rows, start=first):
            Section.objects.filter(pk=row.pk).update(position=position)
