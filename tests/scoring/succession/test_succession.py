"""Organisations that follow one another: nothing is lost, nothing counts twice, and what was published stays."""

import hashlib
from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casestudies.models import Framework, Objective, Organisation, Review, Role, Succession
from casestudies.objectives.actions import add_objective
from casestudies.succession.actions import record_succession, undo_succession
from eds import stages
from eds.succession import ACTIONS, CHOICES, OBJECTIVES, PANEL, Link, why_not
from edsportal.accounts.models import User
from edsportal.web.refusals import NotPossible
from scoring.models import Publication, PublicationFile
from scoring.panel.many_members import earlier_members
from scoring.publishing.actions import MadeFile, publish
from scoring.publishing.public.both_sides import lines_before
from scoring.recommendations.actions import Wording
from scoring.review.content import report_content
from scoring.review.start import start_review
from tests.cast import person, put
from tests.prepare import recommend

NAMES = ("Alder", "Beech", "Cedar", "Dogwood", "Elm")
DAYS = (date(2022, 4, 1), date(2023, 4, 1), date(2024, 4, 1))
PANELS = {  # of each organisation: Ann is on two panels, and there are two people called Bo
    "Alder": [("Ann", "ann@example.org"), ("Bo", "bo@example.org")],
    "Beech": [("Ann", "ANN@example.org"), ("Bo", "another.bo@example.org")],
    "Cedar": [("Cy", "")],
    "Dogwood": [("Cy", ""), ("Di", "di@example.org")],
    "Elm": [],
}
ALL = st.just(set(CHOICES))
TAKES = ALL | ALL | st.sets(st.sampled_from(sorted(CHOICES)))


def some(*names: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)


FIRST = st.tuples(
    st.just("record"), st.sampled_from(NAMES[2:4]), some("Alder", "Beech"), st.just(DAYS[0]), TAKES
)
SECOND = st.tuples(st.just("record"), st.just("Elm"), some("Cedar", "Dogwood"), st.just(DAYS[2]), TAKES)
ANY = st.tuples(st.just("record"), st.sampled_from(NAMES), some(*NAMES), st.sampled_from(DAYS), TAKES)
START = st.tuples(st.just("start"), st.sampled_from(NAMES))
UNDO = st.tuples(st.just("undo"), st.integers(0, 5))


@pytest.fixture
def world(db) -> "World":
    return World()


class World:
    """Five organisations with a published report, actions, objectives and a panel each."""

    def __init__(self):
        self.lead = person("Lena Lead")
        self.framework = Framework.objects.get(name="EDS 2022")
        for name in NAMES:
            self._make(Organisation.objects.create(name=name, slug=name.lower()))

    def _make(self, row: Organisation) -> None:
        review = Review.objects.create(organisation=row, framework=self.framework, year="2021")
        for action in ("first", "second"):
            recommend(review=review, wording=Wording(theme="Access", action=f"{row}: {action}"))
        review.previous_actions.create(position=1, action=f"{row}: older", status="delayed")
        for title, last in (("runs", date(2030, 3, 31)), ("ran out", date(2021, 12, 31))):
            days = {"starts_on": date(2020, 4, 1), "ends_on": last}
            add_objective(organisation=row, title=f"{row}: {title}", measure="", added_by=self.lead, **days)
        for position, (name, email) in enumerate(PANELS[row.name]):
            review.panel_members.create(name=name, email=email, interest="carer", position=position)
        late = Review.objects.create(organisation=row, framework=self.framework, year="2020")
        recommend(review=late, wording=Wording(theme="Access", action=f"{row}: late"))
        put(review, stages.PUBLISHED)
        file = MadeFile(format="json", name="a.json", content_type="application/json", data=row.name.encode())
        content = report_content(review)
        publish(review=review, content=content, files=[file], published_by=self.lead)

    def organisation(self, name: str) -> Organisation:
        return Organisation.objects.get(name=name)

    def start(self, name: str) -> Review:
        organisation = self.organisation(name)
        year = organisation.reviews.order_by("-year").first().following_year
        given = {"framework": self.framework, "title": "", "started_by": self.lead}
        return start_review(organisation=organisation, year=year, **given)

    def do(self, what: str, *words) -> None:
        """One event; one that is refused changes nothing."""
        try:
            with transaction.atomic():
                if what == "record":
                    name, predecessors, day, takes = words
                    rows = [self.organisation(each) for each in predecessors]
                    given = {"predecessors": rows, "starts_on": day, "takes": takes}
                    record_succession(organisation=self.organisation(name), recorded_by=self.lead, **given)
                elif what == "start":
                    self.start(*words)
                else:
                    rows = list(Succession.objects.order_by("pk"))[: words[0] + 1]
                    for row in rows[-1:]:
                        undo_succession(succession=row, undone_by=self.lead)
        except NotPossible:
            pass

    def kept(self) -> str:
        """SHA-256 over everything that is published, and where."""
        rows = [
            *Publication.objects.order_by("pk").values_list("pk", "content", "sha256", "review__year"),
            *PublicationFile.objects.order_by("pk").values_list("pk", "name", "sha256", "data"),
            *Organisation.objects.order_by("pk").values_list("pk", "slug"),
        ]
        parts = (
            bytes(x) if isinstance(x, (bytes, memoryview)) else str(x).encode() for row in rows for x in row
        )
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


