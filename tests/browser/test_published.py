"""What the public finds in a real browser: the search over published reports, every file, and the data."""

import pytest

from casestudies.models import Organisation, Review
from eds import stages
from reports.formats import FORMATS
from scoring.models import Publication
from tests.browser.steps import expect_no_wider
from tests.prepare import record_agreed_score

pytestmark = pytest.mark.django_db(transaction=True)

STARTS = {  # of a file, by the words of its link
    "Web page to keep": ("eds-2026-nhs-ambleford.html", b"<!DOCTYPE html>"),
    "PDF": ("eds-2026-nhs-ambleford.pdf", b"%PDF-1.7"),
    "Large print (PDF, 18 point)": ("eds-2026-nhs-ambleford-large-print.pdf", b"%PDF-1.7"),
    "Easy read (PDF, with pictures)": ("eds-2026-nhs-ambleford-easy-read.pdf", b"%PDF-1.7"),
    "Paper for the board (PDF, two pages)": ("eds-2026-nhs-ambleford-board-summary.pdf", b"%PDF-1.7"),
    "Pictures for slides (SVG and PNG)": ("eds-2026-nhs-ambleford-pictures.zip", b"PK"),
    "Word": ("eds-2026-nhs-ambleford.docx", b"PK"),
    "Excel": ("eds-2026-nhs-ambleford.xlsx", b"PK"),
    "Scores (CSV)": ("eds-2026-nhs-ambleford.csv", b"\xef\xbb\xbf"),
    "Data (JSON)": ("eds-2026-nhs-ambleford.json", b"{"),
}


@pytest.fixture
def agreed(cast):
    cast.move(stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="Agreed", recorded_by=cast.lead
            )
    return cast


@pytest.fixture
def published(agreed):
    """The cast's report of 2026, and one of another organisation and year."""
    agreed.publish()
    other = Publication.objects.get()
    withy = Organisation.objects.get(slug="withy-trust")
    other.review = Review.objects.create(
        organisation=withy, framework=agreed.review.framework, year="2025", stage=stages.PUBLISHED
    )
    other.pk = None
    other.save()
    return agreed


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_report_is_found_by_body_and_year(new_page, axe, published, javascript, width):
    page = new_page(javascript=javascript, width=width)
    page.goto("/reports/")
    assert page.get_by_role("row").count() == 3
    axe(page)
    page.get_by_label("Organisation").fill("amble")
    page.get_by_label("Year").select_option("2026")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/reports/?body=amble&year=2026")
    assert page.locator("tbody a").all_text_contents() == ["NHS Ambleford, 2026"]
    assert page.get_by_label("Organisation").input_value() == "amble"
    page.get_by_label("Year").select_option("2025")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("No published reports match your search.").wait_for()
    axe(page)
    page.get_by_role("link", name="What the data holds").click()
    page.get_by_role("heading", name="Published results as data").wait_for()
    expect_no_wider(page, width)
    axe(page)


def test_every_file_of_a_published_report_downloads(page, agreed):
    agreed.publish(formats=tuple(FORMATS))
    page.goto("/reports/nhs-ambleford/2026/")
    for words, (name, start) in STARTS.items():
        with page.expect_download() as waiting:
            page.get_by_role("link", name=f"Download: {words}", exact=True).click()
        assert waiting.value.suggested_filename == name
        assert waiting.value.path().read_bytes().startswith(start)
    page.emulate_media(
        media="print"
    )  # on paper: no list of downloads, no addresses within the page, a dark title
    added = page.locator(".report a[href^='#']").evaluate_all(
        "links => [...new Set(links.map(link => getComputedStyle(link, '::after').content))]"
    )
    assert (added, page.locator(".report-downloads").is_visible()) == (["none"], False)
    title = page.locator(".report-cover__title").evaluate("title => getComputedStyle(title).color")
    assert title == "rgb(33, 43, 50)"
