"""Steps with which an author adds evidence with the keyboard alone, as sentences."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.reports.reading.made_files import xlsx

MOST_TABS = 80
TABLE = {"name": "waits.xlsx", "mimeType": "text/html", "buffer": xlsx()}


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    expect(wanted).to_have_count(1)
    goal = wanted.element_handle()  # to look for it by its name after each Tab takes longer than all else
    for _ in range(MOST_TABS):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no Tab leads to {wanted}")


def press(page: Page, role: str, name: str, key: str = "Enter") -> None:
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    page.keyboard.press(key)


def fill(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def arrive(page: Page, heading: str, axe) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    axe(page)


def add(
    page: Page,
    axe,
    kind: str,
    answers: dict[str, str],
    code: str,
    strength: str,
    group: str,
    *,
    then: str = "Save",
) -> None:
    """Answer the questions about a new item of evidence in its one form, from its kind to the groups it is about."""
    arrive(page, "Add evidence", axe)
    tab_to(page, page.get_by_role("radio", name="File", exact=True))  # the first: arrows lead to the others
    page.keyboard.press("Space")
    for _ in range(("File", "Link", "Quote").index(kind)):
        page.keyboard.press("ArrowDown")
    if kind == "File":
        with page.expect_file_chooser() as chooser:  # the browser has to know before, or it may miss it
            tab_to(page, page.locator("button.nhsuk-file-upload__drop-button"))
            page.keyboard.press("Enter")
        chooser.value.set_files(TABLE)
    for label, text in answers.items():
        fill(page, label, text)
    tab_to(page, page.get_by_role("checkbox", name=f"{code}:"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("radio", name="Figures", exact=True))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown") if strength == "Feedback" else None
    press(page, "checkbox", group, "Space")
    axe(page)
    press(page, "button", then)
    expect(page.get_by_role("alert")).to_contain_text("is saved.")
