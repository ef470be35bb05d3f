"""From the invitation to the first score, and an interest declared, in a real browser."""

import re

import pytest
from django.core import mail

from casestudies.models import DeclaredInterest, PanelMember
from tests.browser.steps import sign_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_invitation_to_my_work(new_page, axe, cast, javascript, live_server):
    lead = new_page(javascript=javascript)
    sign_in(lead, cast.lead)
    lead.goto(f"/reviews/{cast.organisation.slug}/2026/")
    lead.get_by_role("link", name="Panel", exact=True).click()
    axe(lead)
    lead.get_by_role("button", name="Add a panel member").click()
    lead.get_by_role("button", name="Save").click()
    assert lead.get_by_role("alert").get_by_role("link").count() == 3
    axe(lead)
    lead.get_by_label("Name", exact=True).fill("Nia Newcomer")
    lead.get_by_label("E-mail address").fill("nia@example.org")
    lead.get_by_label("Carer").check()
    lead.get_by_label("Domain 1").check()
    lead.get_by_role("button", name="Save").click()
    lead.get_by_role("button", name="Invite Nia Newcomer").click()
    lead.get_by_text("Invitation for Nia Newcomer: on its way.").wait_for()
    axe(lead)

    newcomer = new_page(javascript=javascript, width=320)
    newcomer.goto(re.search(r"https?://[^/\s]+(/panel-invitation/\S+)", mail.outbox[0].body).group(1))
    axe(newcomer)
    newcomer.get_by_label("New password", exact=True).fill(PASSWORD)
    newcomer.get_by_label("New password again").fill(PASSWORD)
    newcomer.get_by_role("button", name="Save the password").click()
    axe(newcomer)
    newcomer.get_by_label("Only the group I represent").check()
    newcomer.get_by_role("button", name="Save your choice").click()
    newcomer.get_by_role("link", name="Score case study 1: Falls clinic").wait_for()
    assert PanelMember.objects.get(name="Nia Newcomer").named_as == "group"
    lead.reload()
    assert "Joined" in lead.get_by_role("row", name="Nia Newcomer").inner_text()
    lead.goto(f"/reviews/{cast.organisation.slug}/2026/messages/")
    lead.get_by_text("Show an example of “Place on the panel”").click()
    axe(lead)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_interest_is_declared_and_the_pages_say_why_nothing_can_be_scored(new_page, axe, cast, javascript):
    page = new_page(javascript=javascript, width=320)
    sign_in(page, cast.member)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/")
    page.get_by_role("link", name="Declare an interest").click()
    axe(page)
    page.get_by_role("button", name="Declare this interest").click()
    assert page.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "Choose what kind of interest it is",
        "Enter what your interest is",
    ]
    axe(page)
    page.get_by_label("Family or friend").check()
    page.get_by_label("What is your interest").fill("My sister works there")
    page.get_by_role("button", name="Declare this interest").click()
    page.get_by_text("You declared an interest in this case study, so you do not score it.").wait_for()
    axe(page)
    assert page.get_by_role("button", name="Score this case study").count() == 0
    assert DeclaredInterest.objects.get().reason == "My sister works there"


def test_leaving_and_removing_ask_first(new_page, axe, cast):
    member, lead = new_page(), new_page()
    sign_in(member, cast.member)
    member.goto(f"/reviews/{cast.organisation.slug}/2026/")
    member.get_by_role("link", name="Leave the panel").click()
    axe(member)
    member.get_by_role("button", name="Leave the panel").click()
    member.get_by_text("You have left the panel").wait_for()
    sign_in(lead, cast.lead)
    lead.goto(f"/reviews/{cast.organisation.slug}/2026/panel/")
    lead.get_by_role("link", name="Remove Oscar Other").click()
    axe(lead)
    lead.get_by_role("button", name="Remove Oscar Other").click()
    lead.get_by_text("Oscar Other is no longer on the panel.").wait_for()
    lead.get_by_role("button", name="Put back Mona Member").click()
    lead.get_by_text("Mona Member is on the panel again.").wait_for()
    axe(lead)
    assert sorted(row.name for row in PanelMember.objects.active()) == ["Charles Chair", "Mona Member"]
