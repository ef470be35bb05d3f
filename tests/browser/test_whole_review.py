"""A full EDS 2022 review in a browser, at the pace of a year: Domain 2 in spring; three services at meetings of their
own, one by workshop, one on paper, one scored alone at home; then Domain 3, approval and publication."""

import json
import re
from unittest.mock import patch

import pytest
from playwright.sync_api import expect

from casestudies.models import PanelMember, Review
from eds import stages
from reports.formats import FORMATS
from scoring.publishing.findings import accept_warning, review_findings
from scoring.review.start import start_review
from tests.browser.steps import (
    answer,
    close_scoring,
    end_meeting,
    join_workshop,
    move_review,
    open_scoring,
    sign_in,
    submit_on_phone,
)
from tests.prepare import add_case_study, mark_ready
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
    fill(page, number)
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Submit your scores").click()
    expect(page.get_by_text(f"You submitted your scores for {STUDIES[number][1]}.")).to_be_visible()


def fill(page, number) -> None:
    for code, value in agreed(number).items():
        answer(page, code, f"{value} ", f"Facts for {code}")


def agreed(number) -> dict[str, int]:
    """What the panel agrees for each outcome area of a case study."""
    domain, _, values = STUDIES[number]
    return {f"{domain}{letter}": value for letter, value in zip("ABCD", values, strict=False)}


def agree(page, address, number) -> None:
    """Record what the panel agrees at its meeting, and end the meeting."""
    title = STUDIES[number][1]
    page.goto(f"{address}moderation/{number}/")
    for code, value in agreed(number).items():
        page.get_by_role("group", name=f"{code}: agreed score").get_by_label(f"{value} ").check()
        page.get_by_label(f"{code}: the panel’s reason").fill(f"Agreed for {code}")
    page.get_by_label("Additional commentary").fill(f"The panel talked about {title}.")
    page.get_by_role("button", name="Save agreed scores").click()
    expect(page.get_by_text(f"Agreed scores saved for {title}.")).to_be_visible()
    end_meeting(page, address, number)


def workshop(lead, phone, address, number) -> None:
    """A carer joins on their phone, scores what the room scores, and everybody sees its scores, and only those."""
    lead.goto(f"{address}workshop/")
    lead.get_by_role("button", name="Open a workshop").click()
    join_workshop(phone, lead.locator(".app-code").inner_text(), "Ann Green")
    lead.get_by_role("link", name="Refresh the list").click()
    lead.get_by_role("button", name="Confirm Ann Green").click()
    lead.get_by_role("button", name=f"Score this now (Case study {number}").click()
    phone.wait_for_url(f"**/case-studies/{number}/score/1A/")
    submit_on_phone(phone, "1 Developing")
    lead.goto(f"{address}workshop/reveal/")
    expect(lead.get_by_text("2 of 2 submitted")).to_be_visible()
    lead.get_by_role("button", name="Close scoring and reveal").click()
    expect(lead.get_by_role("heading", name="How the panel scored")).to_be_visible()


def on_paper(lead, address, number, name) -> None:
    """The lead enters the sheet that this member filled in."""
    lead.goto(f"{address}paper/")
    lead.get_by_role("combobox", name="Who filled in this sheet?").select_option(name)
    lead.get_by_role("radio", name=f"Case study {number}: ").check()
    lead.get_by_role("button", name="Enter this sheet").click()
    fill(lead, number)
    lead.get_by_role("button", name="Submit for this member").click()
    expect(lead.get_by_text(f"You entered the scoring sheet of {name}")).to_be_visible()


def see(page, address, number) -> int:
    """With which status the page of the panel's scores answers this person."""
    return page.request.get(f"{address}moderation/{number}/").status


def in_spring(pages, address) -> None:
    """The workforce statement is scored and agreed, while the leadership statement is still being written."""
    open_scoring(pages["lead"], address, 4)
    score(pages["member"], address, 4)
    close_scoring(pages["lead"], address, 4)
    agree(pages["lead"], address, 4)
    write_the_last(pages["author"], pages["lead"], address)


def in_summer(pages, phone, address, name) -> None:
    """Each service at a meeting of its own: what is revealed of one tells nothing of the next. `name`: the chair's."""
    lead, chair = pages["lead"], pages["chair"]
    open_scoring(lead, address, 1)
    score(chair, address, 1)
    workshop(lead, phone, address, 1)
    phone.close()
    agree(chair, address, 1)
    lead.goto(f"{address}stage/")
    where = "Domain 1: 1 of 3 scored. Domain 2: agreed. Domain 3: being written."
    expect(lead.get_by_text(where)).to_be_visible()
    open_scoring(lead, address, 2)
    on_paper(lead, address, 2, name)
    assert [see(chair, address, number) for number in (1, 2)] == [200, 403]
    close_scoring(lead, address, 2)
    agree(lead, address, 2)
    open_scoring(lead, address, 3)
    score(chair, address, 3)
    assert [see(lead, address, number) for number in (1, 2, 3)] == [200, 200, 403]
    close_scoring(lead, address, 3)
    agree(chair, address, 3)


def in_autumn(pages, address) -> None:
    open_scoring(pages["lead"], address, 5)
    score(pages["other"], address, 5)
    close_scoring(pages["lead"], address, 5)
    agree(pages["lead"], address, 5)


def read_published(public, axe, cast, tmp_path) -> None:
    """What the panel agreed is what the public reads, and what another portal imports."""
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


@pytest.mark.both
def test_a_whole_review_from_setting_up_to_published(new_page, axe, cast, review, tmp_path):
    address = f"/reviews/{cast.organisation.slug}/2027/"
    cast.like_one_page(cast.member, cast.chair, cast.other)
    pages = {
        who: new_page(javascript=who != "chair", width=320 if who == "member" else 1280)
        for who in ("lead", "author", "member", "chair", "other")
    }
    for who, page in pages.items():
        sign_in(page, cast.people[who])
    lead = pages["lead"]
    lead.goto(f"{address}header/")
    lead.get_by_label("Trade union representatives").fill(cast.member.name)
    lead.get_by_label("Independent evaluators or peer reviewers").fill(cast.other.name)
    lead.get_by_role("button", name="Save").click()
    in_spring(pages, address)
    in_summer(pages, new_page(width=390), address, cast.chair.name)
    in_autumn(pages, address)
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
    read_published(new_page(), axe, cast, tmp_path)
