"""A whole year of one equality lead, and the start of the next, counted in pages: each that arrives, also after a form.

Three authors and six members do their part through the portal's actions. The lead comes to each page by a link on the
page before, or by one on the review's page, which counts as another.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page

from casestudies.models import CaseStudy, PanelMember, PanelMessage, Review, Role
from casestudies.writing.handover.actions import hand_over
from eds import stages
from eds.scores.answers import Answer
from edsportal.accounts.models import User
from edsportal.audit.actor import Actor, acting
from reports.formats import FORMATS
from scoring.models import SentReport
from scoring.panel.actions import accept_place
from scoring.scores.actions import save_draft, submit_scores
from tests.browser.steps import sign_in
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)

STUDIES = [
    (1, "Falls clinic"),
    (1, "Eye screening"),
    (1, "Young carers"),
    (2, "Our workforce"),
    (3, "Our board"),
]
TOTALS = {1: "2222", 2: "2221", 3: "3222", 4: "2222", 5: "222"}
HEADER = {
    "board_sponsor": "Bo Sponsor",
    "eds_lead": "Lena Lead",
    "trade_union_reps": "Tess Three",
    "independent_evaluators": "Peer Four",
}
MEMBERS = {
    "Vic One": "vcse",
    "Pat Two": "Service user or patient",
    "Tess Three": "Trade union",
    "Peer Four": "Peer reviewer",
    "Stan Five": "Staff network",
    "Hew Six": "Healthwatch",
}


class Lead:
    """Follows links and fills in forms; `loads` counts the pages that arrive, `tallest` is in CSS pixels."""

    def __init__(self, page: Page, base: str):
        self.page, self.base, self.loads, self.tallest = page, base, 0, (0, "")
        page.on("response", self._count)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def open(self, address: str) -> None:
        address = address if address.startswith("/") else self.base + address
        if self.path == address:
            return
        if self.page.url == "about:blank":
            self.page.goto(address)
        else:
            if not self._links(address).count():
                self.page.goto(self.base)
                self._arrived()
            self._links(address).first.click()
        self.page.wait_for_url(f"**{address}")
        self._arrived()

    def send(self, address: str = "", **answers) -> None:
        """Give these answers in the page's form, or in the one that goes to `address`, and press its button."""
        form = self.page.locator(
            f'form[action="{self.base}{address}"]' if address else "main form[method=post]"
        )
        press = form.locator("button").first
        for name, value in answers.items():
            control = form.locator(f'[name="{name}"]')
            match control.first.get_attribute("type") or control.first.evaluate("each => each.type"):
                case "submit":
                    press = form.locator(f'button[name="{name}"][value="{value}"]')
                case "radio" | "checkbox":
                    for each in value if isinstance(value, list) else [value]:
                        form.locator(f'[name="{name}"][value="{each}"]').check()
                case "select-one":
                    control.select_option(str(value))
                case _:
                    control.fill(str(value))
        press.click()
        self._arrived()

    def _links(self, address: str) -> Locator:
        return self.page.locator(f'a[href="{address}"]:visible')

    def _count(self, response) -> None:
        self.loads += response.request.is_navigation_request() and response.status < 300

    def _arrived(self) -> None:
        self.page.wait_for_load_state()
        assert self.page.locator(".nhsuk-error-summary").all_inner_texts() == []
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.tallest = max(self.tallest, (height, self.path))


def day(name: str) -> dict[str, int]:
    today = timezone.localdate()
    return {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}


def set_up(lead: Lead, cast, authors) -> Review:
    lead.open("/my-work/")
    lead.open("/reviews/new/")
    started = {"organisation": cast.organisation.pk, "framework": cast.review.framework.pk}
    lead.send(**started, year="2027", title="Equality report 2027")
    lead.base = f"/reviews/{cast.organisation.slug}/2027/"
    review = Review.objects.get(year="2027")
    days = {"engagement_dates": "March 2027", "published_in": "March 2027"}
    lead.send(level="individual", **HEADER, **days, **day("completed_on"), **day("revision_date"))
    lead.open("case-studies/add/")
    domains = {row.number: row.pk for row in review.framework.domains.all()}
    for number, (domain, title) in enumerate(STUDIES):
        more = {"again": "yes"} if number < 4 else {}
        lead.send(title=title, domain=domains[domain], authors=[authors[number % 3].pk], **more)
    lead.open("panel/")
    lead.open("panel/paste/")
    lines = (f"{name}\t{name.split()[0].lower()}@example.org\t{group}" for name, group in MEMBERS.items())
    lead.send(people="\n".join(lines))
    lead.send("panel/send/invitation/")
    return review


