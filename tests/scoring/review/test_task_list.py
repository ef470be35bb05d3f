"""The lead's page of a review: one next step, a status for each task, and no link to what the policy refuses."""

import re
from datetime import date

import pytest
from django.test import Client

from casestudies.models import Review
from eds import stages
from scoring.panel.actions import add_member
from scoring.publishing.actions import MadeFile, publish
from scoring.review.content import report_content
from tests.cast import STAGES, Cast
from tests.prepare import record_agreed_score

PEOPLE = [("lead", stage) for stage in STAGES]
PEOPLE += [(who, stages.MEETING) for who in ("author", "reader", "chair", "member")]


def page_of(client, cast: Cast, who: str = "lead"):
    client.force_login(cast.people[who])
    return client.get(f"/reviews/{cast.organisation.slug}/2026/")


def published(cast: Cast) -> None:
    """With a file, as a report that was published."""
    cast.move(stages.PUBLISHED)
    file = MadeFile(format="pdf", name="report.pdf", content_type="application/pdf", data=b"%PDF")
    publish(review=cast.review, content=report_content(cast.review), files=[file], published_by=cast.lead)


@pytest.mark.slow
@pytest.mark.sqlite  # who may open a page is no question of the database
@pytest.mark.parametrize(("who", "stage"), PEOPLE)
def test_whatever_the_page_offers_is_open(client, cast, who, stage):
    published(cast) if stage == stages.PUBLISHED else cast.move(stage)
    main = page_of(client, cast, who).content.decode().split("<main")[1].split("</main>")[0]
    addresses = {address.split("#")[0] for address in re.findall(r'<a [^>]*href="(/[^"]*)"', main)}
    assert len(addresses) > 5
    refused = {
        address: client.get(address.replace("&amp;", "&")).status_code
        for address in addresses
        if client.get(address.replace("&amp;", "&")).status_code >= 400
    }
    assert refused == {}


def test_a_row_says_how_far_its_case_study_is_and_nothing_of_scores_that_are_not_revealed(client, cast):
    first, second, third = cast.case_studies
    first.scoring_closes_on = date(2026, 12, 4)
    first.save()
    cast.score(cast.member, 1, 3, 3, 3, 3)
    type(third).objects.filter(pk=third.pk).update(stage=stages.MEETING)
    area = second.domain.outcome_areas.first()
    record_agreed_score(case_study=third, outcome_area=area, value=2, rationale="r", recorded_by=cast.lead)
    page = page_of(client, cast)
    lines = page.context["lines"]
    assert lines[0].details == ["1 of 3 submitted", "closes on 4 December"]
    assert (lines[1].status, lines[1].details) == ("Scoring", ["0 of 3 submitted"])
    assert (lines[2].status, lines[2].details) == ("Agreeing scores", ["1 of 4 scores agreed"])
    assert page.context["domains"][0].text == "agreed, 1 agreeing scores, 2 scoring"
    member = page_of(Client(), cast, "member")
    assert [line.details for line in member.context["lines"][:2]] == [
        ["Scoring", "closes on 4 December"],
        ["Scoring"],
    ]


def test_a_case_study_that_is_written_shows_its_author_words_and_what_lacks_evidence(client, cast):
    cast.move(stages.WRITING)
    row = cast.case_studies[0]
    row.sections.all().delete()
    row.sections.create(position=1, heading="Why", body="Three short words.")
    row.authors.set([cast.author])
    line = page_of(client, cast).context["lines"][0]
    assert line.details == [cast.author.name, "3 words"]
    assert dict(line.written.evidence) == dict.fromkeys(("1A", "1B", "1C", "1D"), False)
    assert line.status == "Changed since it was accepted"


@pytest.mark.parametrize(
    ("stage", "title"),
    [
        (stages.WRITING, "Next: open scoring of 3 case studies"),
        (stages.SCORING, "Next: remind 3 panel members about 3 case studies"),
        (stages.MEETING, "Next: agree the scores of “Falls clinic”"),
        (stages.APPROVAL, r"Next: fix \d+ errors in the report"),
        (stages.PUBLISHED, "Next: send the report to NHS England"),
    ],
)
def test_the_next_step_is_the_first_thing_that_waits_for_the_lead(client, cast, stage, title):
    published(cast) if stage == stages.PUBLISHED else cast.move(stage)
    step = page_of(client, cast).context["next_step"]
    assert re.fullmatch(title, step.title)
    answer = client.post(step.address) if step.posts else client.get(step.address)
    assert answer.status_code in (200, 302)


