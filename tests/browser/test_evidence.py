"""An author gathers evidence on a phone with the keyboard alone, and sees the map fill."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from casestudies.models import Evidence
from eds import stages
from tests.browser.evidence_steps import add, arrive, press
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
