"""What a panel member types is never lost: saved by itself, without a connection, signed out, on two pages at once."""

import pytest

from scoring.models import Draft, Score, ScoreSheet
from tests.browser.steps import answer, press, sign_in, sign_in_with_password, tab_to
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
SCORE = "/reviews/nhs-ambleford/2026/case-studies/1/score/"
KEPT = "Keep this page open. Your text is on it, and we will try again."


def open_score(new_page, cast, **options):
    page = new_page(**options)
    cast.like_one_page(cast.member, cast.other)
    sign_in(page, cast.member)
    page.goto(SCORE)
    return page


def saved(page) -> None:
    page.locator("[data-autosave-words]", has_text="Saved at ").wait_for()


def rationale(code: str = "1A") -> str:
    return Draft.objects.get(outcome_area__code=code).rationale


def sign_in_here(page, person) -> None:
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def let_go(problems, *words: str) -> None:
    """These problems were meant; any other still fails the test."""
    problems[:] = [problem for problem in problems if not any(word in problem for word in words)]


def test_a_draft_saves_by_itself_and_is_there_when_the_page_is_opened_again(new_page, axe, cast):
    page = open_score(new_page, cast)
    answer(page, "1A", "2 Achieving", "Typed and never sent with a button")
    saved(page)
    axe(page)
    assert rationale() == "Typed and never sent with a button"
    page.goto(SCORE)
    assert page.get_by_label("Your reason for 1A").input_value() == "Typed and never sent with a button"
    assert page.get_by_role("group", name="1A:").get_by_label("2 Achieving").is_checked()
    assert "Saved at " in page.locator("[data-autosave-words]").inner_text()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_lost_connection_is_said_the_text_stays_and_is_saved_later(new_page, axe, problems, cast):
    page = open_score(new_page, cast)
    page.context.set_offline(True)
    answer(page, "1A", "2 Achieving", "Typed in a train")
    page.get_by_text(f"Not saved: no connection. {KEPT}").wait_for()
    axe(page)
    page.get_by_role("button", name="Check your answers").click()  # stays on the page
    assert page.get_by_label("Your reason for 1A").input_value() == "Typed in a train"
    assert not Draft.objects.exists()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.evaluate("window.location.href = '/my-work/'")
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    saved(page)
    assert rationale() == "Typed in a train"
    page.goto("/my-work/")  # saved, so nothing is asked
    page.get_by_role("heading", name="My work").wait_for()
    assert asked == ["beforeunload"]
    let_go(problems, "ERR_INTERNET_DISCONNECTED")


def test_a_portal_that_answers_nonsense_is_said_and_tried_again(new_page, problems, cast):
    page = open_score(new_page, cast)
    page.route("**/score/", lambda route: route.fulfill(status=502, body="Bad gateway"))
    answer(page, "1A", "2 Achieving", "Typed while the portal restarts")
    page.get_by_text(f"Not saved: the portal did not respond. {KEPT}").wait_for()
    page.unroute("**/score/")
    saved(page)
    assert rationale() == "Typed while the portal restarts"
    let_go(problems, "502")


