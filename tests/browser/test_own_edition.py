"""An administrator makes an edition with another aggregation and a fourth domain; a lead runs a review on it."""

import pytest
from playwright.sync_api import Page, expect

from casestudies.models import Framework, PanelMember, Review
from tests.browser.steps import answer, close_scoring, end_meeting, open_scoring, sign_in
from tests.prepare import mark_ready

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "EDS 2028"
GRADES = ("0 Undeveloped", "1 Developing", "2 Achieving", "3 Excelling")
STUDIES = {1: ("Falls clinic", 1, ("1A", "1B", "1C", "1D")), 2: ("Working with partners", 4, ("4A",))}
DIFFERENCES = {
    "Where it comes from",
    "Overall rating 3",
    "Overall rating 4",
    "Domain 1: how its scores add up",
    "Domain 4",
    "Domain 4: how its scores add up",
    "Domain 4: tested by third parties",
    "Domain 4: order of outcome areas",
    "4A: statement",
    *(f"4A: what “{grade[2:]}” means" for grade in GRADES),
}


def copy_edition(page: Page) -> str:
    """Make a draft copy of EDS 2022; gives its address."""
    page.goto("/frameworks/")
    page.get_by_role("link", name="EDS 2022").click()
    page.get_by_role("link", name="Make a draft copy").click()
    page.get_by_label("Name of the draft").fill(NAME)
    page.get_by_role("button", name="Make a draft copy").click()
    expect(page.get_by_text(f"You made the draft “{NAME}”.")).to_be_visible()
    return page.url


def add_up_differently(page: Page, address: str) -> None:
    """Make the first domain the sum of its outcome areas."""
    page.goto(f"{address}domains/1/")
    page.get_by_label("The sum of its outcome areas").check()
    page.get_by_role("button", name="Save the domain").click()
    expect(page.get_by_role("heading", name=f"Outcome areas of {NAME}")).to_be_visible()


def add_fourth_domain(page: Page, address: str) -> None:
    """Add a domain with one outcome area."""
    page.get_by_role("link", name="Add a domain").click()
    page.get_by_label("Name of the domain").fill("Working with others")
    page.get_by_label("The sum of its outcome areas").check()
    page.get_by_role("button", name="Add the domain").click()
    page.get_by_role("link", name="Add an outcome area to Domain 4").click()
    page.get_by_label("Code").fill("4A")
    page.get_by_label("Statement").fill("Partners plan together")
    for words in GRADES:
        page.get_by_label(f"What “{words}” means").fill(f"{words} in our words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Added: 4A.")).to_be_visible()


def stretch_ratings(page: Page, address: str) -> None:
    """The highest total is 36 points now."""
    page.get_by_role("link", name="Add, change or remove overall ratings").click()
    for place, label, points in ((3, "To", "35"), (4, "From", "36"), (4, "To", "36")):
        page.get_by_role("group", name=f"Rating {place}").get_by_label(f"{label} (points)").fill(points)
    page.get_by_role("button", name="Save the overall ratings").click()
    expect(page.get_by_text("The overall ratings are saved.")).to_be_visible()
    expect(page.get_by_text("Before it can be put in use")).to_have_count(0)


def name_source(page: Page, address: str) -> None:
    page.get_by_role("link", name="Change the source").click()
    page.get_by_label("Where do the outcome areas and the rules come from?").fill(
        "Changed from EDS 2022 by NHS Ambleford"
    )
    page.get_by_role("button", name="Save the source").click()
    expect(page.get_by_text("The source is saved.")).to_be_visible()


def put_in_use(page: Page, address: str) -> None:
    page.goto(f"{address}use/")
    page.get_by_role("button", name="Put in use").click()
    expect(page.get_by_text(f"{NAME} is in use for new reviews.")).to_be_visible()


def start_review(page: Page, cast) -> Review:
    """Start next year's review and add a case study to the first domain and to the fourth."""
    page.goto("/reviews/")
    page.get_by_role("button", name="Start a review").click()
    page.get_by_label("Year").fill("2028")
    page.get_by_label(NAME).check()
    page.get_by_role("button", name="Start the review").click()
    expect(page.get_by_label("Board sponsor")).to_be_visible()
    review = Review.objects.get(year="2028")
    for title, domain, _ in STUDIES.values():
        page.goto(f"/reviews/{cast.organisation.slug}/2028/case-studies/add/")
        page.get_by_label("Title").fill(title)
        page.get_by_label(f"Domain {domain}").check()
        page.get_by_label("Arthur Author").check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text(f"“{title}” is added as case study")).to_be_visible()
    return review


def write_and_name_panel(review: Review, cast) -> None:
    """What other browser tests show on the pages."""
    for row in review.case_studies.all():
        row.sections.update(body="What we did and what changed.")
        mark_ready(case_study=row, made_by=cast.lead)
    person = cast.member
    member = PanelMember.objects.create(review=review, user=person, name=person.name, interest="vcse")
    member.domains.set(review.framework.domains.all())
    cast.like_one_page(person)


def score_all(page: Page, address: str) -> None:
    for number, (title, _, codes) in STUDIES.items():
        page.goto(f"{address}case-studies/{number}/score/")
        for code in codes:
            answer(page, code, "2 ", f"Facts for {code}")
        page.get_by_role("button", name="Check your answers").click()
        page.get_by_role("button", name="Submit your scores").click()
        expect(page.get_by_text(f"You submitted your scores for {title}.")).to_be_visible()


def agree_all(page: Page, address: str) -> None:
    for number, (title, _, codes) in STUDIES.items():
        page.goto(f"{address}moderation/{number}/")
        for code in codes:
            page.get_by_role("group", name=f"{code}: agreed score").get_by_label("2 ").check()
            page.get_by_label(f"{code}: the panel’s reason").fill(f"Agreed for {code}")
        page.get_by_role("button", name="Save agreed scores").click()
        expect(page.get_by_text(f"Agreed scores saved for {title}.")).to_be_visible()
        end_meeting(page, address, number)


def test_a_review_runs_on_an_edition_that_an_administrator_made(new_page, axe, cast):
    admin, lead, member = new_page(), new_page(), new_page()
    sign_in(admin, cast.administrator)
    address = copy_edition(admin)
    for step in (add_up_differently, add_fourth_domain, stretch_ratings, name_source):
        step(admin, address)
    admin.goto(f"{address}differences/")
    assert set(admin.locator("main section h2").all_inner_texts()) == DIFFERENCES
    axe(admin)
    put_in_use(admin, address)
    assert Framework.objects.get(name="EDS 2022").status == Framework.Status.RETIRED

    sign_in(lead, cast.lead)
    review = start_review(lead, cast)
    assert review.framework.name == NAME
    write_and_name_panel(review, cast)
    of_review = f"/reviews/{cast.organisation.slug}/2028/"
    open_scoring(lead, of_review)
    sign_in(member, cast.member)
    score_all(member, of_review)
    close_scoring(lead, of_review)
    agree_all(lead, of_review)
    lead.goto(f"{of_review}report/")
    report = lead.locator("main").inner_text()
    axe(lead)
    assert [words in report for words in ("8/12", "2/3", "Not rated: 2 of 4 domains scored")] == [True] * 3
    folded = lead.locator("main").text_content() or ""  # with what the page folds away
    assert "The result of Domain 1, Domain 2, Domain 3 and Domain 4 is the sum of the scores" in folded
