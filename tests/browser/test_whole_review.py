"""A full EDS 2022 review in a browser: three services, workforce and leadership, from setting up to published."""

import json
import re
from unittest.mock import patch

import pytest
from playwright.sync_api import expect

from casestudies.models import PanelMember, Review
from eds import stages
from eds.answers import Answer
from reports.formats import FORMATS
from scoring.publishing.findings import accept_warning, review_findings
from scoring.review.start import start_review
from scoring.scores.actions import save_draft, submit_scores
from tests.browser.steps import answer, close_scoring, end_meeting, move_review, open_scoring, sign_in
from tests.prepare import add_case_study, mark_ready, record_agreed_score
from tests.round_trip import exported_elsewhere, unmarked

pytestmark = pytest.mark.django_db(transaction=True)

# Case studies by number: domain, title, what the panel agrees for each outcome area.
STUDIES = {
    1: (1, "Falls clinic", (2, 1, 1, 1)),
    2: (1, "Eye screening", (1, 1, 1, 1)),
    3: (1, "Young carers", (2, 2, 2, 1)),
    4: (2, "Workforce statement", (2, 1, 2, 1)),
    5: (3, "Leadership statement", (1, 1, 1)),
}
SEATS = {"chair": ("vcse", 1), "member": ("trade_union", 2), "other": ("peer_reviewer", 3)}


@pytest.fixture
def review(cast) -> Review:
    """Set up as its own browser test shows: case studies written but one, and each domain has its panel member."""
    row = start_review(
        organisation=cast.organisation,
        framework=cast.review.framework,
        year="2027",
        title="",
        started_by=cast.lead,
    )
    domains = {domain.number: domain for domain in row.framework.domains.all()}
    for number, (domain, title, _) in STUDIES.items():
        made = add_case_study(
            review=row, domain=domains[domain], title=title, authors=[cast.author], added_by=cast.lead
        )
        areas = list(made.domain.outcome_areas.all())
        for area in areas[:-1] if number == 5 else areas:
            made.sections.filter(outcome_area=area).update(
                heading=area.code, body=f"{title}: facts for {area.code}."
            )
        if number != 5:
            mark_ready(case_study=made, made_by=cast.lead)
    for who, (interest, domain) in SEATS.items():
        user = cast.people[who]
        member = PanelMember.objects.create(
            review=row, user=user, name=user.name, interest=interest, is_chair=who == "chair"
        )
        member.domains.set([domains[domain]])
    return row


def others_score(review, numbers) -> None:
    """The case studies that no page of this test scores."""
    for row in review.case_studies.filter(number__in=numbers):
        member = review.panel_members.get(domains=row.domain)
        areas, version = list(row.domain.outcome_areas.all()), row.versions.get()
        answers = {area.code: Answer(value=1, rationale=f"Facts for {area.code}") for area in areas}
        save_draft(member=member, version=version, areas=areas, answers=answers)
        submit_scores(member=member, version=version, areas=areas, submitted_by=member.user)


def write_the_last(author, lead, address) -> None:
    """The author writes the leadership statement and hands it over; the lead accepts it for the panel."""
    author.goto(f"{address}case-studies/5/write/")
    author.get_by_role("link", name="Write 3C: ").click()
    author.get_by_label("Text", exact=True).fill("The board reads the pay gap twice a year.")
    author.get_by_role("button", name="Save", exact=True).click()
    author.get_by_role("button", name="Check and send for review").click()
    author.get_by_role("button", name="Send for review", exact=True).click()
    expect(author.get_by_text("The equality lead will read it next, and we will tell you")).to_be_visible()
    lead.goto("/my-work/")
    lead.get_by_role("link", name="Accept or return case study 5: Leadership statement").click()
    lead.get_by_role("button", name="Accept for the panel").click()
    expect(lead.get_by_text("Version 1, accepted on")).to_be_visible()


def approve(lead, address) -> None:
    lead.goto(f"{address}approval/")
    lead.get_by_label("Who approved the report?").fill("Bea Board, chair")
    lead.get_by_label("Which meeting was it?").fill("The board")
    for label, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        lead.get_by_label(label, exact=True).fill(value)
    lead.get_by_role("button", name="Record the approval").click()
    expect(lead.get_by_text("The approval is recorded.")).to_be_visible()


