"""Two equality leads let one case study stand in both their reports."""

from playwright.sync_api import Page, expect

from casestudies.models import Review
from eds import stages
from tests.browser.steps import sign_in
from tests.prepare import record_agreed_score


def offer(home: Page, axe, cast) -> None:
    """The lead offers a case study to another organisation."""
    sign_in(home, cast.lead)
    home.goto(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/")
    home.get_by_role("link", name="Share it with another organisation").click()
    expect(home.get_by_role("heading", name="Share it with another organisation")).to_be_visible()
    home.get_by_label("Which organisation?").select_option("Withy Trust")
    axe(home)
    home.get_by_role("button", name="Offer this case study").click()
    expect(home.get_by_text("not accepted")).to_be_visible()


def accept(there: Page, axe, cast) -> None:
    """The other lead reads it and accepts it."""
    sign_in(there, cast.stranger)
    there.goto("/reviews/withy-trust/2026/")
    axe(there)
    there.get_by_role("link", name="Falls clinic").click()
    expect(there.get_by_role("heading", name="Offered to you")).to_be_visible()
    there.get_by_role("link", name="Falls clinic", exact=True).click()
    expect(there.get_by_text("You can see them here once the panel of NHS Ambleford")).to_be_visible()
    axe(there)
    there.get_by_role("button", name="Accept it into our report").click()
    expect(there.get_by_text("It is in your report now: Case study 1: Falls clinic.")).to_be_visible()


def hand_back(there: Page, axe) -> None:
    """The other lead removes it from their report."""
    there.get_by_role("link", name="Remove it from the report of Withy Trust").click()
    expect(there.get_by_role("heading", name="Remove “Falls clinic” from")).to_be_visible()
    axe(there)
    there.get_by_role("button", name="Remove it").click()
    expect(there.get_by_text("“Falls clinic” is no longer shared.")).to_be_visible()


def test_a_case_study_is_offered_accepted_read_and_handed_back(new_page, axe, cast):
    body = cast.stranger.roles.get().organisation
    Review.objects.create(organisation=body, framework=cast.review.framework, year="2026")
    for area in cast.case_studies[0].domain.outcome_areas.all():
        record_agreed_score(
            case_study=cast.case_studies[0],
            outcome_area=area,
            value=2,
            rationale="Agreed",
            recorded_by=cast.lead,
        )
    home, there = new_page(width=320), new_page(javascript=False)
    offer(home, axe, cast)
    accept(there, axe, cast)
    axe(there)
    cast.move(stages.APPROVAL)
    there.get_by_role("link", name="Case study 1: Falls clinic").click()
    expect(there.get_by_text("Total: 8/12")).to_be_visible()
    axe(there)
    hand_back(there, axe)
    home.reload()
    expect(home.get_by_text("Shared with")).to_have_count(0)
