"""Scoring one question at a time in a real browser: presses, keys, heights; with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from scoring.models import Draft, Score, ScoringPreference
from tests.browser.steps import answer_step, expect_no_wider, focused, sign_in

CODES = ("1A", "1B", "1C", "1D")
REASONS = {code: f"Facts for {code}" for code in CODES}
SCORE = "/reviews/nhs-ambleford/2026/case-studies/1/score/"

# A browser's voice that keeps what it is given to read, until it is told to stop; `finish` says that it has read all.
VOICE = """
window.heard = [];
let last = null;
const voices = [{ lang: "en-GB", localService: true }];
const speech = { getVoices: () => voices, addEventListener() {}, cancel() { window.heard = [] },
    speak(part) { window.heard.push(part.text.trim()); last = part } };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text } };
window.finish = () => last.dispatchEvent(new Event("end"));
"""
pytestmark = pytest.mark.django_db(transaction=True)

# Boxes of the page that would scroll by themselves; the browser's own text box aside.
SCROLLING = """[...document.querySelectorAll("main *:not(textarea)")].filter(each =>
    each.scrollHeight > each.clientHeight + 1
    && ["auto", "scroll"].includes(getComputedStyle(each).overflowY)).length"""


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request) -> bool:
    return request.param


def open_step(new_page, cast, code: str = "1A", **options):
    page = new_page(**options)
    sign_in(page, cast.member)
    page.goto(f"{SCORE}{code}/")
    return page


def expect_right_at_any_size(page, axe) -> None:
    """Nothing is found in forced colours, at 320 px, and at 1,280 px with text of twice the size."""
    page.emulate_media(forced_colors="active")
    axe(page)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 900})
    expect_no_wider(page, 320)
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect_no_wider(page, 1280)
    axe(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_one_question_at_a_time_from_my_work_to_done(new_page, axe, cast, javascript, width):
    page = new_page(javascript=javascript, width=width)
    sign_in(page, cast.member)
    page.goto("/my-work/")
    page.get_by_role("link", name="Score case study 1: Falls clinic").click()
    axe(page)
    assert "Case study 1 of 3" in page.locator("main").inner_text()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("alert").get_by_role("link", name="Choose a score for 1A, or abstain").wait_for()
    axe(page)
    for place, code in enumerate(CODES):
        assert page.locator("[data-answered-words]").inner_text() == f"{place} of 4 questions answered"
        answer_step(page, code, "2 Achieving", REASONS[code])
        expect_no_wider(page, width)
    page.get_by_role("heading", name="Check your answers for Falls clinic").wait_for()
    assert "Your total: 8/12" in page.locator("main").inner_text()
    axe(page)
    page.get_by_role("link", name="Change your answer for 1B").click()
    answer_step(page, "1B", "1 Developing")
    assert "Your total: 7/12" in page.locator("main").inner_text()
    page.get_by_role("button", name="Submit your scores").click()
    page.get_by_text("You submitted your scores for Falls clinic.").wait_for()
    assert list(Score.objects.values_list("value", flat=True)) == [2, 1, 2, 2]


def test_the_steps_say_which_are_answered_and_the_check_names_the_rest(new_page, axe, cast, javascript):
    page = open_step(new_page, cast, "1C", javascript=javascript)
    answer_step(page, "1C", "3 Excelling", REASONS["1C"])
    steps = page.get_by_role("navigation", name="Questions").get_by_role("link")
    expected = ["1A Not answered", "1B Not answered", "1C Answered", "1D Not answered", "Check and submit"]
    assert [" ".join(step.inner_text().split()) for step in steps.all()] == expected
    steps.last.click()
    page.get_by_text("1 of 4 questions answered.").wait_for()
    assert page.get_by_role("button", name="Submit your scores").count() == 0
    axe(page)
    page.get_by_role("link", name="Answer 1B").click()
    page.get_by_role("group", name="1B:").wait_for()


def test_the_evidence_is_beside_the_question_and_the_whole_text_one_press_away(new_page, cast, javascript):
    page = open_step(new_page, cast, javascript=javascript)
    about = page.get_by_role("heading", name="What it says about 1A")
    expect(about).to_be_visible()
    question = page.get_by_role("group", name="1A:").bounding_box()
    beside = about.bounding_box()
    assert beside["x"] + beside["width"] <= question["x"]
    assert abs(beside["y"] - question["y"]) < 100
    assert page.evaluate(SCROLLING) == 0
    page.get_by_text("Read the whole case study").click()
    expect(page.get_by_text("Why we chose Falls clinic.")).to_be_visible()


def test_on_a_phone_the_evidence_is_behind_a_press_and_no_step_is_taller_than_1800(
    new_page, cast, javascript
):
    page = open_step(new_page, cast, javascript=javascript, width=390)
    for code in CODES:
        page.goto(f"{SCORE}{code}/")
        assert page.locator("main").bounding_box()["height"] <= 1800
        assert page.evaluate(SCROLLING) == 0
    expect(page.get_by_text("Facts about 1D.")).to_be_hidden()
    page.get_by_text("Read what it says about 1D").click()
    assert page.locator(".app-about__details").get_attribute("open") is not None


def test_the_first_radio_is_at_most_six_tabs_away(new_page, cast):
    page = open_step(new_page, cast)
    tabs = 0
    for goal in ("Skip to main content", "Go to the question"):
        page.keyboard.press("Tab")
        tabs += 1
        while not focused(page).startswith(goal):
            page.keyboard.press("Tab")
            tabs += 1
        page.keyboard.press("Enter")
    if focused(page) != "id_score_1A":
        page.keyboard.press("Tab")
        tabs += 1
    assert focused(page) == "id_score_1A"
    assert tabs <= 6


def test_all_on_one_page_is_remembered_and_what_was_typed_comes_along(new_page, axe, cast, javascript):
    page = open_step(new_page, cast, "1B", javascript=javascript)
    page.get_by_label("Your reason for 1B").fill("Typed before I changed the layout")
    page.get_by_role("button", name="Show all questions on one page").click()
    page.get_by_role("heading", name="Score Falls clinic").wait_for()
    assert page.get_by_label("Your reason for 1B").input_value() == "Typed before I changed the layout"
    assert page.evaluate(SCROLLING) == 0
    axe(page)
    page.goto(SCORE.replace("/1/", "/2/"))
    page.get_by_role("heading", name="Score Eye screening").wait_for()
    page.get_by_role("button", name="Show one question at a time").click()
    page.wait_for_url("**/case-studies/2/score/1A/")


def test_a_step_left_by_a_link_takes_what_was_typed_along(new_page, cast):
    page = open_step(new_page, cast)
    page.get_by_role("group", name="1A:").get_by_label("2 Achieving").check()
    page.get_by_label("Your reason for 1A").fill("Typed just now")
    page.get_by_role("navigation", name="Questions").get_by_role("link", name="1C").click()
    page.wait_for_url("**/score/1C/")
    row = Draft.objects.get()
    assert (row.outcome_area.code, row.value, row.rationale) == ("1A", 2, "Typed just now")


def test_what_is_not_saved_is_red_in_sight_and_says_what_to_do(new_page, problems, axe, cast):
    page = open_step(new_page, cast, width=390)
    page.context.set_offline(True)
    page.get_by_role("group", name="1A:").get_by_label("0 Undeveloped").check()
    warning = page.get_by_text("Not saved: no connection. Keep this page open.")
    warning.wait_for()
    axe(page)
    assert warning.evaluate("each => getComputedStyle(each).color") == "rgb(213, 40, 27)"
    page.evaluate("window.scrollTo(0, 0)")
    expect(warning).to_be_in_viewport()
    page.context.set_offline(False)
    page.locator("[data-autosave-words]", has_text="Saved at ").wait_for()
    problems[:] = [problem for problem in problems if "ERR_INTERNET_DISCONNECTED" not in problem]


@pytest.mark.parametrize("code", CODES)
def test_each_step_with_large_text_and_forced_colours(new_page, axe, cast, code):
    page = open_step(new_page, cast, code)
    expect_right_at_any_size(page, axe)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("alert").get_by_role("link", name=f"Choose a score for {code}, or abstain").wait_for()
    expect_right_at_any_size(page, axe)


def test_the_check_and_all_on_one_page_with_errors_large_text_and_forced_colours(new_page, axe, cast):
    page = open_step(new_page, cast)
    page.goto(f"{SCORE}check/")
    page.get_by_text("0 of 4 questions answered.").wait_for()
    expect_right_at_any_size(page, axe)
    cast.like_one_page(cast.member)
    page.goto(SCORE)
    expect_right_at_any_size(page, axe)
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("alert").get_by_role("link", name="Choose a score for 1D, or abstain").wait_for()
    expect_right_at_any_size(page, axe)


def test_listen_reads_the_question_and_the_case_study_once_and_stops(new_page, cast):
    page = new_page()
    page.add_init_script(VOICE)
    sign_in(page, cast.member)
    page.goto(f"{SCORE}1A/")
    page.get_by_role("button", name="Listen to the question").click()
    heard = page.evaluate("window.heard")
    assert heard[0].startswith("1A: ")
    assert [heard.count(words) for words in ("0 Undeveloped", "3 Excelling")] == [1, 1]
    stop = page.get_by_role("button", name="Stop reading")
    assert stop.get_attribute("aria-pressed") == "true"
    stop.click()
    page.get_by_role("button", name="Listen to the question").wait_for()
    assert page.evaluate("window.heard") == []
    page.get_by_role("button", name="Listen to the case study").click()
    heard = page.evaluate("window.heard")
    assert "Contents" not in heard
    assert [heard.count(words) for words in ("Why we chose Falls clinic.", "Open on Saturdays")] == [1, 1]
    page.evaluate("window.finish()")
    page.get_by_role("button", name="Listen to the case study").wait_for()
    assert stop.count() == 0


@pytest.mark.parametrize(("one_page", "most"), [(False, 10), (True, 7)], ids=["one question", "one page"])
def test_a_case_study_is_scored_without_typing_in_few_presses_from_my_work_to_done(
    new_page, cast, one_page, most
):
    ScoringPreference.objects.choose(cast.member, one_page=one_page)
    page = new_page(width=390)
    sign_in(page, cast.member)
    page.goto("/my-work/")
    presses = [page.get_by_role("link", name="Score case study 1: Falls clinic")]
    go_on = [] if one_page else [page.get_by_role("button", name="Save and continue")]
    for code in CODES:
        presses += [page.get_by_role("group", name=f"{code}:").get_by_label("2 Achieving"), *go_on]
    presses += [page.get_by_role("button", name="Check your answers")] if one_page else []
    presses.append(page.get_by_role("button", name="Submit your scores"))
    for press in presses:
        press.click()
    page.get_by_text("You submitted your scores for Falls clinic.").wait_for()
    assert len(presses) <= most
    assert list(Score.objects.values_list("value", flat=True)) == [2, 2, 2, 2]