def test_a_session_that_ends_mid_sentence_keeps_the_text_until_signed_in_in_another_tab(new_page, axe, cast):
    page = open_score(new_page, cast)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    answer(page, "1A", "2 Achieving", "The session ended while I")
    page.get_by_text("You are signed out, so your text is not saved.").wait_for()
    axe(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    sign_in_here(opened.value, cast.member)
    opened.value.wait_for_url("**/my-work/")
    saved(page)
    assert page.get_by_text("You are signed out, so your text").is_hidden()
    assert rationale() == "The session ended while I"
    assert len(cookies) >= 2


def test_a_session_that_ends_with_the_button_pressed_brings_the_text_back_after_signing_in(
    new_page, axe, cast
):
    page = open_score(new_page, cast, javascript=False)
    answer(page, "1A", "2 Achieving", "Sent without a session")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert not Draft.objects.exists()
    sign_in_here(page, cast.member)
    page.get_by_text("We have saved it now.").wait_for()
    axe(page)
    assert page.get_by_label("Your reason for 1A").input_value() == "Sent without a session"
    assert page.get_by_role("group", name="1A:").get_by_label("2 Achieving").is_checked()
    assert rationale() == "Sent without a session"
    page.goto(SCORE)
    assert page.get_by_text("We have saved it now.").count() == 0


def test_a_form_older_than_the_sign_in_is_saved_and_shown_again(new_page, cast):
    page = open_score(new_page, cast, javascript=False)
    answer(page, "1A", "2 Achieving", "Typed before I signed in again")
    other = page.context.new_page()
    other.goto("/account/logout/")
    other.locator("main").get_by_role("button", name="Sign out").click()
    sign_in_with_password(other, cast.member)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("We have saved it now.").wait_for()
    assert page.get_by_label("Your reason for 1A").input_value() == "Typed before I signed in again"
    assert rationale() == "Typed before I signed in again"


def test_what_one_person_typed_is_never_saved_or_shown_to_the_next_on_a_shared_computer(
    new_page, axe, problems, cast
):
    page = open_score(new_page, cast)
    page.context.clear_cookies(name="sessionid")
    answer(page, "1A", "2 Achieving", "Private words of Mona")
    page.get_by_text("You are signed out, so your text is not saved.").wait_for()
    other = page.context.new_page()
    sign_in_with_password(other, cast.other)
    page.get_by_text("Someone else is signed in now").wait_for()
    axe(page)
    other.goto(SCORE)
    assert "Private words" not in other.content()
    assert not Draft.objects.exists()
    page.close()  # it tries again every few seconds
    let_go(problems, "409")


def test_two_tabs_are_both_shown_and_the_member_chooses(new_page, axe, problems, cast):
    first = open_score(new_page, cast)
    second = new_page(cookies_of=first)
    second.goto(SCORE)
    answer(second, "1A", "1 Developing", "Written on the tablet")
    answer(second, "1B", "1 Developing", "Only on the tablet")
    saved(second)
    answer(first, "1A", "3 Excelling", "Written on the laptop")
    first.get_by_text("Nothing was overwritten.").wait_for()
    axe(first)
    assert rationale() == "Written on the tablet"
    first.get_by_role("button", name="Compare the two").click()
    first.get_by_role("heading", name="Two different answers for Falls clinic").wait_for()
    axe(first)
    text = first.locator("main").inner_text()
    for expected in ("Written on the tablet", "Written on the laptop", "1 Developing", "3 Excelling"):
        assert expected in text
    first.get_by_role("button", name="Keep what I chose").click()
    assert first.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "Choose which answer to keep for 1A",
        "Choose which answer to keep for 1B",
    ]
    axe(first)
    first.get_by_role("group", name="for 1A?").get_by_label("both reasons").check()
    first.get_by_role("group", name="for 1B?").get_by_label("Keep the answer already saved").check()
    first.get_by_role("button", name="Keep what I chose").click()
    first.get_by_text("Your choice is saved.").wait_for()
    kept = {draft.outcome_area.code: (draft.value, draft.rationale) for draft in Draft.objects.all()}
    assert kept["1A"] == (3, "Written on the tablet\n\nWritten on the laptop")
    assert kept["1B"] == (1, "Only on the tablet")
    assert ScoreSheet.objects.count() == 1
    let_go(problems, "409")


def test_an_old_tab_after_submitting_changes_nothing_and_leads_to_changing(new_page, axe, problems, cast):
    old = open_score(new_page, cast, javascript=False)
    cast.score(cast.member, 1, 0, 1, 2, 3)
    answer(old, "1A", "3 Excelling", "Typed in the old tab")
    old.get_by_role("button", name="Save draft").click()
    old.get_by_role("heading", name="Change your scores for Falls clinic").wait_for()
    axe(old)
    assert old.get_by_label("Your reason for 1A").input_value() == "Typed in the old tab"
    assert Score.objects.count() == 4
    assert not Draft.objects.exists()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_double_click_makes_one_row(new_page, cast, javascript):
    page = open_score(new_page, cast, javascript=javascript)
    for code in ("1A", "1B", "1C", "1D"):
        answer(page, code, "2 Achieving", f"Because of {code}")
    page.get_by_role("button", name="Check your answers").dblclick()
    page.get_by_role("heading", name="Check your answers for Falls clinic").wait_for()
    page.get_by_role("button", name="Submit your scores").dblclick()
    page.wait_for_url("**/my-work/")
    assert Score.objects.count() == 4
    assert ScoreSheet.objects.count() == 1


def test_the_whole_journey_by_keyboard_alone(new_page, axe, cast):
    page = new_page()
    cast.like_one_page(cast.member)
    sign_in(page, cast.member)
    page.goto("/my-work/")
    tab_to(page, "Score case study 1")
    press(page, "Enter")
    page.get_by_role("heading", name="Score Falls clinic").wait_for()
    for code in ("1A", "1B", "1C", "1D"):
        tab_to(page, f"id_score_{code}")
        press(page, "Space", "ArrowDown", "ArrowDown")
        tab_to(page, f"id_rationale_{code}")
        page.keyboard.type(f"Because of {code}")
    tab_to(page, "Check your answers")
    press(page, "Enter")
    page.get_by_role("heading", name="Check your answers for Falls clinic").wait_for()
    tab_to(page, "Submit your scores")
    press(page, "Enter")
    page.get_by_text("You submitted your scores for Falls clinic.").wait_for()
    axe(page)
    tab_to(page, "Next: score case study 2")
    press(page, "Enter")
    page.get_by_role("heading", name="Score Eye screening").wait_for()
    assert list(Score.objects.values_list("value", flat=True)) == [2, 2, 2, 2]
