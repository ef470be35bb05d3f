"""The pages of the self-assessment in a real browser."""

import pytest

from eds import stages
from scoring.models import SelfAssessment
from tests.browser.steps import expect_no_wider, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_an_author_gives_a_self_assessment(new_page, axe, cast, javascript, width):
    cast.move(stages.WRITING)
    page = new_page(javascript=javascript, width=width)
    sign_in(page, cast.author)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/")
    axe(page)
    page.get_by_role("link", name="Give a self-assessment").click()
    axe(page)
    expect_no_wider(page, width)
    page.get_by_role("group", name="1A").get_by_label("2 Achieving").check()
    page.get_by_role("button", name="Save").first.click()
    page.get_by_role("alert").wait_for()
    axe(page)
    page.get_by_label("reason for 1A").fill("Open on Saturdays, with interpreters")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state()
    axe(page)
    row = SelfAssessment.objects.get()
    assert (row.outcome_area.code, row.value, row.rationale) == (
        "1A",
        2,
        "Open on Saturdays, with interpreters",
    )


def test_the_lead_decides_when_the_panel_sees_it(page, axe, cast):
    cast.move(stages.WRITING)
    sign_in(page, cast.lead)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/")
    page.get_by_role("link", name="How the panel scores").click()
    axe(page)
