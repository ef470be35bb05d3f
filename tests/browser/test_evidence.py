"""An author gathers evidence on a phone with the keyboard alone, and sees the map fill."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from casestudies.models import Evidence
from eds import stages
from tests.browser.evidence_steps import TABLE, add, arrive, press
from tests.browser.steps import expect_no_wider, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_author_adds_each_kind_by_keyboard_on_a_phone_and_sees_the_map_fill(new_page, cast, axe):
    cast.move(stages.WRITING)
    page = new_page(width=320, height=640)
    sign_in(page, cast.author)
    page.goto(reverse("evidence", args=[*cast.address, 1]))
    arrive(page, "Evidence", axe)
    expect(page.get_by_role("main")).to_contain_text("You have not added any evidence.")
    press(page, "button", "Add evidence")
    told = {
        "What is it called?": "Waits by group",
        "Where is it from?": "Clinic",
        "When is it from?": "March 2026",
    }
    add(page, axe, "File", told, "1A", "Figures", "Age", then="Save and add another")
    told = {
        "Web address": "www.example.nhs.uk/carers",
        "What is it called?": "What carers told us",
        "Where is it from?": "Healthwatch",
    }
    add(page, axe, "Link", told, "1B", "Feedback", "Race")
    press(page, "button", "Add evidence")
    told = {"What they said": "They rang me back.", "Where is it from?": "Carer, survey"}
    add(page, axe, "Quote", told, "1D", "Feedback", "Disability")
    arrive(page, "Evidence", axe)
    press(page, "link", "See the evidence map")
    arrive(page, "Evidence map", axe)
    expect_no_wider(page, 320)
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


def test_without_javascript_a_refused_file_is_named_and_the_other_answers_stay(new_page, cast, axe):
    cast.move(stages.WRITING)
    page = new_page(javascript=False, width=320)
    sign_in(page, cast.author)
    page.goto(reverse("evidence_add", args=[*cast.address, 1]))
    expect_no_wider(page, 320)
    page.get_by_label("File", exact=True).check()
    page.get_by_label("What is it called?").fill("Waits by group")
    page.get_by_label("Where is it from?").fill("Clinic")
    page.get_by_label("When is it from?").fill("Sept 2028")
    page.get_by_label("1B:").check()
    page.get_by_label("Homelessness").check()
    page.locator("input[type=file]").set_input_files(
        {"name": "waits.png", "mimeType": "image/png", "buffer": b"<svg/>"}
    )
    page.get_by_role("button", name="Save", exact=True).click()
    error = page.get_by_role("alert").get_by_role("link")
    expect(error).to_contain_text("We can’t use waits.png. Its content must be PDF")
    axe(page)
    expect(page.get_by_label("Where is it from?")).to_have_value("Clinic")
    expect(page.get_by_label("1B:")).to_be_checked()
    expect(page.get_by_label("Homelessness")).to_be_checked()
    page.locator("input[type=file]").set_input_files(TABLE)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("“Waits by group” is saved.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Change Waits by group").click()
    axe(page)
    row = Evidence.objects.get()
    assert (row.file.name, row.date) == ("waits.xlsx", "2028-09")