def score(page, address, number) -> None:
    page.goto(f"{address}case-studies/{number}/score/")
    _, title, values = STUDIES[number]
    for group, value in zip(
        page.get_by_role("group").filter(has=page.get_by_role("radio")).all(), values, strict=True
    ):
        code = group.evaluate("each => each.querySelector('legend').innerText.trim().slice(0, 2)")
        answer(page, code, f"{value} ", f"Facts for {code}")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Submit your scores").click()
    expect(page.get_by_text(f"You submitted your scores for {title}.")).to_be_visible()


def agree(page, address, number) -> None:
    page.goto(f"{address}moderation/{number}/")
    domain, title, values = STUDIES[number]
    for letter, value in zip("ABCD", values, strict=False):
        code = f"{domain}{letter}"
        page.get_by_role("group", name=f"{code}: agreed score").get_by_label(f"{value} ").check()
        page.get_by_label(f"{code}: the panel’s reason").fill(f"Agreed for {code}")
    page.get_by_label("Additional commentary").fill(f"The panel talked about {title}.")
    page.get_by_role("button", name="Save agreed scores").click()
    expect(page.get_by_text(f"Agreed scores saved for {title}.")).to_be_visible()


def agree_the_rest(cast, review, numbers) -> None:
    for row in review.case_studies.filter(number__in=numbers):
        for area, value in zip(row.domain.outcome_areas.all(), STUDIES[row.number][2], strict=True):
            record_agreed_score(
                case_study=row, outcome_area=area, value=value, rationale="Agreed", recorded_by=cast.chair
            )


@pytest.mark.both
def test_a_whole_review_from_setting_up_to_published(new_page, axe, cast, review, tmp_path):
    address = f"/reviews/{cast.organisation.slug}/2027/"
    cast.like_one_page(cast.member, cast.chair)
    lead, author, staff, chair = new_page(), new_page(), new_page(width=320), new_page(javascript=False)
    for page, person in ((lead, cast.lead), (author, cast.author), (staff, cast.member), (chair, cast.chair)):
        sign_in(page, person)
    lead.goto(f"{address}header/")
    lead.get_by_label("Trade union representatives").fill(cast.member.name)
    lead.get_by_label("Independent evaluators or peer reviewers").fill(cast.other.name)
    lead.get_by_role("button", name="Save").click()
    write_the_last(author, lead, address)
    open_scoring(lead, address)
    score(staff, address, 4)
    score(chair, address, 1)
    others_score(review, (2, 3, 5))
    close_scoring(lead, address)
    agree(chair, address, 1)
    agree(lead, address, 5)
    expect(lead.get_by_text("Not rated: 1 of 3 domains scored")).to_be_visible()
    agree_the_rest(cast, review, (2, 3, 4))
    for number in (1, 2, 3, 4, 5):
        end_meeting(lead, address, number)
    move_review(lead, address, "Move the review to approval")
    lead.goto(address)
    expect(lead.get_by_text("middle of 3: Falls clinic")).to_be_visible()
    expect(lead.get_by_text("14/33, Developing")).to_be_visible()
    axe(lead)
    for point in review_findings(Review.objects.get(pk=review.pk)):
        accept_warning(review=review, point=point, reason="A first year", accepted_by=cast.lead)
    approve(lead, address)
    with patch.dict(FORMATS, {name: FORMATS[name] for name in ("html", "json")}, clear=True):
        move_review(lead, address, "Publish the report")
        expect(lead.get_by_text("The report is published.")).to_be_visible(timeout=60_000)
    assert Review.objects.get(pk=review.pk).stage == stages.PUBLISHED

    public = new_page()
    public.goto(f"/reports/{cast.organisation.slug}/2027/")
    axe(public)
    for words in ("Domain 1", "5/12", "6/12", "3/9", "14/33", "The panel talked about Falls clinic."):
        expect(public.locator("main")).to_contain_text(words)
    with public.expect_download() as download:
        public.get_by_role("link", name=re.compile("JSON")).first.click()
    file = download.value.path().read_bytes()
    studies = json.loads(file)["case_studies"]
    assert {
        study["number"]: (
            study["domain"],
            study["title"],
            tuple(one["score"] for one in study["scores"].values()),
        )
        for study in studies
    } == STUDIES
    assert unmarked(exported_elsewhere(file, tmp_path)) == unmarked(file)
