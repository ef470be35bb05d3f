"""How search engines find the public pages: /sitemap.xml and /robots.txt."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as answer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casestudies.models import IntegratedCareSystem, Organisation
from edsportal.web.addresses import url_of
from scoring.models import Publication

PAGES = ("home", "reports", "compare", "open_data", "check_a_report", "accessibility", "privacy")
NOT_FOR_ROBOTS = ("/account/", "/search/", "/join/")  # forms, and as many pages as there are questions


class Pages(Sitemap):
    """The pages that are always there."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class Reports(Sitemap):
    """Each published report, and the same in easy read. `address` makes the page's address of a publication."""

    def __init__(self, address: Callable[[Publication], str]):
        self.address = address

    def items(self):
        return Publication.objects.listed().defer("content", "edition")

    def location(self, item: Publication) -> str:
        return self.address(item)

    def lastmod(self, item: Publication) -> datetime:
        return item.published_at


class Organisations(Sitemap):
    """The results by year of each organisation with a published report."""

    def items(self):
        return Organisation.objects.filter(reviews__publications__isnull=False).distinct()


class Systems(Sitemap):
    """The results of each integrated care system, side by side."""

    def items(self):
        rows = IntegratedCareSystem.objects.filter(organisations__reviews__publications__isnull=False)
        return rows.distinct()

    def location(self, item: IntegratedCareSystem) -> str:
        return reverse("system", args=[item.pk])


@login_not_required
def sitemap(request: HttpRequest) -> HttpResponse:
    sitemaps = {
        "pages": Pages,
        "reports": Reports(lambda row: url_of(row.review, "report")),
        "easy_read": Reports(lambda row: url_of(row.review, "report_easy_read")),
        "organisations": Organisations,
        "systems": Systems,
    }
    return answer(request, sitemaps)


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
