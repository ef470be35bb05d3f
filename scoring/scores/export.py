"""All members' scores of a review as CSV, for its equality lead: of revealed case studies, row by row as it is read."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from casestudies.models import CaseStudy, OutcomeArea, PanelMember, Review
from casestudies.reviews.doors import review_door
from eds import stages
from reports.writing.data.csv_report import harmless
from scoring.models import Score
from scoring.scores.models import ScoreQuerySet

COLUMNS = (
    *("case_study", "case_study_title", "domain", "outcome", "member", "represents", "state", "points"),
    *("reason", "reason_for_change", "version", "submitted_at", "entered_by_somebody_else"),
)
READ = (
    *("version__case_study", "outcome_area", "member", "abstained", "value", "rationale", "reason"),
    *("version__number", "submitted_at", "submitted_by"),
)
A_BATCH = 500  # rows that are in memory at once


def scores_csv(request: HttpRequest, organisation: str, year: str) -> StreamingHttpResponse:
    """The file. Answers 403 with the reason where the person may know of the review only."""
    review, standing = review_door(request, organisation, year)
    standing.require("export_scores")
    lines = _lines(review, exported(review, request.user))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="scores-{organisation}-{review.year}.csv"'
    return response


def exported(review: Review, user) -> ScoreQuerySet:
    """The scores that count, of the review's revealed case studies, as far as this person may see them: not of one in
    which they declared an interest."""
    rows = Score.objects.visible_to(user).filter(
        version__case_study__review=review, version__case_study__stage__in=stages.REVEALED
    )
    return rows.counted().order_by("version__case_study__number", "outcome_area__position", "member", "pk")


def _lines(review: Review, scores: ScoreQuerySet) -> Iterator[str]:
    """The rows as CSV (RFC 4180) after a byte order mark and a line of column names; no text starts a formula."""
    with transaction.atomic():  # a server-side cursor lives in one, also behind a pool of connections
        rows = _rows(review, scores)
        yield "\ufeff" + _as_csv([COLUMNS])
        while batch := list(islice(rows, A_BATCH)):
            yield _as_csv(batch)


def _as_csv(rows) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return text.getvalue()


def _rows(review: Review, scores: ScoreQuerySet) -> Iterator[tuple]:
    """What many rows share is read once: case studies, outcome areas and members."""
    case_studies = {
        row.pk: (row.number, harmless(row.title), row.domain.number)
        for row in CaseStudy.objects.filter(review=review).select_related("domain")
    }
    codes = dict(OutcomeArea.objects.filter(domain__framework=review.framework_id).values_list("pk", "code"))
    members = {
        row.pk: (harmless(row.name), row.represents or "", row.user_id)
        for row in PanelMember.objects.filter(review=review).with_group()
    }
    for study, area, member, *judged in scores.values_list(*READ).iterator(chunk_size=A_BATCH):
        abstained, value, rationale, reason, version, at, by = judged
        name, represents, own = members[member]
        yield (
            *case_studies[study],
            codes[area],
            name,
            represents,
            *(("abstained", "") if abstained else ("scored", value)),
            harmless(rationale),
            harmless(reason),
            version,
            timezone.localtime(at).isoformat(timespec="seconds"),
            "" if by == own else "yes",
        )
