"""What search engines, other sites and links that people share get to know of public pages."""

import re

import pytest

from eds import stages
from tests.page_addresses import make_everything

PUBLIC = ("", "reports/", "reports/data/", "reports/compare/", "accessibility/", "privacy/")
REPORT = "reports/nhs-ambleford/2026/"
SITE = "http://testserver/"


@pytest.fixture
def published(db):
    cast = make_everything()
    cast.publish()
    cast.move(stages.PUBLISHED)
    return cast


def test_every_public_page_says_what_it_is_and_the_sitemap_lists_it(client, published):
    pages = [*PUBLIC, REPORT, f"{REPORT}easy-read/", "reports/nhs-ambleford/"]
    for path in pages:
        html = client.get(f"/{path}").content.decode()
        one = {
            name: re.findall(
                rf'<(?:meta|link) (?:name|property|rel)="{name}" (?:content|href)="([^"]+)"', html
            )
            for name in ("description", "canonical", "og:title", "og:url", "og:image", "license")
        }
        assert one["canonical"] == one["og:url"] == [SITE + path], path
        assert [len(values) for values in one.values()] == [1] * 6, (path, one)
        assert one["og:image"][0].startswith(SITE), path
        assert "Open Government Licence" in html, path
    older = client.get(f"/{REPORT}editions/1/").content.decode()
    assert f'<link rel="canonical" href="{SITE}{REPORT}">' in older
    listed = set(re.findall("<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode()))
    assert listed == {SITE + path for path in (*pages, "check-a-report/")}
    robots = client.get("/robots.txt").content.decode()
    assert robots.splitlines()[-1] == f"Sitemap: {SITE}sitemap.xml"
    assert client.get("/favicon.ico").headers["Location"].endswith("favicon.svg")


def test_other_sites_may_read_public_data_and_nothing_else(client, published):
    data = ("reports/results.csv", "reports/results.json", "reports/feed.xml", f"{REPORT[:-1]}.json")
    for path in (*data, REPORT, "reports/", "search/?q=falls"):
        headers = client.get(f"/{path}").headers
        allowed = ("*", "cross-origin") if path in data else (None, "same-origin")
        got = (headers.get("Access-Control-Allow-Origin"), headers["Cross-Origin-Resource-Policy"])
        assert got == allowed, path
        assert "Access-Control-Allow-Credentials" not in headers
        assert ("licence" in headers.get("Link", "")) == (path in data), path
    client.force_login(published.lead)
    assert "Access-Control-Allow-Origin" not in client.get("/changes/file/").headers
    assert "Access-Control-Allow-Origin" not in client.post("/reports/results.json").headers


def test_a_report_is_found_by_its_code_and_with_a_slip(client, published):
    instead = {"qzz": "", "ambleford": "", "Amblefrod": "ambleford", "nhs amblford": "nhs ambleford"}
    for typed, meant in instead.items():
        page = client.get("/reports/", {"body": typed})
        assert [str(row.review) for row in page.context["page"]] == ["NHS Ambleford 2026"], typed
        assert page.context["instead"] == meant
    assert list(client.get("/reports/", {"body": "Withypool"}).context["page"]) == []
