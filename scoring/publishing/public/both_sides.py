"""The published results of organisations that another follows: the other side of a merger, a split or a new name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from casestudies.models import Organisation, Succession
from eds.comparison import Told, told
from eds.text import labels
from scoring.models import Publication
from scoring.publishing.models import PublicationQuerySet

YEARS = 10  # of an organisation: the newest


@dataclass(kw_only=True)
class Line:
    """One day on which an organisation began: those before it, and what they published where the years are compared.

    `linked` are those whose own results can be read.
    """

    successor: Organisation
    starts_on: date
    organisations: list[Organisation] = field(default_factory=list)
    rows: list[tuple[Publication, Told]] = field(default_factory=list)
    linked: set[int] = field(default_factory=set)

    @property
    def names(self) -> str:
        return labels.listed([row.name for row in self.organisations])


def lines_before(organisation: Organisation) -> list[Line]:
    """What it follows, the newest day first. What those followed in turn comes below them; nothing comes twice."""
    found: dict[tuple[int, date], Line] = {}
    compared, reached = {}, {organisation.pk}  # by organisation: the line in which its results are
    for row in Succession.objects.started(timezone.localdate()).above(organisation):
        if row.successor_id not in reached:
            continue
        key = row.successor_id, row.starts_on
        line = found.setdefault(key, Line(successor=row.successor, starts_on=row.starts_on))
        line.organisations.append(row.predecessor)
        if row.compares_years:
            reached.add(row.predecessor_id)
            compared.setdefault(row.predecessor_id, line)
    _fill(found.values(), compared)
    return list(found.values())


def _fill(lines: Iterable[Line], compared: dict[int, Line]) -> None:
    ids = {row.pk for line in lines for row in line.organisations}
    if not ids:
        return
    shown: dict[int, int] = dict.fromkeys(ids, 0)
    for publication in Publication.objects.listed().filter(review__organisation__in=ids):
        pk = publication.review.organisation_id
        shown[pk] += 1
        if pk in compared and shown[pk] <= YEARS:
            compared[pk].rows.append((publication, told(publication.as_content())))
    for line in lines:
        line.linked = {row.pk for row in line.organisations if shown[row.pk]}


def has_reports(lines: Iterable[Line]) -> bool:
    return any(line.linked for line in lines)


def followed_by(organisation: Organisation) -> list[Succession]:
    """The organisations that follow it by today."""
    rows = Succession.objects.started(timezone.localdate()).filter(predecessor=organisation)
    return list(rows.with_names().order_by("successor__name"))


def follows(organisation: Organisation) -> list[Succession]:
    """Those that it follows by today; `has_reports` says of each predecessor whether its results can be read."""
    published = Publication.objects.listed().order_by().filter(review__organisation=OuterRef("predecessor"))
    rows = Succession.objects.started(timezone.localdate()).filter(successor=organisation)
    return list(rows.with_names().annotate(has_reports=Exists(published)).order_by("predecessor__name"))


def without_followed(listed: PublicationQuerySet) -> PublicationQuerySet:
    """Without organisations that another in the list follows: its results are the newer ones."""
    there = listed.order_by().values("review__organisation")
    rows = Succession.objects.started(timezone.localdate()).filter(successor__in=there)
    return listed.filter(~Exists(rows.filter(predecessor=OuterRef("review__organisation"))))
