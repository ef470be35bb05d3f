"""A review from nothing to ready for scoring, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from eds import stages
from tests.browser.steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def start(lead: Page, axe, cast) -> None:
    """The lead starts a review of 2027 and fills in its header, each with a slip first."""
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
    lead.get_by_role("button", name="Save", exact=True).click()
    axe(lead)
    lead.get_by_label("Engagement dates").fill("8 March 2027")
    lead.get_by_role("button", name="Save", exact=True).click()


def add_case_study(lead: Page, axe) -> None:
    """The lead adds a case study and gives it an author."""
    lead.get_by_role("button", name="Add a case study").click()
    axe(lead)
    lead.get_by_label("Title").fill("Community pharmacy")
    lead.get_by_label("Domain 1").check()
    lead.get_by_label("Arthur Author").check()
    lead.get_by_role("button", name="Save", exact=True).click()
    lead.get_by_text("“Community pharmacy” is added as case study 1.").wait_for()
    axe(lead)


def write(author: Page, axe, cast) -> None:
    """The author adds two sections, puts them in order and sends the case study for review."""
    sign_in(author, cast.author)
    author.goto("/my-work/")
    author.get_by_role("link", name="Write case study 1: Community pharmacy").click()
    axe(author)
    for heading in ("Background", "Cost"):
        author.get_by_role("button", name="Add sections").click()
        if heading == "Background":
            author.get_by_label("Background").check()
        else:
            author.get_by_label("Or a heading of your own").fill(heading)
        axe(author)
        author.get_by_role("button", name="Add", exact=True).click()
        author.get_by_label("Text", exact=True).fill("- Open on Sundays")
        axe(author)
        author.get_by_role("button", name="Save", exact=True).click()
    author.get_by_role("button", name="Move up Cost").click()
    headings = ("Background", "1A: ", "1B: ", "1C: ", "Cost", "1D: ")
    expect(author.locator("main li strong")).to_have_text([re.compile(f"^{words}") for words in headings])
    axe(author)
    author.get_by_role("button", name="Check and send for review").click()
    expect(author.get_by_role("link", name="Add evidence for 1A")).to_be_visible()
    axe(author)
    author.get_by_role("button", name="Send for review", exact=True).click()
    author.get_by_text("The equality lead will read it next, and we will tell you").wait_for()
    axe(author)


def accept(lead: Page, axe) -> None:
    """The lead accepts it for the panel."""
    lead.goto("/my-work/")
    lead.get_by_role("link", name="Accept or return case study 1: Community pharmacy").click()
    axe(lead)
    lead.get_by_role("button", name="Accept for the panel").click()
    lead.get_by_text("Version 1, accepted on").wait_for()
    axe(lead)
    lead.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="NHS Ambleford 2027").click()


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_a_lead_sets_up_a_review_and_an_author_writes(new_page, axe, cast, javascript, width):
    lead = new_page(javascript=javascript, width=width)
    start(lead, axe, cast)
    add_case_study(lead, axe)

    author = new_page(javascript=javascript, width=width)
    write(author, axe, cast)
    accept(lead, axe)

    lead.get_by_role("link", name="Stages", exact=True).click()
    axe(lead)
    lead.get_by_role("link", name="You have not added a panel member for domain 1.").wait_for()
    axe(lead)
    assert cast.organisation.reviews.get(year="2027").stage == stages.OPEN
