"""The permission table: every action, by every person of the own body and of another, at every stage.

An action is a POST. Here it is sent with nothing in it: who may act is answered by the page or sent on (200), who
may not is told why (403), who may not know of it is told nothing (404), and who is not signed in is asked to (302).
What it changes is undone before the next person tries. No page is drawn, for only the status is looked at: what pages
look like is shown elsewhere.

To add an address, give its name a row:
- It takes a POST: `"my_action": may("lead", at=SETTING_UP)` in POSTS. `may` gives 200 to those people at those stages
  (all stages unless said), 403 to everybody else inside the review, 404 to all others, 302 to the public; name a person
  to say something else: `may("lead", chair=404)`. Where stages differ in more than who may, join rows:
  `may("lead") | at(stages.PUBLISHED, may("administrator"))`. What has nothing to do with the stage of a review goes to
  ANY_STAGE, which is asked once.
- It is only read: its name in READ. That is shown by a POST to it: it may neither write nor look at what was sent.
If the address is about a row of its own, `_pk` or `ARGUMENTS` in test_addresses.py says which.
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

from casestudies import stages
from casestudies.actions.frameworks import copy_framework
from casestudies.models import Framework, Role
from scoring.models import PanelMember
from tests.cast import Cast, person, share_with
from tests.test_addresses import SIGN_IN, TABLE, address_of, make_everything, own_patterns

pytestmark = pytest.mark.sqlite  # who may do what is no question of the database
INSIDE = ("lead", "author", "reader", "chair", "member", "guest")
ELSEWHERE = (
    "stranger",
    "their_author",
    "their_reader",
    "their_member",
)  # the stranger is their equality lead
OUTSIDE = ("administrator", *ELSEWHERE)
WHO = ("public", *INSIDE, *OUTSIDE)
SEATED = ("chair", "member", "guest")
PANEL = ("chair", "member")

SETTING_UP = (stages.SETUP, stages.EVIDENCE)
TO_SCORING = (*SETTING_UP, stages.SCORING)
TO_MODERATION = (*TO_SCORING, stages.MODERATION)
TO_APPROVAL = (*TO_MODERATION, stages.APPROVAL)
SCORED = (stages.SCORING, stages.MODERATION)
OPEN = (stages.MODERATION, stages.APPROVAL, stages.PUBLISHED)

Row = dict[str, dict[str, int]]  # stage: person: status


def may(*names: str, at=stages.STAGES, inside: int = 403, outside: int = 404, **changes: int) -> Row:
    rest = dict.fromkeys(INSIDE, inside) | dict.fromkeys(OUTSIDE, outside) | {"public": SIGN_IN} | changes
    return {stage: rest | (dict.fromkeys(names, 200) if stage in at else {}) for stage in stages.STAGES}


def at(stage: str, row: Row) -> Row:
    """Of the row only this stage."""
    return {stage: row[stage]}


POSTS: dict[str, Row] = {
    "stage": may("lead"),
    "closing_date": may("lead", at=TO_SCORING),
    "review_header": may("lead", at=TO_APPROVAL),
    "case_study_add": may("lead", at=SETTING_UP),
    "case_study_change": may("lead", at=SETTING_UP),
    "case_study_remove": may("lead", at=SETTING_UP),
    "section_add": may("lead", "author", at=SETTING_UP),
    "section_change": may("lead", "author", at=SETTING_UP),
    "section_move": may("lead", "author", at=SETTING_UP),
    "section_remove": may("lead", "author", at=SETTING_UP),
    "evidence_add": may("lead", "author", at=SETTING_UP),
    "evidence_add_details": may("lead", "author", at=SETTING_UP),
    "evidence_details": may("lead", "author", at=SETTING_UP),
    "evidence_outcomes": may("lead", "author", at=SETTING_UP),
    "evidence_groups": may("lead", "author", at=SETTING_UP),
    "evidence_move": may("lead", "author", at=SETTING_UP),
    "evidence_remove": may("lead", "author", at=SETTING_UP),
    "paste": may("lead", "author", at=SETTING_UP),
    "decide": may("lead", at=SETTING_UP),
    "explain": may("lead", "author", at=SETTING_UP),
    "comment_answer": may("lead", "author", at=SETTING_UP),
    "word_in": may("lead", "author", at=SETTING_UP),
    # a file that the lead uploaded
    "word_changes": may("lead", at=SETTING_UP, author=404)
    | {stage: may()[stage] for stage in (stages.SCORING, *OPEN)},
    "mark_ready": may("lead", "author", at=SETTING_UP),
    "self_assessment": may("lead", "author", at=SETTING_UP),
    "self_assessment_shown": may("lead", at=SETTING_UP),
    "share_case_study": may("lead"),
    # shared by the body elsewhere with the review: its lead knows of it, authors do not
    "accept_shared": may("lead", stranger=403, author=404),
    "end_shared": may("lead", "stranger", at=TO_MODERATION, stranger=403, author=404),
    "declare_interest": may(*SEATED, at=TO_MODERATION),
    # nobody has declared one: 404 to whom it would be open
    "interest_take_back": may() | {stage: may(**dict.fromkeys(SEATED, 404))[stage] for stage in TO_SCORING},
    "panel_interest": may() | {stage: may(lead=404)[stage] for stage in TO_MODERATION},
    "score": may(*SEATED, at=(stages.SCORING,)),
    "submit_scores": may(*SEATED, at=(stages.SCORING,)),
    "change_scores": may(*SEATED, at=SCORED),
    "confirm_scores": may(*SEATED, at=SCORED),
    "panel_add": may("lead", at=TO_MODERATION),
    "panel_member": may("lead", at=TO_MODERATION),
    "panel_remove": may("lead", at=TO_MODERATION),
    "panel_put_back": may("lead", at=TO_MODERATION),
    "panel_send": may("lead", at=TO_MODERATION),
    "panel_leave": may(*PANEL, at=TO_MODERATION),
    "paper": may("lead", *PANEL),  # leads on to the sheet, and writes nothing
    "enter_sheet": may("lead", at=(stages.SCORING,)),
    "workshop": may("lead", at=(stages.SCORING,)),
    "close_workshop": may("lead", at=(stages.SCORING, *OPEN)),
    "confirm_people": may("lead", at=SCORED),
    "remove_person": may("lead", at=(stages.SCORING,)),
    "move_workshop_on": may("lead", at=(stages.SCORING,)),
    "reveal": may("lead", at=(stages.SCORING,)),
    "moderate": may("lead", "chair", at=(stages.MODERATION,)),
    "domain_choice": may("lead", at=(stages.MODERATION,)),
    "recommendation_add": may("lead", at=TO_APPROVAL),
    "recommendation_change": may("lead", at=TO_APPROVAL),
    "recommendation_remove": may("lead", at=TO_APPROVAL),
    "recommendation": may("lead"),
    "recommendation_owner": may("lead"),
    "ask_owner": may("lead", at=(stages.APPROVAL, stages.PUBLISHED)),
    "accept_warning": may("lead", at=OPEN),
    "report_words": may("lead", at=TO_APPROVAL),
    "approval": may("lead", at=(stages.APPROVAL,)),
    "publishing": may("lead"),
}


def once(*names: str, knowing=WHO, otherwise: int = 404, **changes: int) -> dict[str, int]:
    """200 for these people, 403 for those who know of it, 404 for all others."""
    rest = {who: 403 if who in knowing else otherwise for who in WHO}
    return rest | {"public": SIGN_IN} | dict.fromkeys(names, 200) | changes


IMPORTS = ("about", "case_study", "lines", "mend", "confirm", "discard")
BODY = ("lead", "author", "reader", "administrator", "guest")  # who know of the body beside its reviews
EVERYBODY = dict.fromkeys(WHO, 200)
ANY_STAGE: dict[str, dict[str, int]] = {
    "review_new": once("lead", "stranger"),
    "import_report": once("lead", "stranger"),
    **{f"import_{page}": once("lead", knowing=("guest",)) for page in IMPORTS},  # an upload of one's own
    "organisation_add": once("administrator"),
    "organisation": once("administrator", knowing=BODY),
    "invite_person": once("administrator", "lead", knowing=BODY),
    "abbreviations": once("administrator", "lead", knowing=BODY),
    "abbreviation": once("administrator", "lead", knowing=BODY),
    "abbreviation_remove": once("administrator", "lead", knowing=BODY),
    "roles": once("administrator", "lead", knowing=BODY),
    "group_add": once("administrator", "lead", knowing=BODY),
    "group_change": once("administrator", "lead", knowing=BODY),
    "group_remove": once("administrator", "lead", knowing=BODY),
    "national_group_add": once("administrator"),
    "national_group_change": once("administrator"),
    "national_group_remove": once("administrator"),
    "invite_again": once("administrator", "lead", knowing=BODY),
    "objective": once("lead", knowing=BODY),
    "objective_add": once("lead", knowing=BODY),
    "objective_change": once("lead", knowing=BODY),
    "objective_end": once("lead", knowing=BODY),
    "duty_publication": once("lead", knowing=BODY),
    "administrators": once("administrator"),
    "administrator_remove": once("administrator"),
    "copy_framework": once("administrator"),
    # of a draft, which only administrators see
    "put_in_use": once("administrator", knowing=("guest",)),
    "delete_draft": once("administrator", knowing=("guest",)),
    "outcome_area": once("administrator", knowing=("guest",)),
    "move_outcome_area": once("administrator", knowing=("guest",)),
    "metrics": dict.fromkeys(WHO, 404),  # for who knows its token
    "outcome_area_add": once("administrator", knowing=("guest",)),
    "outcome_area_remove": once("administrator", knowing=("guest",)),
    "grades": once("administrator", knowing=("guest",)),
    "bands": once("administrator", knowing=("guest",)),
    # whom nobody named as an owner, with no link
    "owned_recommendation": dict.fromkeys(WHO, 404),
    "owner_link": dict.fromkeys(WHO, 404),
    "join": EVERYBODY,
    "join_code": EVERYBODY,
}
READ = {
    *("home", "health", "health_live", "health_ready", "accessibility", "privacy"),
    *("frameworks", "framework", "framework_preview", "framework_differences"),
    *("trail", "trail_file", "organisations", "people", "objectives", "my_work", "reviews", "review"),
    *(
        "import_preview",
        "word_out",
        "write",
        "personal",
        "case_study",
        "versions",
        "offers",
        "shared_case_study",
    ),
    *("groups", "national_groups"),
    *("evidence", "evidence_item", "evidence_map", "review_evidence_map", "evidence_file"),
    *("check_scores", "panel", "paper_sheet", "workshop_screen", "workshop_now", "workshop_state"),
    *("moderation", "moderate_now", "recommendations", "checks", "preview", "preview_file"),
    *(
        "reports",
        "search",
        "open_data",
        "results_csv",
        "results_json",
        "feed",
        "organisation_years",
        "system",
    ),
    *("report", "report_file", "report_edition", "report_edition_file"),
}
WRITES = ("INSERT", "UPDATE", "DELETE")
SUBMITTED = 2  # the case study for which everybody who scores has submitted
OF_SUBMITTED = {"change_scores", "confirm_scores"}
OF_DRAFT = {
    *("put_in_use", "delete_draft", "outcome_area", "move_outcome_area"),
    *("outcome_area_add", "outcome_area_remove", "grades", "bands"),
}


def test_every_address_has_one_row():
    assert set(own_patterns()) == {*POSTS, *ANY_STAGE, *READ}
    assert len(own_patterns()) == len(POSTS) + len(ANY_STAGE) + len(READ)


@dataclass
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
        return 200 if response.status_code in (200, 302) else response.status_code

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
        for who in SEATED:
            cast.score(cast.people[who], SUBMITTED, 2, 2, 2, 2)
        people = {who: cast.people.get(who) for who in WHO} | _people_elsewhere(cast)
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
@pytest.mark.parametrize("stage", stages.STAGES)
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
        (stage or stages.MODERATION, who)
        for stage, row in TABLE[name].items()
        for who, status in row.items()
        if who in world.clients and (status == 200 or (status == 302 and who != "public"))
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
            taken += [
                (name, sql) for sql in written if "django_session" not in sql
            ]  # notes when they were last here
            assert (name, status) == (name, 200)
    assert (looked, taken) == ([], [])
