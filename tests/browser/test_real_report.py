"""The real 2024 report, from its text to the PDF that an equality lead downloads."""

import io

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from casestudies.models import Review, Role
from scoring.models import Recommendation, Theme
from tests.browser.steps import sign_in
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)


def squeezed(text: str) -> str:
    """Without white space, for a PDF breaks lines where it likes."""
    return "".join(text.split())


@pytest.mark.parametrize("javascript", [True, False])
def test_the_lead_downloads_the_real_report_as_pdf(new_page, axe, seed_report_path, javascript):
    call_command("import_report", str(seed_report_path), organisation="NHS Shropshire, Telford and Wrekin")
    review = Review.objects.get()
    lead = person("Lena Lead")
    Role.objects.create(user=lead, organisation=review.organisation, kind=Role.Kind.EQUALITY_LEAD)
    page = new_page(javascript=javascript)
    sign_in(page, lead)
    page.goto("/my-work/")
    page.get_by_role("link", name="Equality delivery System 2024").click()
    assert "5/12, middle of 3: Women’s Health Hub" in page.locator("main").inner_text()
    assert "Not rated: 1 of 3 domains scored" in page.locator("main").inner_text()
    page.get_by_role("link", name="Preview", exact=True).click()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download: PDF").first.click()
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = squeezed("".join(sheet.extract_text() for sheet in pdf.pages))
    expected = ["5/12", "4/12", "7/12", *review.case_studies.values_list("title", flat=True)]
    expected += [*Theme.objects.values_list("title", flat=True)]
    expected += [*Recommendation.objects.values_list("action", flat=True)]
    assert len(expected) == 3 + 3 + 5 + 14
    assert [words for words in expected if squeezed(words) not in text] == []