def holder(origin: str, kind: str) -> str:
    """The organisation to which this kind followed from there."""
    while row := next(
        (row for row in Succession.objects.filter(predecessor__name=origin) if kind in row.takes), None
    ):
        origin = row.successor.name
    return origin


@pytest.mark.slow
@settings(
    max_examples=12,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=FIRST, events=st.lists(FIRST | SECOND | ANY | START | UNDO, max_size=5))
def test_whatever_follows_nothing_is_lost_counted_twice_or_published_anew(world, first, events):
    with transaction.atomic():
        before = world.kept()
        for event in (first, *events):
            world.do(*event)
        followed = set(Succession.objects.values_list("predecessor__name", flat=True))
        first_reviews = {name: world.start(name) for name in NAMES if name not in followed}
        newest = {name: world.start(name) for name in first_reviews}  # nothing follows a second time
        assert world.kept() == before
        check_actions(newest)
        check_objectives(newest)
        for name, review in first_reviews.items():
            check_panel(review)
            rows = [row for line in lines_before(review.organisation) for row, _ in line.rows]
            assert len(rows) == len({row.pk for row in rows})
            assert name not in {row.review.organisation.name for row in rows}
        transaction.set_rollback(True)


def check_actions(newest: dict[str, Review]) -> None:
    told = {
        name: Counter(row.previous_actions.values_list("action", flat=True)) for name, row in newest.items()
    }
    counted = sum(told.values(), Counter())
    assert set(counted.values()) <= {1}
    for origin in NAMES:
        at = holder(origin, ACTIONS)
        expected = {f"{origin}: {which}" for which in ("first", "second", "older")}
        expected |= {f"{origin}: late"} if at != origin else set()  # of a review that is still open
        assert at not in told or expected <= set(told[at])


def check_objectives(newest: dict[str, Review]) -> None:
    rows = Objective.objects.current().values_list("title", "organisation__name")
    running = {f"{origin}: runs": holder(origin, OBJECTIVES) for origin in NAMES}
    assert Counter(title for title, _ in rows) == Counter([*running, *(f"{name}: ran out" for name in NAMES)])
    for title, at in rows:
        if title in running and running[title] in newest:
            assert at == running[title]


def check_panel(review: Review) -> None:
    """Everybody who may be asked, and nobody twice."""
    offered = [(row.name, row.address.casefold()) for row in earlier_members(review)]
    assert len(offered) == len(set(offered))
    own = Succession.objects.filter(carried_in=review, takes_panel=True)
    for name in own.values_list("predecessor__name", flat=True):
        assert {(who, address.casefold()) for who, address in PANELS[name]} <= set(offered)


def test_a_merger_recorded_late_is_carried_over_into_the_open_review_by_choice(client, world):
    lead, cedar = merging(world), world.organisation("Cedar")
    review = world.start("Cedar")
    own = list(review.previous_actions.values_list("action", flat=True))
    given = {"predecessors": [world.organisation("Alder")], "starts_on": DAYS[2], "takes": set(CHOICES)}
    record_succession(organisation=cedar, recorded_by=lead, **given)
    before = world.kept()
    client.force_login(lead)
    address = f"/reviews/cedar/{review.year}/"
    assert f'href="{address}carry-over/"' in client.get(address).content.decode()
    page = client.get(f"{address}carry-over/").content.decode()
    for words in ("Cedar follows Alder from 1 April 2024", "Alder: runs", "Alder: first", "Alder: late"):
        assert words in page
    assert list(review.previous_actions.values_list("action", flat=True)) == own
    for _ in range(2):  # the second finds nothing to do
        assert client.post(f"{address}carry-over/").url == address
    rows = list(review.previous_actions.order_by("position").values_list("action", flat=True))
    assert rows[: len(own)] == own
    assert Counter(rows[len(own) :]) == Counter(f"Alder: {x}" for x in ("first", "second", "older", "late"))
    assert Objective.objects.current().get(title="Alder: runs").organisation == cedar
    assert Succession.objects.get().carried_in == review
    assert world.kept() == before
    check_panel(review)
    assert "carry-over" not in client.get(address).content.decode()


LINKS = [
    Link(successor="New", predecessor="One", starts_on=DAYS[1], takes=frozenset([ACTIONS])),
    Link(successor="Newer", predecessor="New", starts_on=DAYS[2]),
]


