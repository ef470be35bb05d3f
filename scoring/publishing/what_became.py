"""What became of what a member scored: the published result, and how far its recommendations are. No other's score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils import timezone

from casestudies.models import CaseStudy
from casestudies.reviews.doors import review_door
from eds.messages import MONTHS_LATER
from eds.text import labels
from eds.totals import results
from scoring.models import ProgressNote, Recommendation, Score
from scoring.my_work.tasks import day_words
from scoring.publishing.telling import months_after


@dataclass(frozen=True, kw_only=True)
class Action:
    """A recommendation, its status now, and what it was some months after publication, as far as that has passed."""

    row: Recommendation
    history: list[tuple[str, str]]
    last_note: str


@dataclass(frozen=True, kw_only=True)
class Became:
    """A case study that the member scored, as it was published."""

    case_study: CaseStudy
    total: str
    agreed: list[tuple[str, str]]
    actions: list[Action]


def what_became(request: HttpRequest, organisation: str, year: str):
    """For a panel member, once the report is published: what it says of the case studies that they scored."""
    review, standing = review_door(request, organisation, year)
    standing.require("see_what_became")
    publications = list(review.publications.filter(withdrawal=None).order_by("number"))
    if not publications:
        raise Http404
    content = publications[-1].as_content()
    figures = results(content)
    totals = {result.number: result.total.words for result in figures.case_studies}
    told = {part.number: part for part in content.case_studies}
    since = timezone.localdate(publications[0].published_at)
    actions = _actions(review, request.user, since)
    page = {
        "review": review,
        "publication": publications[-1],
        "figures": figures,
        "parts": [
            Became(
                case_study=row,
                total=totals[row.number],
                agreed=_agreed(content.edition, row, told[row.number].scores),
                actions=[action for action in actions if row in action.row.case_studies.all()],
            )
            for row in _scored_by(request.user, review)
            if row.number in told
        ],
        "next_look": next((day for day in _days(since) if day > timezone.localdate()), None),
    }
    return render(request, "scoring/publishing/what_became.html", page)


def _scored_by(user, review) -> list[CaseStudy]:
    own = Score.objects.filter(member__user=user, version__case_study__review=review)
    rows = review.case_studies.filter(pk__in=own.order_by().values("version__case_study"))
    return list(rows.select_related("domain").prefetch_related("domain__outcome_areas").order_by("number"))


def _agreed(edition, row: CaseStudy, scores) -> list[tuple[str, str]]:
    """Each outcome area with the published score of the panel in words."""
    areas = row.domain.outcome_areas.all()
    return [(str(area), labels.score(edition, scores.get(area.code))) for area in areas]


def _actions(review, user, since: date) -> list[Action]:
    rows = Recommendation.objects.visible_to(user).filter(theme__review=review)
    rows = rows.select_related("theme__review__organisation")
    rows = rows.prefetch_related("case_studies", "progress_notes").order_by("theme__position", "position")
    return [_action(row, since) for row in rows]


def _action(row: Recommendation, since: date) -> Action:
    notes = list(row.progress_notes.all())
    passed = [
        (months, day)
        for months, day in zip(MONTHS_LATER, _days(since), strict=True)
        if day <= timezone.localdate()
    ]
    history = [
        (f"{months} months after publication ({day_words(day)})", status_at(notes, day))
        for months, day in passed
    ]
    return Action(row=row, history=history, last_note=notes[-1].text if notes else "")


def status_at(notes: Sequence[ProgressNote], day: date) -> str:
    """The status that the last note on or before the day gave, in words."""
    before = [note for note in notes if timezone.localdate(note.noted_at) <= day]
    return (before[-1] if before else Recommendation()).get_status_display()


def _days(since: date) -> list[date]:
    return [months_after(since, months) for months in MONTHS_LATER]
