"""Writes of a case study's sections."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, OutcomeArea, Section
from casestudies.reviews.locks import lock_for
from casestudies.writing.suggestions import Suggestion, with_added
from edsportal.web.ordering import move_row, number_rows
from edsportal.web.refusals import ChangedMeanwhile


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
    """Add sections without a text yet, where reports have them."""
    rows = _locked(case_study)
    given = {"case_study": case_study, "body": "", "saved_by": saved_by}
    added = [
        add_section(heading=each.heading, outcome_area=each.outcome_area, **given) for each in suggestions
    ]
    number_rows(with_added(rows, added))
    return added


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
    is_newest = row.mark == seen or (page != "" and page == row.page)
    said = (row.heading, row.outcome_area_id, row.body)
    if said == (heading, outcome_area.pk if outcome_area else None, body):
        return row
    if not is_newest:
        raise ChangedMeanwhile("Someone else changed this section after you opened it.", current=row)
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
    move_row(_locked(section.case_study), section, up=up)


@transaction.atomic
def remove_section(*, section: Section) -> None:
    """Take the section away; the versions that were accepted keep it."""
    rows = [row for row in _locked(section.case_study) if row.pk != section.pk]
    section.delete()
    number_rows(rows)


def _locked(case_study: CaseStudy) -> list[Section]:
    """The sections in order; nobody else changes them until the transaction ends."""
    lock_for("write", case_study=case_study)
    return list(case_study.sections.select_related("saved_by").order_by("position"))
