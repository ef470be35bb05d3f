"""How people sign in, in a browser: an app's codes, a passkey, and what happens when somebody leaves the page alone."""

import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from eds import stages
from tests.browser.steps import sign_in_with_password
from tests.cast import PASSWORD
from tests.edsportal.accounts.sign_in.test_second_step import code_of

# What a telephone or laptop does that knows its person by a fingerprint.
OWN_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def cast(transactional_db, cast):
    cast.move(stages.WRITING)
    return cast


@pytest.fixture
def look(axe):
    return axe


def with_password(page: Page, person) -> None:
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def set_up_app(page: Page, look) -> str:
    """From the page of second steps to the recovery codes; the app's secret."""
    page.get_by_role("button", name="Set up an app").click()
    expect(page).to_have_title("Confirm that it is you – Equality Delivery System portal")
    look(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("I can’t scan the QR code").click()
    secret = page.locator(".app-key").inner_text()
    page.get_by_role("textbox", name="Code").fill("12")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is wrong or too old")
    look(page)
    page.get_by_role("textbox", name="Code").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".app-codes li")).to_have_count(10)
    look(page)
    return secret


def add_passkey(page: Page, look) -> None:
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Create the passkey")).to_be_visible()
    look(page)
    page.get_by_label("Name of this passkey").fill("Work laptop")
    page.get_by_role("button", name="Create the passkey").click()
    expect(page.get_by_text("Work laptop, added")).to_be_visible()


def add_device(page: Page) -> None:
    """Give the browser a device that knows its person."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": OWN_DEVICE})


def look_at_own_account(page: Page, look, site: str) -> None:
    """The pages of the account, erasing it without the tick, and the privacy page."""
    page.get_by_role("link", name="Lena Lead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    look(page)
    page.get_by_role("link", name="Erase your account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Erase your account")
    page.get_by_role("button", name="Erase my account").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box to erase your account")
    look(page)
    page.goto(f"{site}/privacy/")
    look(page)


def sign_in_with_app(page: Page, look, cast, secret: str) -> None:
    """Sign out, and in again with the password and a code of the app."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    look(page)
    with_password(page, cast.lead)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    look(page)
    page.get_by_label("Code").fill(code_of(secret, time.time() + 30))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("My work – Equality Delivery System portal")


def sign_in_with_passkey(page: Page) -> None:
    """Sign out, and in again with the passkey alone."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_title("My work – Equality Delivery System portal")


def remove_passkey(page: Page, look, site: str) -> None:
    """Removing a passkey asks for a second step first."""
    page.goto(f"{site}/account/second-step/")
    page.get_by_role("link", name="Remove Work laptop").click()
    page.get_by_role("link", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to remove “Work laptop”?")
    look(page)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("Work laptop")).to_have_count(0)


def test_a_lead_sets_up_an_app_and_a_passkey_and_signs_in_with_each(
    new_page, live_server, look, cast, settings
):
    settings.SECOND_STEP_REQUIRED = True
    page = new_page()
    add_device(page)
    site = live_server.url.replace("127.0.0.1", "localhost")  # passkeys belong to a name, not to a number
    page.goto(f"{site}/account/login/")
    with_password(page, cast.lead)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second step")
    look(page)
    secret = set_up_app(page, look)
    page.get_by_role("button", name="I have saved my codes").click()
    expect(page).to_have_title("My work – Equality Delivery System portal")
    look_at_own_account(page, look, site)
    page.goto(f"{site}/account/second-step/")
    add_passkey(page, look)
    look(page)

    sign_in_with_app(page, look, cast, secret)
    sign_in_with_passkey(page)
    remove_passkey(page, look, site)


def left_alone(page: Page, seconds: int) -> None:
    """As if nothing had come from this person for so long; the page's own clock goes on as far."""
    key = next(each["value"] for each in page.context.cookies() if each["name"] == "sessionid")
    session = SessionStore(session_key=key)
    session["seen"] = int(time.time()) - seconds
    session.save()
    page.clock.fast_forward(seconds * 1000)


def test_who_leaves_the_page_is_warned_and_finds_their_words_again(page, look, cast):
    page.clock.install()
    sign_in_with_password(page, cast.lead)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/add/")
    page.get_by_label("Or a heading of your own").fill("Who we asked")
    left_alone(page, 29 * 60)
    warning = page.get_by_role("dialog", name="You are about to be signed out")
    expect(warning).to_be_visible()
    look(page)
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()

    left_alone(page, 31 * 60)
    over = page.get_by_role("dialog", name="You are signed out")
    expect(over).to_be_visible()
    look(page)
    over.get_by_role("button", name="Close").click()
    expect(page.get_by_label("Or a heading of your own")).to_have_value("Who we asked")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_title("Sign in – Equality Delivery System portal")
    with_password(page, cast.lead)
    expect(page.get_by_label("Or a heading of your own")).to_have_value("Who we asked")
    expect(page.get_by_text("Check what you typed below")).to_be_visible()
    look(page)
