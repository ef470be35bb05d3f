"""The annual report: the preview for those who make it, and published reports for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

from casestudies.models import CaseStudy, IntegratedCareSystem, Organisation
from casestudies.reviews.doors import review_door
from casestudies.reviews.roles import Standing
from eds import stages
from eds.comparison import Told, differences, told
from eds.content import ReportContent
from eds.text import spelling
from edsportal.web.headers import branded, open_to_other_sites
from reports.formats import FORMATS, file_name
from reports.writing import easy_read, html_report, look
from reports.writing.comparison_tables import picture_of_organisations, picture_of_years
from scoring.models import Publication, SentReport
from scoring.publishing.both_sides import (
    YEARS,
    Line,
    followed_by,
    has_reports,
    lines_before,
    without_followed,
)
from scoring.publishing.forms import ReportSearch, SystemYearForm
from scoring.publishing.withdrawals import withdrawn_page
from scoring.review.content import report_content, without_scores_of, without_unrevealed


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


@login_not_required
def reports(request):
    """Every published report, newest year first; `body` and `year` in the address narrow the list."""
    rows = Publication.objects.listed()
    years = rows.order_by("-review__year").values_list("review__year", flat=True).distinct()
    form = ReportSearch(request.GET or None, years=list(years))
    instead = ""
    if form.is_valid():
        body, year = form.cleaned_data["body"], form.cleaned_data["year"]
        rows, every = rows.of(body=body, year=year), rows
        if body and not rows.exists() and (instead := _respelled(body)):
            rows = every.of(body=instead, year=year)
    published = Publication.objects.listed().order_by().values("review__organisation__ics")
    shown = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "form": form,
        "instead": instead,
        "systems": IntegratedCareSystem.objects.filter(pk__in=published),
    }
    return render(request, "scoring/publishing/reports.html", shown)


def _respelled(body: str) -> str:
    """The words with the nearest of published organisations' names in place of mistyped ones; "" if none is near."""
    names = Publication.objects.current().values_list("review__organisation__name", flat=True).distinct()
    known = {word for name in names for word in name.casefold().split()}
    words = body.casefold().split()
    near = [[word] if word in known else spelling.nearest(word, known) for word in words]
    respelled = " ".join(each[0] for each in near if each)
    return respelled if all(near) and respelled != " ".join(words) else ""


@branded
@login_not_required
def report(request, organisation: str, year: str, edition: int | None = None):
    """The newest publication of a report, or an older edition of it, with links to all."""
    publication = _publication(organisation, year, edition)
    if publication.is_withdrawn:
        return withdrawn_page(request, publication)
    content = publication.as_content()
    page = {
        "publication": publication,
        "files": publication.files.defer("data"),
        "evidence_files": publication.evidence_files(),
        "editions": Publication.objects.filter(review=publication.review)
        .select_related("withdrawal")
        .order_by("-number"),
        "description": html_report.description(content),
        "colour": look.own_colour_of(content.organisation),
        "share_title": _share_title(publication),
        "sent": SentReport.objects.filter(publication__review=publication.review).last(),
    }
    downloads = render_to_string("scoring/publishing/report_downloads.html", page, request)
    page["body"] = html_report.body(content, after_glance=downloads, folded=True)
    return render(request, "scoring/publishing/report.html", page)


def _share_title(publication: Publication) -> str:
    return f"{publication.review.organisation} {publication.review.year}: Equality Delivery System"


@branded
@login_not_required
def report_easy_read(request, organisation: str, year: str):
    """The newest publication of a report in easy read, as a web page."""
    publication = _publication(organisation, year, None)
    if publication.is_withdrawn:
        return withdrawn_page(request, publication)
    content = publication.as_content()
    page = {
        "publication": publication,
        "body": easy_read.body(content),
        "share_title": f"{_share_title(publication)}, easy read",
        "description": html_report.description(content),
        "colour": look.own_colour_of(content.organisation),
    }
    return render(request, "scoring/publishing/report_easy_read.html", page)


