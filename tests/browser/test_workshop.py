"""A workshop in a real browser: six phones and the room's screen; joining, following, submitting, the reveal."""

import re

import pytest
from playwright.sync_api import Page

from eds import stages
from scoring.models import Joining, Score
from tests.browser.steps import answer, expect_no_wider, join_workshop, sign_in, status_of, submit_on_phone
from tests.cast import open_a_workshop

PHONE = 390
NAMES = ("Ann Green", "Bo Lee", "Cal Price", "Dee Khan", "Eli Stone", "Table 6")
VALUES = ("0 Undeveloped", "1 Developing", "2 Achieving", "2 Achieving", "3 Excelling", "1 Developing")
CODES = ("1A", "1B", "1C", "1D")
pytestmark = pytest.mark.django_db(transaction=True)


def address(cast, more: str = "") -> str:
    return f"/reviews/{cast.organisation.slug}/2026/{more}"


def open_the_workshop(lead: Page, axe, cast) -> str:
    """From the page of the review to the code of an open workshop."""
    sign_in(lead, cast.lead)
    lead.goto(address(cast))
    lead.get_by_role("link", name="Run a workshop").click()
    axe(lead)
    lead.get_by_label("How many hours will the workshop last?").fill("2")
    lead.get_by_role("button", name="Open a workshop").click()
    return lead.locator(".app-code").inner_text()


def show_the_screen(screen: Page, axe, cast, code: str) -> None:
    """The screen of the room shows the code in figures and as a picture."""
    screen.goto(address(cast, "workshop/screen/"))
    assert screen.locator(".app-code").inner_text() == code
    screen.get_by_role("img", name=re.compile("QR code to scan")).wait_for()
    axe(screen)


def join_all(phones: list[Page], axe, code: str) -> None:
    """Six people join; one who enters no code is told to."""
    phones[0].goto("/join/")
    axe(phones[0])
    phones[0].get_by_role("button", name="Join the workshop").click()
    phones[0].get_by_role("alert").get_by_role("link", name="Enter the code of the workshop").wait_for()
    axe(phones[0])
    for phone, name in zip(phones, NAMES, strict=True):
        join_workshop(phone, code, name)
    axe(phones[0])
    assert "has not confirmed you yet" in phones[0].locator("main").inner_text()


def confirm_and_start(lead: Page, screen: Page, phones: list[Page], axe) -> None:
    """The lead confirms all and starts with case study 2; every phone goes there by itself."""
    lead.get_by_role("button", name="Confirm all 6").click()
    screen.get_by_text("6 joined").wait_for()
    assert Joining.objects.exclude(confirmed_at=None).count() == 6
    lead.get_by_role("button", name=re.compile(r"Score this now \(Case study 2")).click()
    screen.get_by_role("heading", name="Now scoring: case study 2, Eye screening").wait_for()
    axe(lead)
    for phone in phones:  # nobody presses anything
        phone.wait_for_url("**/case-studies/2/score/1A/", timeout=60_000)
    phones[0].get_by_text("We are scoring this case study now.").wait_for()
    axe(phones[0])
    assert phones[0].evaluate("document.documentElement.scrollWidth") <= PHONE


def submit_all(phones: list[Page], screen: Page, axe) -> None:
    """The screen counts who has submitted, and shows no reason."""
    for number, (phone, value) in enumerate(zip(phones, VALUES, strict=True), start=1):
        submit_on_phone(phone, value)
        screen.get_by_text(f"{number} of 9 have submitted").wait_for()
        assert "Seen on the phone" not in screen.content()
    axe(phones[0])
    axe(screen)


def move_on(lead: Page, phones: list[Page]) -> None:
    """The room moves on while somebody types, whose words stay; then back to case study 2."""
    lead.get_by_role("button", name=re.compile(r"Score this now \(Case study 1")).click()
    for phone in phones:
        phone.wait_for_url("**/case-studies/1/score/1A/", timeout=60_000)
    answer(phones[5], "1A", "2 Achieving", "Typed when the room moved on")
    lead.get_by_role("button", name=re.compile(r"Score this now \(Case study 3")).click()
    phones[5].get_by_role("link", name="Go to Case study 3: Young carers").wait_for(timeout=60_000)
    assert phones[5].get_by_label("Your reason for 1A").input_value() == "Typed when the room moved on"

    lead.get_by_role("button", name=re.compile(r"Score this now \(Case study 2")).click()


def reveal(lead: Page, screen: Page, axe) -> None:
    """The lead closes scoring, and the screen shows how the panel scored."""
    lead.get_by_role("button", name="Close scoring and reveal the scores").click()
    axe(lead)
    lead.get_by_role("button", name="Close scoring and reveal").click()
    lead.get_by_role("heading", name="How the panel scored").wait_for()
    screen.get_by_role("heading", name="How the panel scored").wait_for()
    row = screen.get_by_role("region", name="Scores for Case study 2: Eye screening").get_by_role(
        "row", name=re.compile("^1A")
    )
    assert row.get_by_role("cell").all_inner_texts() == ["1", "2", "2", "1", "0"]
    axe(screen)


def read_the_scores(phone: Page, axe, cast) -> None:
    """A member reads the scores of the panel on the phone."""
    phone.goto(address(cast, "workshop/now/"))
    phone.get_by_role("heading", name="Scoring has closed").wait_for()
    axe(phone)


