"""From the panel's commentary to an action that is done: drafted, given an owner, asked about, answered by a link."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from eds import stages
from scoring.models import Recommendation
from tests.browser.steps import expect_no_wider, sign_in
from tests.cast import objective_of
from tests.prepare import record_commentary

pytestmark = pytest.mark.django_db(transaction=True)


def draft(lead: Page, axe, cast) -> None:
    """The lead makes a recommendation of a sentence of the panel's commentary."""
    sign_in(lead, cast.lead)
    lead.goto(f"/reviews/{cast.organisation.slug}/2026/recommendations/")
    axe(lead)
    lead.get_by_role("link", name="draft from the panel’s commentary").click()
    expect(lead.get_by_label("What is to be done")).to_have_value("It should open on Saturdays.")
    axe(lead)
    lead.get_by_label("What is to be done").fill("Open on Saturdays")
    lead.get_by_label("Everybody is understood").check()
    lead.get_by_label("Owner (optional)").fill("Olive Owner")
    lead.get_by_label("The owner’s e-mail address").fill("olive@example.org")
    lead.get_by_label("Due (optional)").fill("October 2026")
    lead.get_by_role("button", name="Save recommendation").click()


def answer(owner: Page, axe) -> None:
    """The owner opens the link of the e-mail and notes progress."""
    owner.goto(re.search(r"http\S+(/actions/link/\S+)", mail.outbox[0].body).group(1))
    expect(owner.get_by_role("heading", level=1)).to_have_text("Open on Saturdays")
    axe(owner)
    owner.get_by_label("Complete").check()
    owner.get_by_role("button", name="Note progress").click()
    expect(owner.get_by_role("alert")).to_contain_text("Enter what has been done")
    owner.get_by_label("What has been done").fill("All clinics are open")
    owner.get_by_role("button", name="Note progress").click()
    expect(owner.get_by_text("Thank you. Your update is saved.")).to_be_visible()
    expect_no_wider(owner, 320)


def test_a_recommendation_from_the_commentary_to_its_owners_answer(new_page, axe, cast):
    cast.move(stages.AGREED)
    objective_of(cast)
    record_commentary(
        case_study=cast.case_studies[0],
        text="All is friendly. It should open on Saturdays.",
        recorded_by=cast.chair,
    )
    lead = new_page()
    draft(lead, axe, cast)
    cast.move(stages.APPROVAL)  # from when owners may be asked
    lead.get_by_role("link", name="Open on Saturdays").click()
    expect(lead.get_by_text("Everybody is understood")).to_be_visible()
    lead.get_by_role("button", name="Ask the owner for an update").click()
    expect(lead.get_by_text("The e-mail to the owner is on its way.")).to_be_visible()
    axe(lead)

    owner = new_page(javascript=False, width=320)
    answer(owner, axe)
    assert Recommendation.objects.get().status == "complete"
    lead.reload()
    expect(lead.get_by_text("Olive Owner, by the owner’s link")).to_be_visible()
