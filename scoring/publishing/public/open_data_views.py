"""All published results as open data, and the feed of new reports: for everybody, without signing in."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import condition

from eds.text import labels
from eds.text.markdown import to_html
from eds.totals import results
from edsportal.web.addresses import url_of
from edsportal.web.headers import open_to_other_sites
from reports.writing.data import csv_report, open_data
from reports.writing.ooxml import xml_text
from scoring.models import Publication

NEWEST = 30  # entries of the feed


def _version(request: HttpRequest, *args, **kwargs) -> str:
    """Another one for each publication that comes out or is withdrawn."""
    found = Publication.objects.aggregate(last=Max("pk"), count=Count("pk"), gone=Count("withdrawal"))
    return f'"{open_data.FORMAT}-{found["last"]}-{found["count"]}-{found["gone"]}"'


@login_not_required
@open_to_other_sites
@condition(etag_func=_version)
def results_csv(request):
    lines = csv_report.lines(open_data.COLUMNS, open_data.rows(_published(request)))
    return _file(lines, "text/csv; charset=utf-8", "eds-results.csv")


@login_not_required
@open_to_other_sites
@condition(etag_func=_version)
def results_json(request):
    return _file(open_data.json_lines(_published(request)), "application/json", "eds-results.json")


def _published(request: HttpRequest) -> Iterator[open_data.Published]:
    for publication in Publication.objects.listed().iterator(chunk_size=50):
        yield open_data.Published(
            address=request.build_absolute_uri(_path(publication)),
            number=publication.number,
            published_at=publication.published_at,
            sha256=publication.sha256,
            content=publication.as_content(),
        )


def _path(publication: Publication) -> str:
    review = publication.review
    return url_of(review, "report")


def _file(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_not_required
@open_to_other_sites
@condition(etag_func=_version)
def feed(request):
    """The newest reports as an Atom feed (RFC 4287); a corrected report is a new entry."""
    made = Atom1Feed(
        title="New Equality Delivery System reports",
        link=request.build_absolute_uri(reverse("reports")),
        feed_url=request.build_absolute_uri(),
        description="Annual reports as they are published",
        language="en-GB",
    )
    for publication in Publication.objects.listed().order_by("-published_at", "-pk")[:NEWEST]:
        content, link = publication.as_content(), request.build_absolute_uri(_path(publication))
        overall = results(content).overall
        said = " ".join(part for part in (overall.words, overall.rating) if part) or overall.reason
        made.add_item(
            title=xml_text(f"{content.organisation.name}, {content.year}: {labels.title(content)}"),
            link=link,
            description=xml_text(f"Overall rating: {said}"),
            unique_id=f"{link}#publication-{publication.number}",
            pubdate=publication.published_at,
            updateddate=publication.published_at,
            author_name=xml_text(content.organisation.name),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


@login_not_required
def about(request):
    """What the files hold: docs/open-data.md as a page."""
    text = Path(settings.BASE_DIR / "docs/open-data.md").read_text(encoding="utf-8")
    _, text = text.split("\n", 1)  # the page has a heading of its own
    return render(
        request, "scoring/publishing/public/open_data.html", {"body": to_html(text, heading_level=2)}
    )
