"""Forms as a person meets them: with JavaScript and without, wide and narrow, right and wrong."""

import re

import pytest
from playwright.sync_api import expect

from edsportal.accounts.models import User
from tests.browser.steps import expect_no_wider, status_of

PATH = "/every-component/"


@pytest.fixture(autouse=True)
def _page(settings) -> None:
    settings.ROOT_URLCONF = "tests.browser.kitchen_sink"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_before_and_after_errors(new_page, axe, javascript, width):
    page = new_page(javascript=javascript, width=width)
    page.goto(f"{PATH}?told")
    axe(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error: Every component"))
    axe(page)
    expect_no_wider(page, width)


def test_the_summary_has_the_focus_and_leads_to_every_field(page):
    page.goto(PATH)
    page.get_by_role("button", name="Save and continue").click()
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link").all()
    assert len(links) == 11
    for link in links:
        link.click()
        target = link.get_attribute("href")
        assert page.evaluate("'#' + document.activeElement.id") == target


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_typed_is_there_after_an_error(new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto(PATH)
    page.fill("#id_service", '"><b>Maternity & "co"')
    page.fill("#id_evidence", "\n  two\nlines ")
    page.fill("#id_people", "many")
    page.fill("#id_held_month", "Smarch")
    page.check("#id_points-3")
    page.check("#id_groups-2")
    page.get_by_role("button", name="Save as a draft").click()
    assert page.input_value("#id_service") == '"><b>Maternity & "co"'
    assert page.input_value("#id_evidence") == "\n  two\nlines "
    assert page.input_value("#id_people") == "many"
    assert page.input_value("#id_held_month") == "Smarch"
    assert page.is_checked("#id_points-3")
    assert page.is_checked("#id_groups-2")
    assert page.locator("#id_held-error").inner_text().endswith("The event’s date must be a real date")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_typed_is_there_when_one_goes_back_from_a_refusal(new_page, problems, javascript):
    page = new_page(javascript=javascript)
    page.goto(PATH)
    page.fill("#id_evidence", "An hour’s work")
    page.context.clear_cookies()  # as after a sign-out in another tab
    page.get_by_role("button", name="Save and continue").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your form was not sent"
    page.go_back()
    assert page.input_value("#id_evidence") == "An hour’s work"
    assert [problem for problem in problems if status_of(problem) != "403"] == []
    problems.clear()


def test_a_choice_opens_its_field_and_without_scripts_it_is_open_anyway(new_page):
    page = new_page()
    page.goto(PATH)
    expect(page.locator("#id_why")).to_be_hidden()
    page.get_by_label("I can’t judge this, so I abstain").check()
    expect(page.locator("#id_why")).to_be_visible()
    plain = new_page(javascript=False)
    plain.goto(PATH)
    expect(plain.locator("#id_why")).to_be_visible()


def test_the_count_agrees_with_what_the_server_counts(page):
    page.goto(PATH)
    page.fill("#id_evidence", "line\n" * 10)  # 50 characters here, 60 as browsers send them
    page.get_by_text("You have 0 characters remaining").first.wait_for()
    page.get_by_role("button", name="Save and continue").click()
    assert page.locator("#id_evidence-error").count() == 0


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_signing_in(new_page, axe, django_user_model, javascript, width):
    User.objects.create_user(email="ann@example.org", name="Ann Lee", password="three plain words")
    page = new_page(javascript=javascript, width=width)
    page.goto("/account/password/change/")
    axe(page)
    page.get_by_label("E-mail address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    axe(page)
    page.get_by_label("Password", exact=True).fill("three plain words")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Change your password"
    axe(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    axe(page)


@pytest.mark.parametrize(
    "path", ["/account/password/reset/", "/account/password/reset/done/", "/account/signup/", "/none/"]
)
def test_axe_finds_nothing_on_the_pages_around_it(new_page, axe, problems, path):
    page = new_page(width=320)
    page.goto(path)
    axe(page)
    problems[:] = [problem for problem in problems if status_of(problem) != "404"]


def test_the_name_of_a_file_upload_has_the_words_that_are_seen_on_it(page):
    page.goto(PATH)
    button = page.locator("button.nhsuk-file-upload__drop-button")
    expect(button).to_have_accessible_name("File No file chosen Choose file or drop file")
    page.locator("input[type=file]").set_input_files(
        {"name": "waits.csv", "mimeType": "text/csv", "buffer": b"1"}
    )
    expect(button).to_have_accessible_name("File waits.csv Choose file or drop file")