def test_what_is_sent_to_nhs_england_is_recorded_and_the_report_says_so(client, cast):
    published(cast)
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/sent/"
    assert "england.eandhi@nhs.net" in client.get(address).content.decode()
    data = {"sent_on_day": "2", "sent_on_month": "3", "sent_on_year": "2026", "file": "pdf"}
    future = client.post(address, data | {"address": "eds@example.org", "sent_on_year": "2126"})
    assert future.context["form"].errors == {"sent_on": ["The date that you sent it can’t be in the future"]}
    client.post(address, data | {"address": "eds@example.org"})
    review = page_of(client, cast)
    (task,) = (task for task in review.context["groups"][0].tasks if "NHS England" in task.text)
    assert (task.status, task.hint) == ("Sent on 2 March 2026", "Sent to eds@example.org")
    assert review.context["next_step"].title == "Next: start the review of 2027"
    report = client.get(f"/reports/{cast.organisation.slug}/2026/").content.decode()
    assert f"{cast.organisation} sent this report to NHS England on 2 March 2026." in report


def test_the_next_year_asks_for_no_name_twice(client, cast):
    domains = {domain.number: domain for domain in cast.review.framework.domains.all()}
    workforce = cast.review.case_studies.create(number=4, domain=domains[2], title="Our workforce")
    workforce.authors.set([cast.author])
    Review.objects.filter(pk=cast.review.pk).update(board_sponsor="Bea Board", contact="equality@example.org")
    add_member(
        review=cast.review, name="Pat Paper", email="", interest="carer", domains=[domains[1]],
        is_chair=False, asked_again=True,
    )  # fmt: skip
    client.force_login(cast.lead)
    form = client.get(f"/reviews/new/?after={cast.review.pk}").context["form"]
    client.post("/reviews/new/", {name: form.initial[name] for name in ("organisation", "framework", "year")})
    review = Review.objects.get(year="2027")
    assert (review.board_sponsor, review.contact) == ("Bea Board", "equality@example.org")
    (carried,) = review.case_studies.all()
    assert (carried.title, list(carried.authors.all())) == ("Our workforce", [cast.author])
    address = f"/reviews/{cast.organisation.slug}/2027/panel/last-year/"
    form = client.get(address).context["form"]
    assert [form.members[pk].name for pk in form.initial["people"]] == ["Pat Paper"]
    client.post(address, {"people": list(form.members)})
    assert set(review.panel_members.values_list("name", "email", "user")) == {
        (member.name, member.address, None) for member in cast.review.panel_members.all()
    }
    assert client.get(address).context["form"].members == {}


def test_a_pasted_list_gives_each_person_a_place_or_says_which_line_is_wrong(client, cast):
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/panel/paste/"
    lines = [
        "Name\tE-mail\tGroup\tDomains",
        "Ann Other\tann@example.org\tHealthwatch\t1, 3",
        "Pat Paper\t\tCarer",
    ]
    before = cast.review.panel_members.count()
    wrong = client.post(address, {"people": "\n".join([*lines, "Bob\tbob\tCarer", "Cy\t\tPirate"])})
    assert [error.split(":")[0] for error in wrong.context["form"].errors["people"]] == ["Line 4", "Line 5"]
    assert cast.review.panel_members.count() == before
    client.post(address, {"people": "\n".join(lines)})
    ann, pat = cast.review.panel_members.order_by("position")[before:]
    assert (ann.name, ann.email, ann.interest) == ("Ann Other", "ann@example.org", "healthwatch")
    assert [domain.number for domain in ann.domains.all()] == [1, 3]
    assert (pat.name, pat.email, pat.domains.count()) == ("Pat Paper", "", 3)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Other;ann@example.org;Healthwatch;1;3\n\nPat Paper;;Carer",
        "Ann Other <ann@example.org>, Healthwatch, 1, 3\r\nPat Paper,,Carer\r\n",
        'Ann Other\tAnn <mailto:ann@example.org>\tHealthwatch\t"1, 3"\nPat  Paper\t\tCARER\t\t',
        "Ann Other <ann@example.org>\tann@example.org\tHealthwatch\t1 and 3\nPat Paper\t\tcarer",
        (
            "E-mail address,Phone,First name,Surname,Represents,Domains\n"
            'ann@example.org,01234,Ann,Other,Healthwatch,"1, 3"\n,,Pat,Paper,Carer,'
        ),
    ],
)
def test_a_list_is_read_as_spreadsheets_and_mail_programs_write_it_and_adds_nobody_twice(client, cast, text):
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/panel/paste/"
    before = cast.review.panel_members.count()
    client.post(address, {"people": text})
    rows = cast.review.panel_members.order_by("position")[before:]
    assert [
        (row.name, row.email, row.interest, [each.number for each in row.domains.all()]) for row in rows
    ] == [
        ("Ann Other", "ann@example.org", "healthwatch", [1, 3]),
        ("Pat Paper", "", "carer", [1, 2, 3]),
    ]
    again = client.post(
        address, {"people": "Ann,ANN@example.org,Carer\npat paper,,Carer\nBo,,Carer\nBO,,Carer"}
    )
    assert again.context["form"].errors["people"] == [
        "Line 1: Ann Other is already on this panel",
        "Line 2: Pat Paper is already on this panel",
        "Line 4: Bo is also on line 3",
    ]
    assert cast.review.panel_members.count() == before + 2