@login_not_required
@open_to_other_sites
def report_file(request, organisation: str, year: str, format: str, edition: int | None = None):
    """A file of a publication, as it was made when it was published. An edition's own address never changes."""
    publication = _publication(organisation, year, edition)
    file = get_object_or_404(publication.files, format=format)
    if publication.is_withdrawn:
        return withdrawn_page(request, publication)
    response = HttpResponse(bytes(file.data), content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = (
        "public, no-cache" if edition is None else "public, max-age=31536000, immutable"
    )
    response["ETag"] = etag = f'"{file.sha256}"'
    return get_conditional_response(request, etag=etag, response=response)


def _publication(organisation: str, year: str, edition: int | None) -> Publication:
    rows = Publication.objects.select_related("review__organisation", "withdrawal")
    rows = rows.newest() if edition is None else rows.filter(number=edition)
    return get_object_or_404(rows, review__organisation__slug=organisation, review__year=year)


def _file(content: ReportContent, format: str) -> HttpResponse:
    if format not in FORMATS:
        raise Http404
    made = FORMATS[format]
    response = HttpResponse(made.make(content), content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(content, format)}"'
    return response


# Published results across years and bodies, for everybody.


@login_not_required
def organisation_years(request, organisation: str):
    """One body's results by year, what changed since the year before, and those of organisations that it follows."""
    row = get_object_or_404(Organisation, slug=organisation)
    publications = list(Publication.objects.listed().filter(review__organisation=row)[:YEARS])
    lines = lines_before(row)
    if not publications and not has_reports(lines):
        raise Http404
    shown = [(each, told(each.as_content())) for each in publications]
    every = shown + [pair for line in lines for pair in line.rows]
    page = {
        "organisation": row,
        "rows": shown,
        "lines": lines,
        "followed_by": followed_by(row),
        "editions": sorted({figures.edition for _, figures in every}),
        "picture": _picture([figures for _, figures in shown]),
        **_change(shown, lines),
    }
    return render(request, "scoring/publishing/organisation_years.html", page)


def _picture(figures: list[Told]):
    same = [one for one in figures if one.edition == figures[0].edition]
    return picture_of_years(f"Total by year, {figures[0].edition}", same) if figures else None


def _change(shown: list[tuple[Publication, Told]], lines: list[Line]) -> dict:
    """The newest year beside the one before it, which can be that of the one organisation that this one follows."""
    pairs = shown[:2]
    if len(shown) == 1 and len(lines) == 1 and len(lines[0].organisations) == 1:
        pairs = shown + lines[0].rows[:1]
    if len(pairs) < 2:
        return {"before": None}
    (now_published, now), (published, before) = pairs
    changed = differences(published.as_content(), now_published.as_content())
    return {"before": before, "now": now, "differences": changed}


@login_not_required
def system(request, pk: int):
    """The organisations of an integrated care system side by side: of one year and edition, or the newest of each."""
    row = get_object_or_404(IntegratedCareSystem, pk=pk)
    newest = {}
    listed = every = Publication.objects.listed().filter(review__organisation__ics=row)
    form = SystemYearForm(request.GET or None, rows=every)
    if form.is_valid() and form.cleaned_data["of"]:
        listed = form.chosen(every)
    for organisation, publication in without_followed(listed).values_list("review__organisation", "pk"):
        newest.setdefault(organisation, publication)  # the newest year comes first
    publications = listed.filter(pk__in=newest.values()).order_by("review__organisation__name")
    if not publications:
        raise Http404
    figures = [told(publication.as_content()) for publication in publications]
    editions = sorted({(one.edition, one.year) for one in figures})
    page = {
        "system": row,
        "rows": list(zip(publications, figures, strict=True)),
        "is_like": len(editions) == 1,
        "form": form,
        "picture": picture_of_organisations(f"Totals of {row}", figures) if len(editions) == 1 else "",
    }
    return render(request, "scoring/publishing/system.html", page)
