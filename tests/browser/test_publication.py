"""Publish, correct without JavaScript, publish again in a real browser; the old edition's bytes stay as they were."""

import hashlib
import re

import pytest
from playwright.sync_api import Page, expect

from eds import stages
from reports.formats import FORMATS
from tests.browser.steps import expect_no_wider, sign_in
from tests.prepare import record_agreed_score

pytestmark = pytest.mark.django_db(transaction=True)
REVIEW = "/reviews/nhs-ambleford/2026/"
REPORT = "/reports/nhs-ambleford/2026/"
SOME = ("html", "pdf", "json")


@pytest.fixture
def agreed(cast, monkeypatch):
    """Every score is agreed and the report is otherwise complete; of its files some are made."""
    for name in [name for name in FORMATS if name not in SOME]:
        monkeypatch.delitem(FORMATS, name)
    cast.move(stages.MEETING)
    agree(cast, 2)
    cast.write_evidence()
    cast.choose()
    cast.move(stages.AGREED)
    return cast


def agree(cast, value) -> None:
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study,
                outcome_area=area,
                value=value,
                rationale="Agreed",
                recorded_by=cast.lead,
            )


def move(page, to, note=""):
    page.goto(f"{REVIEW}stage/")
    page.get_by_label(to).check()
    if note:
        page.get_by_label("What changed since the last edition").fill(note)
    page.get_by_role("button", name="Move the review").click()


def approve(page, axe, cast):
    page.goto(f"{REVIEW}approval/")
    axe(page)
    page.get_by_label("Who approved the report?").fill("Bea Board, chair")
    page.get_by_label("Which meeting was it?").fill("The board")
    for label, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Record the approval").click()
    expect(page.get_by_text("The approval is recorded.")).to_be_visible()
    cast.accept_warnings()


def is_published(page):
    """The page of the run led to the review, by itself or by its button; the report is one press away."""
    expect(page.get_by_text("The report is published.")).to_be_visible(timeout=60_000)
    expect(page).to_have_url(re.compile(f"{REVIEW}$"))
    page.get_by_role("link", name="Read the published report").first.click()
    expect(page).to_have_url(re.compile(f"{REPORT}$"))


def files(page, edition):
    """The SHA-256 of each file of an edition, as its address gives it."""
    return {
        name: hashlib.sha256(page.request.get(f"{REPORT}editions/{edition}.{name}").body()).hexdigest()
        for name in SOME
    }


def write_summary(lead: Page, axe, cast) -> None:
    """The lead writes a summary with a figure from the scores."""
    sign_in(lead, cast.lead)
    lead.goto(f"{REVIEW}words/")
    lead.get_by_label("Summary in plain words").fill("The three services together:")
    lead.get_by_label("A figure for the summary").select_option("{total of Domain 1}")
    lead.get_by_role("button", name="Add the figure").click()
    expect(lead.get_by_label("Summary in plain words")).to_have_value(
        "The three services together: {total of Domain 1}"
    )
    axe(lead)
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("The three services together: 8/12")).to_be_visible()


def correct_and_publish(plain: Page, axe, cast) -> None:
    """Without JavaScript the lead corrects the scores and publishes a second edition."""
    sign_in(plain, cast.lead)
    move(plain, "Open the review again")
    agree(cast, 3)
    move(plain, "Move the review to approval")
    approve(plain, axe, cast)
    move(plain, "Publish the report", note="A score was read out wrongly")
    make = plain.get_by_role("button", name="Make the files")
    for _ in range(20):  # as often as a busy machine needs
        if not make.is_visible():
            break
        make.click()
    is_published(plain)


def read_both(public: Page, axe) -> None:
    """The report tells what changed, and the older edition is still there."""
    public.goto(REPORT)
    expect(public.get_by_text("The three services together: 12/12")).to_be_visible()
    expect(public.get_by_text("What changed: A score was read out wrongly")).to_be_visible()
    public.goto(f"{REPORT}editions/1/")
    expect(public.get_by_text("This is an older edition of the report.")).to_be_visible()
    expect(public.get_by_text("The three services together: 8/12")).to_be_visible()
    expect_no_wider(public, 320)
    axe(public)


def test_a_report_is_published_corrected_and_published_again(new_page, axe, agreed):
    lead, public = new_page(), new_page(width=320)
    write_summary(lead, axe, agreed)

    move(lead, "Move the review to approval")
    approve(lead, axe, agreed)
    move(lead, "Publish the report")
    expect(lead.get_by_role("heading", name="Publishing the report")).to_be_visible()
    axe(lead)
    is_published(lead)
    public.goto(REPORT)
    expect(public.get_by_text("The three services together: 8/12")).to_be_visible()
    expect(
        public.get_by_text("Approved by Bea Board, chair for The board on 2 November 2026.")
    ).to_be_visible()
    axe(public)
    first = files(public, 1)

    plain = new_page(javascript=False)
    correct_and_publish(plain, axe, agreed)
    assert files(public, 1) == first
    assert set(files(public, 2).values()).isdisjoint(first.values())
    read_both(public, axe)
