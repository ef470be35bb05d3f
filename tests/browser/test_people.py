"""Organisations and people in a real browser."""

import pytest

from tests.browser.steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_an_organisation_and_its_people(new_page, axe, cast, javascript, width):
    page = new_page(javascript=javascript, width=width)
    sign_in(page, cast.administrator)
    page.goto("/organisations/")
    axe(page)
    page.get_by_role("link", name="Manage administrators").click()
    axe(page)
    page.goto("/organisations/add/")
    page.get_by_role("button", name="Save").click()
    axe(page)
    page.get_by_label("Name").fill("Brook Trust")
    page.get_by_label("NHS trust").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="People, objectives and groups of Brook Trust").click()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("button", name="Invite someone").click()
    axe(page)
    page.get_by_label("Name").fill("Nia Newcomer")
    page.get_by_label("E-mail address").fill("nia@example.org")
    page.get_by_label("Author").check()
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("The invitation for Nia Newcomer is on its way.").wait_for()
    axe(page)
    page.get_by_role("link", name="Change the roles of Nia Newcomer").click()
    axe(page)
    page.get_by_label("Reader").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Nia Newcomer is now reader").wait_for()
