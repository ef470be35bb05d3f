"""An administrator changes what a draft consists of, by the keyboard alone and without JavaScript."""

from playwright.sync_api import Page, expect

from casestudies.frameworks.actions import copy_framework
from casestudies.models import Framework
from tests.browser.steps import sign_in


def press(page: Page, role: str, name: str) -> None:
    """Reach a link or button by the keyboard and press Enter."""
    page.get_by_role(role, name=name, exact=True).focus()
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def test_outcome_areas_grades_and_ratings_by_keyboard(new_page, axe, cast):
    draft = copy_framework(framework=cast.review.framework, name="EDS 2027", copied_by=cast.administrator)
    page = new_page(javascript=False, width=320)
    sign_in(page, cast.administrator)
    page.goto(f"/frameworks/{draft.pk}/")
    press(page, "link", "Add an outcome area to Domain 1")
    press(page, "button", "Save")
    expect(page.get_by_role("alert")).to_contain_text("Enter a code, such as 1E")
    axe(page)
    write(page, "Code", "1E")
    write(page, "Statement", "People are asked")
    for words in ("0 Undeveloped", "1 Developing", "2 Achieving", "3 Excelling"):
        write(page, f"What “{words}” means", f"{words} in our words")
    press(page, "button", "Save")
    expect(page.get_by_text("Added: 1E.")).to_be_visible()
    expect(page.get_by_text("The ratings end at 33 points, but the highest total is 36.")).to_be_visible()
    press(page, "link", "Add, change or remove overall ratings")
    for place, label, value in (
        (2, "To (points)", "35"),
        (3, "From (points)", "36"),
        (3, "To (points)", "36"),
    ):
        page.get_by_role("group", name=f"Rating {place + 1}").get_by_label(label).fill(value)
    press(page, "button", "Save the overall ratings")
    expect(page.get_by_text("The overall ratings are saved.")).to_be_visible()
    expect(page.get_by_text("Before it can be put in use")).to_have_count(0)
    press(page, "link", "Add, rename or remove grades")
    page.get_by_role("group", name="Score 1").get_by_label("Name").fill("Beginning")
    press(page, "button", "Save the grades")
    expect(page.get_by_text("The grades are saved.")).to_be_visible()
    press(page, "link", "Remove 1B")
    expect(page.get_by_role("heading", name="Remove outcome area 1B?")).to_be_visible()
    axe(page)
    press(page, "button", "Remove it")
    expect(page.get_by_text("Removed: 1B.")).to_be_visible()
    edition = Framework.objects.whole().get(pk=draft.pk).as_edition()
    assert edition.domain(1).codes == ("1A", "1C", "1D", "1E")
    assert [grade.name for grade in edition.grades] == ["Undeveloped", "Beginning", "Achieving", "Excelling"]
    assert [(band.lowest, band.highest) for band in edition.bands] == [(0, 7), (8, 21), (22, 35), (36, 36)]
