"""The stateful adversary: somebody with a role does all that the portal offers them, and then looks again.

At each stage of a case study each person sends every form of the portal, wherever it was offered to anybody, those of
the admin site included; one write builds upon another. Then they open every page and file that could show what a panel
member scored, and look for what another member wrote: Oscar Other's reasons and draft, the panel's commentary, and
what is recommended. While scoring is open they must not even be able to tell which of two scores he gave. And whatever
they did, his scores are still his, count as they did at the reveal, and no account changed hands.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from casestudies.models import DeclaredInterest, PanelMember
from casestudies.reviews.locks import at_any_stage
from eds import stages
from eds.scores.answers import Answer
from edsportal.accounts.models import User
from reports.formats import FORMATS
from scoring.models import AgreedScore, Commentary, Score
from scoring.recommendations.actions import Wording
from scoring.scores.actions import save_draft
from scoring.search.indexing import rebuild
from tests.adversary_forms import about, all_forms, in_order, place
from tests.cast import Cast
from tests.clients import client_with, cookies_of
from tests.hostile import Form
from tests.pages import ANY_STAGE
from tests.prepare import recommend
from tests.test_actions_by_role import World, world  # noqa: F401 (a fixture)
from tests.test_independence import RANDOM

pytestmark = [pytest.mark.sqlite, pytest.mark.slow, pytest.mark.xdist_group("adversary")]

REASON, DRAFT = "PLANTED-REASON", "PLANTED-DRAFT"
COMMENTARY, ACTION = "PLANTED-COMMENTARY", "PLANTED-ACTION"
MARKS = (REASON, DRAFT, COMMENTARY, ACTION)

# Everybody who could try, by what they are.
PEOPLE = {
    "public": None,
    "administrator": "administrator",
    "lead": "lead",
    "lead with an interest": "lead",  # on the panel, and declared it
    "author": "author",
    "author on the panel": "author",
    "reader": "reader",
    "chair": "chair",
    "member": "member",
    "member with an interest": "member",
    "guest whom nobody confirmed": "guest",
    "lead of another organisation": "stranger",
}
ON_PANEL = ("lead with an interest", "author on the panel")
INTERESTED = ("lead with an interest", "member with an interest")
LEADS = ("lead", "lead with an interest")
CAN_LEAVE = (*INTERESTED, "author on the panel")  # the panel, which must not free them of anything
INSIDE = set(PEOPLE) - {"public", "administrator", "lead of another organisation"}
PANEL = {"chair", "member", "author on the panel"}

# What a lead may do before the reveal, and shows scores: the reveal itself.
REVEALS = {"stage", "close_scoring", "reveal", "open_scoring", "move_workshop_on"}
# Around words that the search found.
MARKED = re.compile(rb"</?mark>")
# Every page and file that could show what is planted; `test_what_shows_it_is_a_door` looks that none is missing.
DOORS = {
    *("my_work", "search", "review", "case_study", "versions", "panel", "panel_member", "own_data"),
    *("score", "score_step", "check_scores", "change_scores", "paper_grid", "enter_sheet", "scores_csv"),
    *("workshop", "workshop_now", "workshop_state", "moderation", "moderate", "moderate_now"),
    *(
        "domain_choice",
        "recommendations",
        "recommendation",
        "recommendation_change",
        "recommendation_remove",
        "checks",
    ),
    *("recommendation_owner", "what_became", "preview", "preview_file", "report", "report_file", "trail"),
    *("trail_file", "report_easy_read", "approval", "end_meeting", "shared_case_study", "evidence_map"),
}


def hidden_from(who: str, stage: str) -> set[str]:
    """What the person must not find at this stage: the promises of docs/privacy and the policy, said once more."""
    hidden = {DRAFT}
    revealed, agreed = stage not in (stages.WRITING, stages.SCORING), stage in stages.APPROVED
    if not (revealed and who in PANEL | {"lead"}):
        hidden.add(REASON)
    reads = who in INSIDE and (agreed or who in PANEL | {"lead"})
    interested_reads = who in INTERESTED and stage == stages.AGREED
    if (
        who == "administrator"
    ):  # reads the audit log, and in it what a panel said once its scores are revealed
        return hidden | (set() if revealed else {COMMENTARY})
    if not (revealed and (reads or interested_reads)):
        hidden |= {COMMENTARY} | (set() if who in LEADS else {ACTION})
    return hidden


@dataclass
class Theatre:
    """The world in which each plays, the forms that were found in it, and the addresses to look at."""

    world: World
    forms: list[tuple[str, Form]]  # by the name of the address
    doors: list[str]

    @property
    def cast(self) -> Cast:
        return self.world.cast


@pytest.fixture(scope="module")
def theatre(world, django_db_blocker):  # noqa: F811
    quiet = logging.getLogger("django.request")
    with (
        django_db_blocker.unblock(),
        override_settings(ROOT_URLCONF="tests.edsportal.admin_urls"),
        patch.dict(FORMATS, {name: FORMATS[name] for name in ("html", "json", "docx")}, clear=True),
        patch.object(quiet, "disabled", True),
    ):
        plant(world.cast)
        yield Theatre(world=world, forms=in_order(all_forms(world)), doors=doors_of(world))


@at_any_stage()
def plant(cast: Cast) -> None:
    """What Oscar Other scored, and has begun to score; what the panel says, and what is recommended."""
    cast.move(stages.SCORING)
    other, first, second = cast.members[cast.other], *cast.case_studies[:2]
    for user, value in ((cast.chair, 2), (cast.member, 2), (cast.other, 0)):
        cast.score(user, 1, *[value] * 4)
    submit_again(cast, 0)
    areas = list(second.domain.outcome_areas.all())
    answers = {area.code: Answer(value=3, rationale=DRAFT) for area in areas}
    save_draft(member=other, version=second.versions.latest("number"), areas=areas, answers=answers)
    Commentary.objects.create(
        case_study=first, text=COMMENTARY, recorded_by=cast.chair, recorded_at=timezone.now(), sequence=9
    )
    recommend(review=cast.review, wording=Wording(theme="Access", action=ACTION))
    rebuild()


def submit_again(cast: Cast, value: int) -> None:
    """Newer scores of Oscar Other for the first case study."""
    for row in Score.objects.current().filter(
        member=cast.members[cast.other], version__case_study=cast.case_studies[0]
    ):
        given = {"member": row.member, "version": row.version, "outcome_area": row.outcome_area}
        Score.objects.create(
            **given,
            value=value,
            rationale=REASON,
            sequence=row.sequence + 1,
            reason="I read it again",
            submitted_by=row.submitted_by,
            submitted_at=row.submitted_at,
        )


def doors_of(world: World) -> list[str]:  # noqa: F811
    cast, seat = world.cast, world.cast.members[world.cast.other].pk
    found = [world.addresses[name] for name in sorted(DOORS & set(world.addresses))]
    found += [
        reverse("enter_sheet", args=[*cast.address, 1, seat]),
        reverse("panel_member", args=[*cast.address, seat]),
    ]
    found += [reverse(name, args=[*cast.address, 2]) for name in ("score", "check_scores", "moderate")]
    found += [
        reverse("preview_file", args=[*cast.address, "html"]),
        f"{reverse('search')}?q=PLANTED+Commentary+Action",
    ]
    return found


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def undrawn() -> Iterator[None]:
    """Pages that answer a form are not drawn: what they show is looked at after."""
    with patch("django.template.backends.django.Template.render", lambda *args, **kwargs: ""):
        yield


def client_of(cast: Cast, who: str, stage: str) -> tuple[User | None, Client]:
    """The person, as they are told in `PEOPLE`, with the case studies at this stage."""
    user = cast.people[PEOPLE[who]] if PEOPLE[who] else None
    if who in ON_PANEL:
        place = PanelMember.objects.create(
            review=cast.review, user=user, name=user.name, interest="carer", position=9
        )
        place.domains.set([cast.case_studies[0].domain])
    if who in INTERESTED:
        DeclaredInterest.objects.create(
            member=user.panel_members.get(), case_study=cast.case_studies[0], reason="My own service"
        )
    if who.startswith("guest"):
        joining = user.panel_members.get().joining
        type(joining).objects.filter(pk=joining.pk).update(confirmed_at=None, confirmed_by=None)
    cast.move(stage)
    return user, client_with(cookies_of(user))


def send(theatre: Theatre, who: str, stage: str, user: User | None, client: Client, *, last: bool) -> None:
    """Send every form with which something begins, or (`last`) ends; with oneself wherever a person is named."""
    for name, form in theatre.forms:
        if last != bool(place(name)):
            continue
        if who in LEADS and stage in (stages.WRITING, stages.SCORING) and name in REVEALS:
            continue  # from then on they may see
        if name in ANY_STAGE and stage not in (stages.SCORING, stages.MEETING):
            continue  # of no review: once before the reveal and once after it
        sent = dict(form.values)
        if user is not None:
            sent |= {key: [user.pk] for key in sent if key == "user"}
            if who != "administrator":  # who may appoint themselves the equality lead, and then is one
                sent |= {key: [user.email] for key, given in sent.items() if given == ["new@example.org"]}
        for address in about(theatre.cast, user, name, form):
            with transaction.atomic():
                client.post(address, sent)
            client.cookies.pop("messages", None)


def look(theatre: Theatre, client: Client) -> dict[str, bytes]:
    """What every door shows, without what differs each time."""
    found = {}
    for address in theatre.doors:
        with undone():
            response = client.get(address)
            page = response.getvalue() if response.status_code == 200 else b""
            found[address] = RANDOM.sub(b"", MARKED.sub(b"", page))
    return found


def what_stays(cast: Cast, who: str, stage: str) -> dict:
    """What no act may change: whose scores they are and what they are, who signs in as whom, and, from the reveal on,
    what the panel scored alone and who counted."""
    other, first = cast.members[cast.other], cast.case_studies[0]
    me = cast.people[PEOPLE[who]] if PEOPLE[who] else None
    kept = {
        "places": list(
            PanelMember.objects.exclude(user=None).order_by("pk").values_list("pk", "user").exclude(user=me)
        ),
        "accounts": list(
            User.objects.filter(pk__in=[each.pk for each in cast.people.values() if each not in (None, me)])
            .order_by("pk")
            .values_list("pk", "email", "password")
        ),
        "scores": list(
            Score.objects.filter(member=other).order_by("pk").values_list("pk", "value", "rationale")
        ),
    }
    if stage not in (stages.WRITING, stages.SCORING):
        counted = Score.objects.filter(version__case_study=first).counted().exclude(member__user=me)
        kept["counted"] = sorted(counted.values_list("member", "outcome_area", "value"))
        kept["shown"] = PanelMember.objects.told().filter(pk=other.pk).exists()
    is_revealed = stage in stages.REVEALED  # before it a member may withdraw their declaration
    if who == "author on the panel" or (who in INTERESTED and is_revealed):
        scores = Score.objects.filter(member__user=me, version__case_study=first)
        kept["judged"] = scores.count(), AgreedScore.objects.filter(recorded_by=me, case_study=first).count()
        kept["declared"] = (
            who in INTERESTED
            and stage in stages.REVEALED
            and first.declared_interests.filter(member__user=me).exists()
        )
    return kept


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_whatever_somebody_does_they_learn_and_change_nothing_of_anothers_scores(theatre, who):
    wrong = []
    for stage in stages.CASE_STUDY:
        with undone():
            wrong += [(stage, *each) for each in play(theatre, who, stage)]
    assert wrong == []


def play(theatre: Theatre, who: str, stage: str) -> list[tuple]:
    """What somebody found that they must not, or what is other than it has to stay, after all that they did."""
    cast = theatre.cast
    user, client = client_of(cast, who, stage)
    before, found = what_stays(cast, who, stage), []
    for last in (False, True):
        with undrawn():
            send(theatre, who, stage, user, client, last=last)
        if not last or who in CAN_LEAVE:
            found += seen(theatre, who, stage, client)
    after = what_stays(cast, who, stage)
    return found + [(name, kept, after[name]) for name, kept in before.items() if after[name] != kept]


def seen(theatre: Theatre, who: str, stage: str, client: Client) -> list[tuple]:
    """Where somebody sees what they must not; while scoring is open also where a page tells one score from another."""
    user = theatre.cast.people[PEOPLE[who]] if PEOPLE[who] else None
    assert user is None or client.session["_auth_user_id"] == str(user.pk)
    with undone():
        submit_again(theatre.cast, 0)
        shown = look(theatre, client)
    hidden = hidden_from(who, stage)
    found = [(address, mark) for address, page in shown.items() for mark in hidden if mark.encode() in page]
    if stage == stages.SCORING:
        with undone():
            submit_again(theatre.cast, 3)
            again = look(theatre, client)
        found += [
            (address, "tells one score from another") for address in shown if shown[address] != again[address]
        ]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "stage"), [("lead", stages.MEETING), ("chair", stages.AGREED)])
def test_what_shows_it_is_a_door(theatre, who, stage):
    """Of all pages that those open who see most."""
    with undone():
        _, client = client_of(theatre.cast, who, stage)
        others = set(theatre.world.addresses.values()) - set(theatre.doors)
        pages = {address: client.get(address) for address in sorted(others)}
    shown = {address: page.getvalue() for address, page in pages.items() if page.status_code == 200}
    assert [address for address, page in shown.items() if any(mark.encode() in page for mark in MARKS)] == []
