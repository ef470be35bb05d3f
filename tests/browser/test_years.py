"""Published results by year and side by side, in a real browser."""

import pytest

from casestudies.models import IntegratedCareSystem, Organisation, Review
from eds import stages
from tests.browser.steps import expect_no_wider
from tests.scoring.publishing.test_years import publish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 320])
def test_results_by_year_and_side_by_side(new_page, axe, cast, width):
    Organisation.objects.update(ics=IntegratedCareSystem.objects.create(name="Ambleford System"))
    publish(cast, 2)
    first = cast.review
    copy = first.publications.get()
    again = Review.objects.create(
        organisation=cast.organisation, framework=first.framework, year="2025", stage=stages.PUBLISHED
    )
    copy.pk, copy.review, copy.content = None, again, copy.content.replace('"2026"', '"2025"')
    copy.save()
    page = new_page(width=width)
    page.goto(f"/reports/{cast.organisation.slug}/")
    page.get_by_role("heading", name="What changed from 2025 to 2026").wait_for()
    expect_no_wider(page, width)
    axe(page)
    page.get_by_role("link", name="Compare the organisations").click()
    page.get_by_role("heading", name="Ambleford System").wait_for()
    axe(page)
