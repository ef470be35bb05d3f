"""The annual report: the preview for those who make it, and published reports for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from scoring import rules
from scoring.forms.reports import ReportSearch
from scoring.models import Publication
from scoring.report import html
from scoring.report.content import ReportContent
from scoring.report.formats import FORMATS, file_name
from scoring.report.from_rows import report_content
from scoring.views.doors import review_door


def preview(request, organisation: str, year: str):
    """The report as it would be published now."""
    row, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_report(standing, row))
    return render(
        request,
        "scoring/preview.html",
        {"review": row, "body": html.body(report_content(row)), "formats": FORMATS},
    )


def preview_file(request, organisation: str, year: str, format: str):
    row, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_report(standing, row))
    return _file(report_content(row), format)


@login_not_required
def reports(request):
    """Every published report, newest year first; `body` and `year` in the address narrow the list."""
    rows = Publication.objects.listed()
    years = rows.order_by("-review__year").values_list("review__year", flat=True).distinct()
    form = ReportSearch(request.GET or None, years=list(years))
    if form.is_valid():
        rows = rows.of(body=form.cleaned_data["body"], year=form.cleaned_data["year"])
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "scoring/reports.html", {"page": page, "form": form})


@login_not_required
def report(request, organisation: str, year: str):
    publication = _publication(organisation, year)
    page = {"publication": publication, "body": html.body(publication.as_content()), "formats": FORMATS}
    return render(request, "scoring/report.html", page)


@login_not_required
def report_file(request, organisation: str, year: str, format: str):
    return _file(_publication(organisation, year).as_content(), format)


def _publication(organisation: str, year: str) -> Publication:
    rows = Publication.objects.current().select_related("review__organisation")
    return get_object_or_404(rows, review__organisation__slug=organisation, review__year=year)


def _file(content: ReportContent, format: str) -> HttpResponse:
    if format not in FORMATS:
        raise Http404
    made = FORMATS[format]
    response = HttpResponse(made.make(content), content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(content, format)}"'
    return response
