"""A whole EDS2 review in a browser, from setting up to published; and where administrators edit editions."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from casestudies.models import Framework, PanelMember, Review
from eds import stages
from scoring.models import AgreedScore
from scoring.publishing.findings import accept_warning, review_findings
from tests.browser.steps import (
    answer,
    close_scoring,
    end_meeting,
    expect_no_wider,
    move_review,
    open_scoring,
    sign_in,
)
from tests.prepare import mark_ready, record_agreed_score
from tests.round_trip import exported_elsewhere, unmarked

CODES = ("2.1", "2.2", "2.3", "2.4")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review(cast):
    """A review under EDS2 that is being set up, on one of the four goals."""
    framework = Framework.objects.get(name="EDS2")
    goal = framework.domains.get(number=2)
    row = Review.objects.create(
        organisation=cast.organisation,
        framework=framework,
        year="2016",
        title="EDS2 2016",
    )
    study = row.case_studies.create(number=1, domain=goal, title="Getting to us")
    for position, area in enumerate(goal.outcome_areas.all(), start=1):
        study.sections.create(
            position=position, heading=area.code, outcome_area=area, body=f"Facts for {area.code}."
        )
    mark_ready(case_study=study, made_by=cast.lead)
    member = PanelMember.objects.create(review=row, user=cast.member, name=cast.member.name, interest="vcse")
    member.domains.set([goal])
    return row


def score(member: Page, axe, cast, address: str) -> None:
    """A member gives grades to all four outcome areas and submits them."""
    cast.like_one_page(cast.member)
    sign_in(member, cast.member)
    member.goto(f"{address}case-studies/1/score/")
    choices = member.get_by_role("group", name="2.1:").get_by_role("radio").all()
    names = [choice.evaluate("each => each.labels[0].innerText.trim()") for choice in choices]
    assert names == [
        "Undeveloped",
        "Developing",
        "Achieving",
        "Excelling",
        "I can’t judge this, so I abstain",
    ]
    for code in CODES:
        answer(member, code, "Achieving", f"Mine for {code}")
    assert member.locator("[data-answered-words]").inner_text() == "4 of 4 questions answered"
    axe(member)
    member.get_by_role("button", name="Check your answers").click()
    member.get_by_text("Your total: 4 outcomes graded").wait_for()
    member.get_by_role("button", name="Submit your scores").click()
    member.get_by_text("You submitted your scores for Getting to us.").wait_for()


def agree(lead: Page, axe, address: str) -> None:
    """The lead records what the panel agreed, one outcome area as not applicable."""
    lead.goto(f"{address}moderation/1/")
    for code, grade in zip(CODES, ("Achieving", "Developing", "Not applicable", "Undeveloped"), strict=True):
        lead.get_by_role("group", name=f"{code}: agreed score").get_by_label(grade, exact=True).check()
        lead.get_by_label(f"{code}: the panel’s reason").fill(f"Agreed for {code}")
    axe(lead)
    lead.get_by_role("button", name="Save agreed scores").click()
    lead.get_by_text("3 outcomes graded, 1 outcome not applicable").wait_for()


def approve_and_publish(lead: Page, cast, address: str, review) -> None:
    """The meeting ends, the board approves, the report is published."""
    end_meeting(lead, address, 1)
    move_review(lead, address, "Move the review to approval")
    for point in review_findings(Review.objects.get(pk=review.pk)):
        accept_warning(review=review, point=point, reason="From before the portal", accepted_by=cast.lead)
    lead.goto(f"{address}approval/")
    lead.get_by_label("Who approved the report?").fill("Bea Board, chair")
    lead.get_by_label("Which meeting was it?").fill("The board")
    for label, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        lead.get_by_label(label, exact=True).fill(value)
    lead.get_by_role("button", name="Record the approval").click()
    lead.get_by_text("The approval is recorded.").wait_for()
    move_review(lead, address, "Publish the report")
    lead.get_by_text("The report is published.").wait_for(timeout=60_000)


def read_pdf(public: Page) -> None:
    """The PDF has the grades in words, and no points."""
    with public.expect_download() as download:
        public.get_by_role("link", name="Download: PDF", exact=True).click()
    assert download.value.suggested_filename == "eds-2016-nhs-ambleford.pdf"
    sheets = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    for expected in ("Goal 2", "Achieving", "Not applicable", "Agreed for 2.3", "not about Goals 1, 3 and 4"):
        assert expected in text
    assert "/12" not in text


def read_json(public: Page, tmp_path: Path) -> None:
    """The JSON is the same once it was brought in elsewhere."""
    with public.expect_download() as download:
        public.get_by_role("link", name=re.compile("JSON")).first.click()
    file = download.value.path().read_bytes()
    assert '"score": "na"' in file.decode()
    assert unmarked(exported_elsewhere(file, tmp_path)) == unmarked(file)


def test_an_eds2_review_from_setting_up_to_published(new_page, axe, cast, review, tmp_path):
    address = f"/reviews/{cast.organisation.slug}/2016/"
    lead = new_page()
    sign_in(lead, cast.lead)
    open_scoring(lead, address)

    member = new_page()
    score(member, axe, cast, address)

    close_scoring(lead, address)
    agree(lead, axe, address)
    row = AgreedScore.objects.get(outcome_area__code="2.3")
    assert (row.value, row.not_applicable, row.rationale) == (None, True, "Agreed for 2.3")

    approve_and_publish(lead, cast, address, review)
    assert Review.objects.get(pk=review.pk).stage == stages.PUBLISHED, lead.locator("main").inner_text()
    public = new_page()
    public.goto(f"/reports/{cast.organisation.slug}/2016/")
    axe(public)
    read_pdf(public)
    read_json(public, tmp_path)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_administrator_copies_edits_orders_compares_and_puts_in_use(new_page, axe, cast, javascript):
    page = new_page(javascript=javascript)
    sign_in(page, cast.administrator)
    page.goto("/frameworks/")
    page.get_by_role("link", name="EDS 2022").click()
    page.get_by_role("link", name="Make a draft copy").click()
    page.get_by_label("Name of the draft").fill("EDS 2027")
    page.get_by_role("button", name="Make a draft copy").click()
    page.get_by_role("link", name="Edit 1A").click()
    page.get_by_label("Statement").fill("Patients reach the service when they need it")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Move down 1A").click()
    page.get_by_text("Moved 1A down.").wait_for()
    page.get_by_role("link", name="Compare with the edition in use").click()
    axe(page)
    assert "when they need it" in " ".join(page.locator("ins").all_inner_texts())
    assert "required levels of access" in " ".join(page.locator("del").all_inner_texts())
    page.go_back()
    page.get_by_role("link", name="Put it in use").click()
    page.get_by_role("button", name="Put in use").click()
    axe(page)
    page.get_by_label("This source is still right").check()
    page.get_by_role("button", name="Put in use").click()
    page.get_by_text("EDS 2027 is in use for new reviews.").wait_for()
    assert Framework.objects.get(name="EDS 2022").status == "retired"


@pytest.mark.parametrize("width", [320, 1280])
def test_administrators_pages_are_clean(new_page, axe, cast, width, tmp_path):
    from casestudies.frameworks.actions import copy_framework, edit_outcome_area
    from casestudies.models import OutcomeArea
    from edsportal.web.refusals import mark_of

    draft = copy_framework(framework=cast.review.framework, name="EDS 2027", copied_by=cast.administrator)
    area = OutcomeArea.objects.get(domain__framework=draft, code="1A")
    edit_outcome_area(area=area, statement="Patients reach the service when they need it", guidance="Look at waits",
                      descriptors={}, seen=mark_of(area.as_value()), edited_by=cast.administrator)  # fmt: skip
    page = new_page(width=width)
    sign_in(page, cast.administrator)
    more = ("grades/", "ratings/", "domains/1/add/", "outcome-areas/1A/remove/")
    for name in ("", "copy/", "use/", "delete/", "outcome-areas/1A/", "preview/", "differences/", *more):
        page.goto(f"/frameworks/{draft.pk}/{name}")
        axe(page)
        expect_no_wider(page, width)
        page.screenshot(
            path=tmp_path / f"{name.replace('/', '-') or 'page'}{width}.png", full_page=name != "preview/"
        )


@pytest.mark.parametrize("width", [320, 1280])
def test_the_lead_chooses_among_those_that_tie(new_page, axe, cast, width, tmp_path):
    cast.move(stages.MEETING)
    for study in cast.case_studies:
        for area in study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=study, outcome_area=area, value=1, rationale="r", recorded_by=cast.lead
            )
    page = new_page(width=width)
    sign_in(page, cast.lead)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/")
    axe(page)
    page.get_by_role("link", name="Choose the case study used for the Domain 1 score").click()
    page.get_by_role("button", name="Save the choice").click()
    page.get_by_role("alert").get_by_text("Choose a case study").wait_for()
    axe(page)
    page.screenshot(path=tmp_path / f"choice{width}.png", full_page=True)
    page.get_by_label("Case study 2: Eye screening, 4/12").check()
    page.get_by_label("Who chose it?").fill("Bea Board")
    page.get_by_label("Why this one?").fill("it is the largest")
    page.get_by_role("button", name="Save the choice").click()
    page.get_by_text("Bea Board chose this case study because it is the largest").wait_for()
    expect_no_wider(page, width)
