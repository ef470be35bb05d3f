"""Deadlines for an organisation under the Public Sector Equality Duty, read from its rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from casestudies.models import DutyPublication, Organisation, StageMove, Succession
from eds import stages
from eds.equality_duty import Due, eds_due, eds_years_due, information_due, objectives_due

INFORMATION, OBJECTIVES, EDS = "equality information", "equality objectives", "EDS report of {year}"


def dues_of(organisation: Organisation, today: date) -> list[Due]:
    """Information, objectives and the EDS report of every year that is still to be published, in this order."""
    return dues([organisation], today)[organisation.pk]


def dues(organisations: Iterable[Organisation], today: date) -> dict[int, list[Due]]:
    """For each organisation, by its id, what `dues_of` tells; in two queries for all.

    One that another follows has nothing to publish but the reports of reviews that it started.
    """
    ids = [row.pk for row in organisations]
    newest = {}  # the row recorded last stands at the end
    for row in DutyPublication.objects.filter(organisation__in=ids).order_by("pk"):
        newest[row.organisation_id, row.kind] = row.published_on
    published, started, ended = defaultdict(list), defaultdict(list), set()
    for pk, year, stage, was_published, is_followed in _reviews(ids, today):
        if is_followed:
            ended.add(pk)
        if year is not None:
            years = published if was_published or stage == stages.PUBLISHED else started
            years[pk].append(year)
    return {
        pk: [_report(year) for year in sorted(started[pk])]
        if pk in ended
        else _dues(pk, newest, published[pk], started[pk], today)
        for pk in ids
    }


def _reviews(ids: list[int], today: date):
    """Each organisation with each of its reviews, or with none, and whether another follows it."""
    moved = StageMove.objects.filter(review=OuterRef("reviews"), to_stage=stages.PUBLISHED)
    following = Succession.objects.started(today).filter(predecessor=OuterRef("pk"))
    rows = Organisation.objects.filter(pk__in=ids).order_by()
    rows = rows.annotate(was_published=Exists(moved), is_followed=Exists(following))
    return rows.values_list("pk", "reviews__year", "reviews__stage", "was_published", "is_followed")


def _dues(pk: int, newest: dict, published: list[str], started: list[str], today: date) -> list[Due]:
    information = newest.get((pk, DutyPublication.Kind.INFORMATION))
    objectives = newest.get((pk, DutyPublication.Kind.OBJECTIVES))
    return [
        Due(what=INFORMATION, last=information, by=information_due(information)),
        Due(what=OBJECTIVES, last=objectives, by=objectives_due(objectives)),
        *(_report(year) for year in eds_years_due(published, started, today)),
    ]


def _report(year: str) -> Due:
    return Due(what=EDS.format(year=year), last=None, by=eds_due(year))
