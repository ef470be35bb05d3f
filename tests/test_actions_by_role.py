"""The permission table: every action, by every person of the own body and of another, at every stage.

An action is a POST. Here it is sent with nothing in it: who may act is answered by the page or sent on (200), who
may not is told why (403), who may not know of it is told nothing (404), and who is not signed in is asked to (302).
What it changes is undone before the next person tries. No page is drawn, for only the status is looked at: what pages
look like is shown elsewhere.

The table is tests/pages.py.
"""

import logging
import sys
from dataclasses import dataclass

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.frameworks.actions import copy_framework
from casestudies.models import Framework, PanelMember, Role
from eds import stages
from tests.answers import SENDERS, SIGN_IN
from tests.cast import STAGES, Cast, person, share_with
from tests.page_addresses import address_of, make_everything, own_patterns
from tests.pages import ANY_STAGE, POSTS, READ, TABLE

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.slow,
    pytest.mark.xdist_group("actions by role"),
]  # who may do what is no question of the database
WRITES = ("INSERT", "UPDATE", "DELETE")
SCORERS = ("chair", "member", "guest")
SUBMITTED = 2  # the case study for which everybody who scores has submitted
OF_SUBMITTED = {"change_scores", "confirm_scores"}
OF_DRAFT = {
    *("put_in_use", "delete_draft", "outcome_area", "move_outcome_area"),
    *("outcome_area_add", "outcome_area_remove", "grades", "bands"),
    *("domain", "move_domain", "framework_source", "easy_words"),
    *("domain_add", "domain_remove", "framework_rules", "retire_framework"),
}


@dataclass(eq=False)
class World:
    """The cast with somebody of each role in the other body, all signed in, and where each action is sent."""

    cast: Cast
    clients: dict[str, Client]
    addresses: dict[str, str]

    def status(self, who: str, name: str) -> int:
        """What the person is answered. Nothing stays changed."""
        with transaction.atomic():
            response = self.clients[who].post(self.addresses[name])
            transaction.set_rollback(True)
        self.clients[who].cookies.pop("messages", None)  # else they pile up, and move to the session
        if response.status_code == 302 and response.url.startswith("/account/login/"):
            return SIGN_IN
        return 200 if response.status_code in (200, 301, 302) else response.status_code

    def wrong(self, rows: dict[str, dict[str, int]]) -> list[tuple[str, str, int, int]]:
        """What differs from these rows: name, person, what they are answered, what they should be."""
        return [
            (name, who, got, wanted)
            for name, row in rows.items()
            for who, wanted in row.items()
            if (got := self.status(who, name)) != wanted
        ]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, in a transaction that is rolled back after the last test of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_everything()
        cast.publish()
        cast.move(stages.SCORING)
        for who in SCORERS:
            cast.score(cast.people[who], SUBMITTED, 2, 2, 2, 2)
        people = {who: cast.people.get(who) for who in SENDERS} | _people_elsewhere(cast)
        addresses = {name: _address(cast, name) for name in {*POSTS, *ANY_STAGE, *READ}}
        yield World(
            cast=cast, clients={who: _client(user) for who, user in people.items()}, addresses=addresses
        )
        transaction.set_rollback(True)


def _people_elsewhere(cast: Cast) -> dict:
    body = cast.stranger.roles.get().organisation
    author, reader, member = (person(name) for name in ("Their Author", "Their Reader", "Their Member"))
    Role.objects.create(user=author, organisation=body, kind=Role.Kind.AUTHOR)
    Role.objects.create(user=reader, organisation=body, kind=Role.Kind.READER)
    review = share_with(cast).home
    seat = PanelMember.objects.create(review=review, user=member, name=member.name)
    seat.domains.set(review.framework.domains.all())
    return {"their_author": author, "their_reader": reader, "their_member": member}


def _address(cast: Cast, name: str) -> str:
    if name in OF_SUBMITTED:
        return reverse(name, args=[*cast.address, SUBMITTED])
    if name not in OF_DRAFT:
        return address_of(cast, name)
    draft = Framework.objects.filter(status=Framework.Status.DRAFT).first() or copy_framework(
        framework=cast.review.framework, name="EDS 2030", copied_by=cast.administrator
    )
    known = {"pk": draft.pk, "area": "1A", "number": 1}
    return reverse(name, kwargs={key: known[key] for key in own_patterns()[name]})


def _client(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def undrawn(monkeypatch):
    """No page is drawn, and no refusal told in the log: of what is answered only the status is looked at."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *args, **kwargs: "")


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_each_person_may_do_what_the_table_says(world, undrawn, stage):
    world.cast.move(stage)
    assert world.wrong({name: row[stage] for name, row in POSTS.items()}) == []


@pytest.mark.django_db
def test_each_person_may_do_for_a_body_or_an_edition_what_the_table_says(world, undrawn):
    world.cast.move(stages.SCORING)
    assert world.wrong(ANY_STAGE) == []


def _reader(world: World, name: str) -> tuple[str, str]:
    """A stage at which, and somebody by whom, the address is read."""
    return next(
        (stage or stages.MEETING, who)
        for stage, row in TABLE[name].items()
        for who, status in row.items()
        if who in world.clients and (status in (200, 301) or (status == 302 and who != "public"))
    )


@pytest.mark.django_db
def test_an_address_that_is_only_read_takes_nothing(world, undrawn, monkeypatch):
    """Sent by somebody who may read it, when they may: nothing is written, and nobody looks at what was sent."""
    readers = {name: _reader(world, name) for name in READ}
    looked, taken = [], []

    def look(request):
        if ".views" in sys._getframe(1).f_globals["__name__"]:
            looked.append(name)
        return QueryDict()

    monkeypatch.setattr(WSGIRequest, "POST", property(look))
    for name, (stage, who) in readers.items():
        world.cast.move(stage)
        with CaptureQueriesContext(connection) as asked:
            status = world.status(who, name)
        if status != 405:  # it refuses every POST
            written = [query["sql"] for query in asked if query["sql"].startswith(WRITES)]
            # The session notes when they were last here, and the cache what was worked out.
            taken += [(name, sql) for sql in written if "django_session" not in sql and '"cache"' not in sql]
            assert (name, status) == (name, 200)
    assert (looked, taken) == ([], [])
