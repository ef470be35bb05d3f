"""Published reports, for everybody: the list of them, each as a page, and its files."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

from casestudies.models import IntegratedCareSystem
from eds.text import spelling
from edsportal.web.headers import branded, open_to_other_sites
from reports.writing import easy_read, html_report, look
from scoring.models import Publication, SentReport
from scoring.publishing.forms import ReportSearch
from scoring.publishing.public.both_sides import followed_by, follows
from scoring.publishing.withdrawals import withdrawn_page


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
    return render(request, "scoring/publishing/public/reports.html", shown)


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
        "followed_by": followed_by(publication.review.organisation),
        "follows": follows(publication.review.organisation),
        "sent": SentReport.objects.filter(publication__review=publication.review).last(),
    }
    downloads = render_to_string("scoring/publishing/public/report_downloads.html", page, request)
    page["body"] = html_report.body(content, after_glance=downloads, folded=True)
    return render(request, "scoring/publishing/public/report.html", page)


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
    return render(request, "scoring/publishing/public/report_easy_read.html", page)


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
