"""Any two versions of a case study, compared word by word."""

from django.http import HttpRequest
from django.shortcuts import render

from casestudies.models import CaseStudy, Version
from casestudies.reviews import rules
from casestudies.reviews.doors import case_study_door
from casestudies.writing.versions import as_it_stands
from eds.text_diff import changes
from scoring.forms.versions import NOW, VersionsForm


def versions(request: HttpRequest, organisation: str, year: str, number: int):
    """All versions, and what changed between two of them: the last two, unless others are chosen.

    Who writes the case study can compare what it says now too.
    """
    case_study, standing = case_study_door(request, organisation, year, number)
    rows = list(case_study.versions.defer("content").select_related("made_by").order_by("number"))
    writes = rules.why_not_write(standing, case_study) is None
    form = VersionsForm(_chosen(request, rows), versions=rows, with_now=writes)
    page = {"case_study": case_study, "review": case_study.review, "versions": rows[::-1], "form": form}
    if len(rows) + writes > 1 and form.is_valid():
        older, newer = form.in_order()
        found = changes(_content(case_study, rows, older), _content(case_study, rows, newer), around=None)
        page |= {"parts": found, "older": form.words(older), "newer": form.words(newer)}
    return render(request, "scoring/versions.html", page)


def _chosen(request: HttpRequest, rows: list[Version]) -> dict[str, str]:
    """What was chosen, or else the last two versions; with one version that and what it says now."""
    if "older" in request.GET or "newer" in request.GET:
        return request.GET
    last = [str(row.number) for row in rows[-2:]]
    return dict(zip(("older", "newer"), last if len(last) == 2 else [*last, NOW], strict=False))


def _content(case_study: CaseStudy, rows: list[Version], choice: str) -> dict:
    if choice == NOW:
        return as_it_stands(case_study)
    return next(row for row in rows if str(row.number) == choice).content
