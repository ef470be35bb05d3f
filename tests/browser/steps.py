"""Steps that browser tests share, as sentences."""

import re

from django.test import Client
from playwright.sync_api import Page

from tests.cast import PASSWORD


def sign_in(page: Page, person) -> None:
    """From the next page on be signed in as this person, without a visit to the form."""
    client = Client()
    client.force_login(person)
    session = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/", "httpOnly": True}]
    )


def status_of(problem: str) -> str:
    """The HTTP status that the browser logged, such as "404", or "" for another problem.

    The text also holds an address whose port may hold the same digits, so only the words before it are read.
    """
    found = re.search(r"responded with a status of (\d{3})", problem)
    return found[1] if found else ""


def sign_in_with_password(page: Page, person) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my-work/")


def answer(page: Page, code: str, score: str, reason: str) -> None:
    """Choose a score for an outcome area by the beginning of its words, such as "2 Achieving", and say why."""
    page.get_by_role("group", name=f"{code}:").get_by_label(score).check()
    page.get_by_label(f"Your reason for {code}").fill(reason)


def answer_step(page: Page, code: str, score: str, reason: str = "") -> None:
    """Answer the question that is shown, and go on to the next or to the check."""
    page.get_by_role("group", name=f"{code}:").get_by_label(score).check()
    if reason:
        page.get_by_label(f"Your reason for {code}").fill(reason)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda address: not address.endswith(f"/{code}/"))


def join_workshop(phone: Page, code: str, name: str) -> None:
    """Join a workshop with its code, as a carer or as a table."""
    phone.goto(f"/join/{code.replace(' ', '')}/")
    if name.startswith("Table"):
        phone.get_by_label("As a table that agrees its scores together").check()
    else:
        phone.get_by_role("combobox", name="Which group do you represent?").select_option("Carer")
    phone.get_by_role("textbox", name="Your name, or the name of your table").fill(name)
    phone.get_by_role("checkbox", name="I agree").check()
    phone.get_by_role("button", name="Join the workshop").click()
    phone.get_by_role("heading", name="Wait for the first case study").wait_for()


def submit_on_phone(phone: Page, value: str) -> None:
    """Give each outcome area of a service this score, in a workshop, and submit."""
    for code in ("1A", "1B", "1C", "1D"):
        answer_step(phone, code, value, f"Seen on the phone, {code}")
    phone.get_by_role("button", name="Submit your scores").click()
    phone.get_by_text("You have submitted your scores for it.").wait_for()


def _of(number: int | None) -> str:
    return "" if number is None else f"?case_study={number}"


def open_scoring(page: Page, address: str, number: int | None = None) -> None:
    """Open the scoring of one case study, or of every one that is ready, of the review at this address."""
    page.goto(f"{address}open-scoring/{_of(number)}")
    page.get_by_role("button", name="Open scoring").click()
    page.get_by_text("Scoring is open for").wait_for()


def close_scoring(page: Page, address: str, number: int | None = None) -> None:
    """Close the scoring of one case study, or of every one that is being scored."""
    page.goto(f"{address}close-scoring/{_of(number)}")
    for box in page.get_by_label("Close scoring now").all():  # where members have not submitted
        box.check()
    page.get_by_role("button", name="Close scoring and reveal the scores").click()
    page.get_by_text("Scoring has closed for").wait_for()


def end_meeting(page: Page, address: str, number: int) -> None:
    page.goto(f"{address}case-studies/{number}/end-meeting/")
    page.get_by_role("button", name="End the meeting").click()
    page.get_by_text("is agreed.").wait_for()


def move_review(page: Page, address: str, move: str) -> None:
    """Move the review at this address, on its page of stages."""
    page.goto(f"{address}stage/")
    page.get_by_label(move).check()
    page.get_by_role("button", name="Move the review").click()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()")


def tab_to(page: Page, goal: str) -> None:
    """Press the tab key until the focus is at an id, or at a link or button with these words."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page).startswith(goal):
            return
    raise AssertionError(f"The tab key never reached {goal!r}")


def expect_no_wider(page: Page, width: int) -> None:
    """The page fits into the screen once the header's script has folded the menu, which is after it loaded."""
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
