"""Deadlines for an organisation under the Public Sector Equality Duty, read from its rows."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from casestudies.models import DutyPublication, Organisation, Review
from eds import stages
from eds.equality_duty import Due, information_due, next_eds_due, objectives_due

INFORMATION, OBJECTIVES, EDS = "equality information", "equality objectives", "EDS report"


def dues_of(organisation: Organisation, today: date) -> list[Due]:
    """Information, objectives and the EDS report, in this order."""
    return dues([organisation], today)[organisation.pk]


def dues(organisations: Iterable[Organisation], today: date) -> dict[int, list[Due]]:
    """For each organisation, by its id, what `dues_of` tells; in two queries for all."""
    ids = [row.pk for row in organisations]
    newest = {}  # the row recorded last stands at the end
    for row in DutyPublication.objects.filter(organisation__in=ids).order_by("pk"):
        newest[row.organisation_id, row.kind] = row.published_on
    once = Q(stage=stages.PUBLISHED) | Q(stage_moves__to_stage=stages.PUBLISHED)
    years: dict[int, list[str]] = {}
    for pk, year in Review.objects.filter(once, organisation__in=ids).values_list("organisation", "year"):
        years.setdefault(pk, []).append(year)
    return {pk: _dues(pk, newest, years.get(pk, []), today) for pk in ids}


def _dues(pk: int, newest: dict, years: list[str], today: date) -> list[Due]:
    information = newest.get((pk, DutyPublication.Kind.INFORMATION))
    objectives = newest.get((pk, DutyPublication.Kind.OBJECTIVES))
    return [
        Due(what=INFORMATION, last=information, by=information_due(information)),
        Due(what=OBJECTIVES, last=objectives, by=objectives_due(objectives)),
        Due(what=EDS, last=None, by=next_eds_due(years, today)),
    ]