def everybody_comes(review: Review) -> list[PanelMember]:
    call_command("send_emails", verbosity=0)
    for invitation in PanelMessage.objects.filter(member__review=review):
        user = User.objects.create_user(email=invitation.address, name=invitation.member.name)
        with acting(lambda user=user: Actor(by=user.pk)):
            accept_place(invitation=invitation, user=user)
    return list(review.panel_members.select_related("user"))


def authors_write(review: Review, authors) -> None:
    for number, row in enumerate(review.case_studies.order_by("number")):
        for area in row.domain.outcome_areas.all():
            row.sections.filter(outcome_area=area).update(body=f"What {row.title} does for {area.code}.")
        hand_over(case_study=row, marked_by=authors[number % 3])


def members_score(review: Review, members) -> None:
    for row in review.case_studies.select_related("domain", "review"):
        areas, version = list(row.domain.outcome_areas.all()), row.versions.get()
        answers = {area.code: Answer(value=2, abstained=False, rationale="I read it.") for area in areas}
        for member in members:
            given = {"member": member, "version": version, "areas": areas}
            save_draft(**given, answers=answers)
            submit_scores(**given, submitted_by=member.user)


def score_and_agree(lead: Lead, review: Review, members) -> None:
    numbers = list(review.case_studies.order_by("number").values_list("number", flat=True))
    lead.open("open-scoring/")
    lead.send(case_studies=numbers)
    members_score(review, members)
    lead.open("close-scoring/")
    lead.send(case_studies=numbers)
    for number, values in TOTALS.items():
        lead.open(f"moderation/{number}/")
        domain = STUDIES[number - 1][0]
        answers = {}
        for letter, value in zip("ABCD", values, strict=False):
            answers |= {f"score_{domain}{letter}": value, f"rationale_{domain}{letter}": f"Seen in {letter}"}
        commentary = f"The panel talked about {STUDIES[number - 1][1]}."
        lead.send(**answers, commentary=commentary, end="yes")


def publish(lead: Lead) -> None:
    lead.open("words/")
    lead.send(summary="A good year.", contact="The equality team, equality@ambleford.nhs.uk")
    lead.open("stage/")
    lead.send(to=stages.APPROVAL)
    lead.open("approval/")
    lead.send(approved_by="Bea Board, chair", committee="The board", **day("approved_on"))
    lead.open("checks/")
    while warning := re.search(r'href="\S+/checks/([^/"]+)/"', lead.page.locator("main").inner_html()):
        lead.open(f"checks/{warning[1]}/")
        lead.send(reason="It is so this year")
    lead.open("stage/")
    lead.send(to=stages.PUBLISHED)
    while "publishing" in lead.path:
        lead.send()
    lead.open("sent/")
    lead.send(**day("sent_on"))


def start_next_year(lead: Lead, review: Review, names: set[str]) -> None:
    """Nobody is typed again: neither who is responsible, nor who was on the panel, nor who writes the statements."""
    lead.open("")
    lead.open(f"/reviews/new/?after={review.pk}")
    lead.send()
    lead.base = lead.base.replace("2027", "2028")
    typed = {name: lead.page.locator(f'[name="{name}"]').input_value() for name in HEADER}
    assert typed == HEADER
    lead.send()
    lead.open("panel/")
    lead.open("panel/last-year/")
    lead.send(people=[box.get_attribute("value") for box in lead.page.locator('[name="people"]').all()])
    lead.send("panel/send/invitation/")
    after = Review.objects.get(year="2028")
    assert set(after.panel_members.values_list("name", flat=True)) == names
    statements = after.case_studies.order_by("number")
    assert [(row.title, row.authors.count()) for row in statements] == [
        ("Our workforce", 1),
        ("Our board", 1),
    ]


def test_a_year_takes_at_most_70_pages_and_the_next_one_starts_in_8(page, cast, monkeypatch):
    authors = [cast.author, person("Ann Author"), person("Abe Author")]
    for author in authors[1:]:
        Role.objects.create(user=author, organisation=cast.organisation, kind=Role.Kind.AUTHOR)
    for name in set(FORMATS) - {"json", "html"}:
        monkeypatch.delitem(FORMATS, name)
    sign_in(page, cast.lead)
    lead = Lead(page, "/reviews/")
    review = set_up(lead, cast, authors)
    members = everybody_comes(review)
    authors_write(review, authors)
    lead.open("case-studies/1/accept/")
    for _ in STUDIES[1:]:
        lead.send(accept="next")
    lead.send(accept="yes")
    score_and_agree(lead, review, members)
    publish(lead)
    assert SentReport.objects.filter(publication__review=review).count() == 1
    assert CaseStudy.objects.filter(review=review, stage=stages.AGREED).count() == 5
    year = lead.loads
    start_next_year(lead, review, set(MEMBERS))
    print(f"Pages of a year: {year}; to start the next: {lead.loads - year}; tallest: {lead.tallest}")
    assert (year <= 70, lead.loads - year <= 8, lead.tallest[0] <= 6000) == (True, True, True)
