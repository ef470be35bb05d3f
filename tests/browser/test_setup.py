"""A review from nothing to ready for scoring, in a real browser."""

import pytest

from casestudies import stages
from tests.browser.steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_a_lead_sets_up_a_review_and_an_author_writes(new_page, axe, cast, javascript, width):
    lead = new_page(javascript=javascript, width=width)
    sign_in(lead, cast.lead)
    lead.goto("/reviews/")
    lead.get_by_role("button", name="Start a review").click()
    axe(lead)
    lead.get_by_label("Year").fill("2026")
    lead.get_by_role("button", name="Start the review").click()
    assert lead.get_by_role("alert").get_by_role("link").count() == 1
    axe(lead)
    lead.get_by_label("Year").fill("2027")
    lead.get_by_role("button", name="Start the review").click()
    lead.get_by_label("Board sponsor").fill("Chief Nurse")
    lead.get_by_label("Engagement dates").fill("soon")
    lead.get_by_role("button", name="Save").click()
    axe(lead)
    lead.get_by_label("Engagement dates").fill("8 March 2027")
    lead.get_by_role("button", name="Save").click()
    lead.get_by_role("link", name="There is no case study yet.").click()
    axe(lead)
    lead.get_by_label("Title").fill("Community pharmacy")
    lead.get_by_label("Domain 1").check()
    lead.get_by_label("Arthur Author").check()
    lead.get_by_role("button", name="Save").click()
    lead.get_by_text("“Community pharmacy” is added as case study 1.").wait_for()
    axe(lead)

    author = new_page(javascript=javascript, width=width)
    sign_in(author, cast.author)
    author.get_by_role("link", name="Write case study 1: Community pharmacy").click()
    axe(author)
    for heading, area in (("Access", "1A"), ("Background", "None of them")):
        author.get_by_role("button", name="Add a section").click()
        author.get_by_label("Heading").fill(heading)
        author.get_by_label(area).check()
        author.get_by_label("Text", exact=True).fill("- Open on Sundays")
        axe(author)
        author.get_by_role("button", name="Save").click()
    author.get_by_role("button", name="Move up Background").click()
    assert author.locator("main li strong").all_inner_texts() == ["Background", "Access"]
    axe(author)
    author.get_by_role("button", name="Mark ready").click()
    author.get_by_text("Version 1, marked ready on").wait_for()
    axe(author)

    lead.get_by_role("link", name="Move the review to another stage").click()
    axe(lead)
    lead.get_by_label("On to: Gathering evidence").check()
    lead.get_by_role("button", name="Move the review").click()
    lead.get_by_role("link", name="Nobody on the panel scores domain 1.").wait_for()
    axe(lead)
    assert cast.organisation.reviews.get(year="2027").stage == stages.EVIDENCE
