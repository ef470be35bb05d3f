"""An author gathers evidence on a phone with the keyboard alone, and sees the map fill."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from casestudies import stages
from casestudies.models import Evidence
from tests.browser.steps import sign_in
from tests.casestudies.made_files import xlsx

MOST_TABS = 80
TABLE = {"name": "waits.xlsx", "mimeType": "text/html", "buffer": xlsx()}

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    expect(wanted).to_have_count(1)
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
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


def add(page: Page, axe, kind: str, answers: dict[str, str], code: str, strength: str, group: str) -> None:
    """Answer every question about a new piece of evidence, from its kind to the groups it speaks of."""
    arrive(page, "Add evidence", axe)
    tab_to(page, page.get_by_role("radio", name="File", exact=True))  # the first: arrows lead to the others
    page.keyboard.press("Space")
    for _ in range(("File", "Link", "Quote").index(kind)):
        page.keyboard.press("ArrowDown")
    press(page, "button", "Continue")
    arrive(page, f"Add a {kind.lower()}", axe)
    for label, text in answers.items():
        fill(page, label, text)
    if kind == "File":
        tab_to(page, page.locator("button.nhsuk-file-upload__drop-button"))
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter")
        chooser.value.set_files(TABLE)
    press(page, "button", "Save and continue")
    arrive(page, "What does it support?", axe)
    tab_to(page, page.get_by_role("checkbox", name=f"{code}:"))
    page.keyboard.press("Space")
    chosen = page.get_by_role("radio", checked=True)
    tab_to(page, chosen if kind == "Quote" else page.get_by_role("radio", name="Figures", exact=True))
    if kind != "Quote":
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown") if strength == "Feedback" else None
    press(page, "button", "Save and continue")
    arrive(page, "Which groups does it speak of?", axe)
    press(page, "checkbox", group, "Space")
    press(page, "button", "Save and continue")
    arrive(page, "Check the evidence", axe)
    expect(page.locator("dl")).to_contain_text(f"{code}")
    expect(page.locator("dl")).to_contain_text(strength)
    expect(page.locator("dl")).to_contain_text(group)


def test_an_author_adds_each_kind_by_keyboard_on_a_phone_and_sees_the_map_fill(new_page, cast, axe):
    cast.move(stages.EVIDENCE)
    page = new_page(width=320, height=640)
    sign_in(page, cast.author)
    page.goto(reverse("evidence", args=[*cast.address, 1]))
    arrive(page, "Evidence", axe)
    expect(page.get_by_role("main")).to_contain_text("Everything: there is no evidence yet.")
    press(page, "button", "Add evidence")
    told = {
        "What is it called?": "Waits by group",
        "Where is it from?": "Clinic",
        "When is it from?": "March 2026",
    }
    add(page, axe, "File", told, "1A", "Figures", "Age")
    press(page, "button", "Add more evidence")
    told = {
        "What is it called?": "What carers told us",
        "Web address": "www.example.nhs.uk/carers",
        "Where is it from?": "Healthwatch",
    }
    add(page, axe, "Link", told, "1B", "Feedback", "Race")
    press(page, "button", "Add more evidence")
    told = {"What they said": "They rang me back.", "Where is it from?": "Carer, survey"}
    add(page, axe, "Quote", told, "1D", "Feedback", "Disability")
    press(page, "button", "Back to all evidence")
    arrive(page, "Evidence", axe)
    press(page, "link", "See the evidence map")
    arrive(page, "Evidence map", axe)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Age", exact=True))
    expect(row.get_by_role("cell")).to_contain_text(["1: figures; newest March 2026", "None", "None", "None"])
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="All evidence", exact=True))
    expect(row.get_by_role("cell")).to_contain_text(["1: figures", "1: feedback", "None", "1: feedback"])
    expect(page.get_by_role("main")).to_contain_text("No evidence for outcome area 1C.")
    kinds = list(Evidence.objects.order_by("position").values_list("kind", "file__name", "url"))
    assert kinds == [
        ("file", "waits.xlsx", ""),
        ("link", None, "https://www.example.nhs.uk/carers"),
        ("quote", None, ""),
    ]