@pytest.mark.parametrize(
    ("successor", "predecessor", "day", "takes", "field", "words"),
    [
        ("Own", "Own", DAYS[1], (), "predecessors", "Own can’t follow itself"),
        ("New", "One", DAYS[1], (), "predecessors", "New already follows One"),
        ("One", "Newer", date(2025, 4, 1), (), "predecessors", "Newer itself follows One"),
        ("Other", "One", DAYS[0], (), "starts_on", "New follows One from 1 April 2023. Enter the same date"),
        ("Other", "Newer", DAYS[2], (), "starts_on", "Newer began on 1 April 2024. Enter a later date"),
        ("New", "Two", DAYS[2], (), "starts_on", "New ended on 1 April 2024. Enter an earlier date"),
        ("Other", "One", DAYS[1], (ACTIONS,), "takes", "New takes over the open actions of One"),
        ("Other", "Two", date(2010, 4, 1), (), "starts_on", "EDS reports began in 2011"),
        ("Other", "Two", date(2032, 1, 1), (), "starts_on", "no more than 5 years from now"),
    ],
)
def test_what_can_not_be_is_refused_where_it_is_wrong(successor, predecessor, day, takes, field, words):
    new = Link(successor=successor, predecessor=predecessor, starts_on=day, takes=frozenset(takes))
    refused = why_not(new, LINKS, today=date(2026, 11, 30))
    assert refused[0] == field
    assert words in refused[1]
    fine = Link(successor="Other", predecessor="One", starts_on=DAYS[1], takes=frozenset([PANEL]))
    assert why_not(fine, LINKS, today=date(2026, 11, 30)) is None


SENT = {"starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2024", "takes": list(CHOICES)}


def merging(world) -> User:
    """Each has an equality lead, of whom Cedar's is given, and Beech an open review."""
    names = ("Alder", "Beech", "Cedar")
    leads = {name: person(f"{name} Lead") for name in names}
    for name, user in leads.items():
        Role.objects.create(user=user, organisation=world.organisation(name), kind="equality_lead")
    beech = world.organisation("Beech")
    put(Review.objects.create(organisation=beech, framework=world.framework, year="2022"), "open")
    return leads["Cedar"]


def leads_of(name: str) -> set[str]:
    rows = Role.objects.filter(organisation__name=name, kind="equality_lead")
    return set(rows.values_list("user__name", flat=True))


def check_preview(client, address: str, sent: dict) -> None:
    """What is wrong is refused in words; what would be recorded is shown first, and nothing is recorded yet."""
    wrong = client.post(address, sent | {"predecessors": "Alder\nBeach\n", "starts_on_day": "31"})
    for words in ("“Beach” is not the name or the ODS code", "a real date"):
        assert words in wrong.content.decode()
    page = client.post(address, sent).content.decode()
    for words in (
        "Check your answers",
        "Alder: runs",
        "3 people in all",
        "Open reviews: 2022, 2020",
        "Beech Lead",
    ):
        assert words in page
    assert not Succession.objects.exists()


def test_an_administrator_records_a_merger_and_undoes_it_until_it_is_carried_over(
    client, world, django_user_model
):
    administrator = django_user_model.objects.create_superuser(
        email="a@example.org", name="Ada", password="long enough"
    )
    lead = merging(world)
    client.force_login(administrator)
    address = "/organisations/cedar/succession/"
    sent = SENT | {"predecessors": "alder\n Beech\nAlder", "leads": "on"}
    check_preview(client, f"{address}add/", sent)
    assert client.post(f"{address}add/", sent | {"do": "record"}).url == address
    client.force_login(lead)
    assert client.get("/reviews/beech/2022/").status_code == 200  # it can be finished
    assert client.get("/organisations/dogwood/").status_code == 404  # there is nothing to finish
    assert leads_of("Cedar") == {"Cedar Lead", "Alder Lead", "Beech Lead"}
    client.force_login(administrator)
    second = Succession.objects.get(predecessor__name="Beech")
    client.post(f"{address}{second.pk}/undo/")
    assert list(Succession.objects.values_list("predecessor__name", flat=True)) == ["Alder"]
    assert list(Role.objects.filter(user=lead).values_list("organisation__name", flat=True)) == [
        "Alder",
        "Cedar",
    ]
    assert leads_of("Cedar") == {"Cedar Lead", "Alder Lead"}
    world.start("Cedar")
    first = Succession.objects.get()
    assert "This can’t be undone" in client.get(f"{address}{first.pk}/undo/").content.decode()
    client.post(f"{address}{first.pk}/undo/")
    assert Succession.objects.exists()
    check_public_pages(client)


def check_public_pages(client) -> None:
    client.logout()
    page = client.get("/reports/cedar/").content.decode()
    assert "Until 1 April 2024: Alder" in page
    assert 'href="/reports/alder/2021/"' in page
    page = client.get("/reports/alder/").content.decode()
    assert 'Since 1 April 2024: <a href="/reports/cedar/">Cedar</a>' in page
    page = client.get("/reports/alder/2021/").content.decode()
    assert 'Since 1 April 2024, <a href="/reports/cedar/">Cedar</a> follows Alder.' in page
    page = client.get("/reports/cedar/2021/").content.decode()
    assert 'Until 1 April 2024: <a href="/reports/alder/">Alder</a>' in page