def test_six_phones_join_follow_submit_and_see_the_reveal(new_page, problems, axe, cast):
    lead = new_page()
    code = open_the_workshop(lead, axe, cast)
    axe(lead)

    screen = new_page(cookies_of=lead)
    show_the_screen(screen, axe, cast, code)

    phones = [new_page(width=PHONE, height=800) for _ in NAMES]
    join_all(phones, axe, code)
    screen.get_by_text("6 joined, 6 not confirmed yet").wait_for()

    confirm_and_start(lead, screen, phones, axe)

    submit_all(phones, screen, axe)

    move_on(lead, phones)
    reveal(lead, screen, axe)
    assert Score.objects.count() == 24
    read_the_scores(phones[0], axe, cast)
    phones[0].get_by_role("link", name="See the scores of the panel").click()
    phones[0].get_by_role("link", name="Case study 2: Eye screening").click()
    assert "Eli Stone" in phones[0].locator("main").inner_text()
    axe(phones[0])
    # What was typed when the room moved on may save itself only after scoring closed: that is refused.
    refused = [
        problem
        for problem in problems
        if status_of(problem) == "403" and problem.endswith("/case-studies/1/score/1A/)")
    ]
    assert problems == refused
    problems.clear()


def test_without_javascript_a_link_does_what_the_script_does(new_page, axe, cast):
    workshop = open_a_workshop(cast)
    lead = new_page(javascript=False)
    sign_in(lead, cast.lead)
    phone = new_page(javascript=False, width=PHONE)
    join_workshop(phone, workshop.code, "Ann Green")
    lead.goto(address(cast, "workshop/"))
    lead.get_by_role("button", name="Confirm Ann Green").click()
    lead.get_by_role("button", name=re.compile(r"Score this now \(Case study 1")).click()
    axe(lead)
    phone.get_by_role("link", name="Check for changes").click()
    phone.get_by_role("button", name="Score this case study").click()
    axe(phone)
    submit_on_phone(phone, "2 Achieving")
    lead.goto(address(cast, "workshop/screen/"))
    lead.get_by_text("1 of 4 have submitted").wait_for()
    axe(lead)
    lead.get_by_role("link", name="Refresh this page").click()
    lead.goto(address(cast, "workshop/reveal/"))
    lead.get_by_role("button", name="Close scoring and reveal").click()
    assert "How the panel scored" in lead.locator("main").inner_text()
    phone.goto(address(cast, "workshop/now/"))
    phone.get_by_role("heading", name="Scoring has closed").wait_for()


def test_somebody_comes_back_on_the_same_device_and_leaves_a_shared_one(new_page, cast):
    workshop = open_a_workshop(cast)
    phone = new_page(width=PHONE)
    join_workshop(phone, workshop.code, "Ann Green")
    again = new_page(width=PHONE, cookies_of=phone)  # the browser was closed; its cookies last
    assert all(cookie["expires"] > 0 for cookie in phone.context.cookies() if cookie["name"] == "sessionid")
    again.goto("/")
    again.get_by_text("You have joined, Ann Green.").wait_for()
    again.get_by_role("button", name="Sign out on this device").click()
    again.goto("/my-work/")
    again.get_by_role("link", name="I am in a workshop and have its code").click()
    again.get_by_role("heading", name="Join a workshop").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_lead_enters_a_sheet_from_paper(new_page, axe, cast, javascript):
    lead = new_page(javascript=javascript)
    sign_in(lead, cast.lead)
    lead.goto(address(cast, "paper/"))
    axe(lead)
    lead.get_by_role("combobox", name="Who filled in this sheet?").select_option("Mona Member")
    lead.get_by_role("radio", name="Case study 2: Eye screening").check()
    lead.get_by_role("button", name="Enter this sheet").click()
    axe(lead)
    answer(lead, "1A", "3 Excelling", "As written")
    lead.get_by_role("button", name="Submit for this member").click()
    assert lead.get_by_role("alert").get_by_role("link").count() == 3
    assert lead.get_by_label("Your reason for 1A").input_value() == "As written"
    axe(lead)
    for code in CODES[1:]:
        answer(lead, code, "1 Developing", "As written")
    lead.get_by_role("button", name="Submit for this member").click()
    lead.get_by_text("You entered the scoring sheet of Mona Member").wait_for()
    axe(lead)
    assert "As written" not in lead.content()
    assert Score.objects.filter(member__user=cast.member, submitted_by=cast.lead).count() == 4


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_a_workshop_is_wider_than_the_screen(new_page, cast, width):
    workshop = open_a_workshop(cast)
    phone = new_page(width=width)
    join_workshop(phone, workshop.code, "Ann Green")
    expect_no_wider(phone, width)
    lead = new_page(width=width)
    sign_in(lead, cast.lead)
    joining = Joining.objects.get()
    pages = [
        "workshop/",
        "workshop/screen/",
        "workshop/reveal/",
        f"workshop/people/{joining.pk}/remove/",
        "paper/",
    ]
    for page in [*pages, f"paper/1/{cast.members[cast.member].pk}/"]:
        lead.goto(address(cast, page))
        expect_no_wider(lead, width)
    cast.move(stages.MEETING)
    lead.goto(address(cast, "workshop/screen/"))
    expect_no_wider(lead, width)
