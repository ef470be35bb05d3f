"""The preview of a report for those who make it: as it would be published now."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from casestudies.models import CaseStudy
from casestudies.reviews.doors import review_door
from casestudies.reviews.roles import Standing
from eds import stages
from eds.content import ReportContent
from edsportal.web.headers import branded
from reports.formats import FORMATS, file_name
from reports.writing import html_report, look
from scoring.review.content import report_content
from scoring.review.withheld import without_scores_of, without_unrevealed


@branded
def preview(request, organisation: str, year: str):
    """The report as it would be published now, with the scores and commentary that this person may see."""
    row, standing = review_door(request, organisation, year)
    standing.require("preview_report")
    content = _content_for(standing)
    page = {
        "review": row,
        "body": html_report.body(content, folded=True),
        "colour": look.own_colour_of(content.organisation),
        "formats": FORMATS,
        "withheld": _withheld_from(standing),
    }
    return render(request, "scoring/publishing/preview.html", page)


def preview_file(request, organisation: str, year: str, format: str):
    _, standing = review_door(request, organisation, year)
    standing.require("preview_report")
    return _file(_content_for(standing), format)


def _content_for(standing: Standing) -> ReportContent:
    """The report as this person may read it now: the equality lead sees what is still being written too."""
    content = without_scores_of(report_content(standing.review), _withheld_from(standing))
    if standing.is_lead or standing.review.stage != stages.OPEN:
        return content
    return without_unrevealed(content, standing.review)


def _withheld_from(standing: Standing) -> list[int]:
    """Numbers of the case studies in which they declared an interest, until the panel has agreed its scores."""
    if not standing.declared:
        return []
    rows = CaseStudy.objects.standing_in(standing.review).filter(pk__in=standing.declared)
    return list(rows.exclude(stage=stages.AGREED).values_list("place", flat=True))


def _file(content: ReportContent, format: str) -> HttpResponse:
    if format not in FORMATS:
        raise Http404
    made = FORMATS[format]
    response = HttpResponse(made.make(content), content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(content, format)}"'
    return response
