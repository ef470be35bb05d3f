"""The evidence map: which groups and outcome areas are evidenced, and which are not."""

from django.shortcuts import render

from casestudies.evidence import presenting
from casestudies.reviews.doors import case_study_door, review_door
from eds.content import ReportContent
from eds.evidence_map import whole_map
from reports.writing import svg, tables


def evidence_map(request, organisation: str, year: str, number: int):
    """Of one case study."""
    row, standing = case_study_door(request, organisation, year, number)
    gathering = presenting.sees_gathering(standing, row)
    said = presenting.said_of(row, gathering=gathering)
    page = {"case_study": row, "review": row.review, "gathering": gathering}
    found = presenting.map_content(row.review, [(row, said)])
    return render(request, "scoring/evidence_map.html", page | _map(found, row.title))


def review_evidence_map(request, organisation: str, year: str):
    """Of all case studies of the review that this person may read."""
    review, standing = review_door(request, organisation, year)
    parts = presenting.parts_of(review, request.user, standing)
    page = {"review": review, "parts": [(row, len(said)) for row, said in parts]}
    found = presenting.map_content(review, parts)
    return render(request, "scoring/evidence_map_review.html", page | _map(found, str(review)))


def _map(content: ReportContent, title: str) -> dict:
    found = whole_map(content)
    return {
        "map": found,
        "picture": svg.evidence_map(found, title=f"Evidence map of {title}"),
        "table": tables.evidence_map(found, title),
    }
