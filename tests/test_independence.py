"""Until its reveal nothing tells anyone what another member scored of a case study: no page, file, admin screen, error
or e-mail, also while the scores of another case study of the review are revealed.

Two worlds differ in one thing only: what Oscar Other scored, drafted and wrote, and what is recorded as agreed. Every
address of the portal is asked for by every other person, in every stage before moderation, and has to answer both
worlds with the same bytes: so no value shows, nor a total, a mean, a count of a value, or an order made by one.
"""

import itertools
import re
from dataclasses import dataclass, field

import pytest
from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from casestudies.models import Review
from eds import stages
from eds.scores.answers import Answer
from edsportal.audit.triggers import lifted
from scoring.models import AgreedScore, Commentary, Draft, Score
from scoring.recommendations.actions import Wording
from scoring.review.sharing import accept_case_study, offer_case_study
from scoring.review.stages.case_studies import move_case_study
from scoring.scores.actions import save_draft
from scoring.search.indexing import rebuild
from tests.cast import join, make_cast, open_a_workshop, upload_of
from tests.clients import client_with, cookies_of
from tests.page_addresses import addresses_with_every_row, all_names
from tests.pages import PAGES
from tests.pages_beside_reviews import PACKAGES
from tests.prepare import recommend

pytestmark = pytest.mark.slow

WATCHERS = ("public", "administrator", "lead", "author", "reader", "chair", "member", "stranger", "guest")
PLANTED = ("PLANTED-FIRST", "PLANTED-SECOND")  # every planted text of each world holds its mark

LOOKUPS = (
    "?q=PLANTED",
    "?panel_members__scores__value=3",
    "?panel_members__scores__value__gt=1",
    "?o=1",
    "?e=1",
)
POSTED = {
    "score_1A": "2",
    "rationale_1A": "Mine",
    "check": "yes",
    "reason": "A reason",
    "to": "approval",
    "case_studies": "2",
    "email": "oscar.other@example.org",
}


def test_every_address_stands_in_the_table():
    assert all_names() == {*PAGES, *PACKAGES}


def admin_addresses() -> list[str]:
    found = ["/admin/", "/admin/scoring/", "/admin/casestudies/", "/admin/nowhere/", "/admin/jsi18n/"]
    found += ["/admin/r/1/1/", "/admin/login/", "/admin/password_change/", "/admin/scoring/score/"]
    found.append("/admin/autocomplete/?app_label=scoring&model_name=panelmember&field_name=user&term=o")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        listed = reverse(f"{name}_changelist")
        found += [listed, *(listed + lookup for lookup in LOOKUPS), reverse(f"{name}_add")]
        row = model.objects.order_by("pk").first()
        if row is not None:
            found += [reverse(f"{name}_{view}", args=[row.pk]) for view in ("change", "history", "delete")]
    return found


def plant(cast) -> None:
    """Scores and a draft of Oscar Other, and what is recorded as agreed, for `make_world` to fill."""
    cast.score(cast.member, 1, 1, 1, 1, 1)
    cast.score(cast.other, 1, 0, 0, 0, 0)
    case_study, draft = cast.case_studies[:2]
    areas = list(draft.domain.outcome_areas.all())
    answers = {area.code: Answer(value=0, rationale="x") for area in areas}
    save_draft(member=cast.members[cast.other], version=draft.versions.get(), areas=areas, answers=answers)
    for area in areas:
        AgreedScore.objects.create(
            case_study=case_study, outcome_area=area, value=0, rationale="x", recorded_by=cast.chair
        )
    Commentary.objects.create(case_study=case_study, text="x")
    recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    share_there(cast)


def share_there(cast) -> None:
    """The case study stands in the report of the stranger's body too, whose own review is agreed."""
    there = Review.objects.create(
        organisation=cast.stranger.roles.get().organisation, framework=cast.review.framework, year="2026"
    )
    offer = offer_case_study(
        case_study=cast.case_studies[0], organisation=there.organisation, offered_by=cast.lead
    )
    accept_case_study(shared=offer, accepted_by=cast.stranger)
    Review.objects.filter(pk=there.pk).update(stage=stages.APPROVAL)
    upload_of(cast.lead, cast.organisation)


def make_world(cast, place: int) -> None:
    value, text = (0, 3)[place], PLANTED[place]
    with lifted(connection):  # the database refuses to change a score
        first = cast.case_studies[0]
        Score.objects.filter(member=cast.members[cast.other]).update(value=value, rationale=text)
        AgreedScore.objects.filter(case_study=first).update(value=value, rationale=text)
        Commentary.objects.filter(case_study=first).update(text=text)
    Draft.objects.update(value=value, rationale=text)
    rebuild()


RANDOM = re.compile(
    rb'name="(?:csrfmiddlewaretoken|page|typed_by)"[^>]*>|[0-9a-f]{32}|\d\d:\d\d(?::\d\d(?:\.\d+)?)?'
    rb'|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"seconds": [0-9]+'
    rb'|/(?:panel-invitation|account/(?:invitation|password/reset/key))/[^\s"]+'
)


Asked = tuple[str, str, str, bool]  # who, method, address, whether something was sent
Answered = tuple[int, str, bytes, bytes]  # status, the way on, the body, the e-mails


@dataclass
class World:
    """Every answer of one world, and the statements with which the database was asked for each."""

    answers: dict[Asked, Answered] = field(default_factory=dict)
    statements: dict[Asked, set[str]] = field(default_factory=dict)


def answer(cookies, capture, method: str, address: str, data=None) -> Answered:
    """What is answered, without what differs each time. Undone after."""
    client = client_with(cookies)
    mail.outbox.clear()
    cache.clear()  # where allauth counts how often somebody tried
    with transaction.atomic():
        with capture(execute=True):
            response = getattr(client, method)(address, data)
        transaction.set_rollback(True)
    letters = [f"{each.subject}{each.body}{each.alternatives}" for each in mail.outbox]
    mails = RANDOM.sub(b"", " ".join(letters).encode())
    return response.status_code, response.get("Location", ""), RANDOM.sub(b"", response.getvalue()), mails


MIXED = "mixed"  # the first case study is scored, while the scores of the second are revealed


def bring(cast, stage: str) -> None:
    """All case studies to this stage, or each to its own."""
    cast.move(stages.SCORING if stage == MIXED else stage)
    if stage == MIXED:
        second = cast.case_studies[1]
        cast.score(cast.member, 2, 1, 1, 1, 1)
        move_case_study(case_study=second, to=stages.MEETING, moved_by=cast.lead)
        area = second.domain.outcome_areas.first()
        AgreedScore.objects.create(
            case_study=second, outcome_area=area, value=1, rationale="Agreed by all", recorded_by=cast.chair
        )


def requests_at(cast, stage: str) -> list[tuple[str, str, dict | None]]:
    """Method, address and data of all that is asked for at a stage."""
    asked = [("get", address, None) for address in addresses_with_every_row(cast)]
    if stage in (stages.SCORING, MIXED):
        asked += [("get", address, None) for address in admin_addresses()]
        posted = POSTED | {"member": str(cast.members[cast.other].pk)}
        sent = (posted,) if stage == MIXED else ({}, posted)
        asked += [
            ("post", address, data)
            for address in addresses_with_every_row(cast, sent_to=True)
            for data in sent
        ]
    return asked


def ask(sessions, capture, requests, *, only: set[Asked] | None = None) -> World:
    """Everything by everybody; or `only` some of it."""
    world = World()
    for who, (method, address, data) in itertools.product(sessions, requests):
        asked = (who, method, address, bool(data))
        if only is not None and asked not in only:
            continue
        statements = world.statements[asked] = set()

        def note(execute, sql, params, many, context, statements=statements):
            statements.add(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            world.answers[asked] = answer(sessions[who], capture, method, address, data)
    return world


def rows_of_tables() -> dict[str, list]:
    """All that the database holds, by the name of the table."""
    quote, found = connection.ops.quote_name, {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quote(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def asked_of(statements: dict[Asked, set[str]], tables: set[str]) -> set[Asked]:
    """What cannot be answered without a look at one of these tables."""
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, tables))})\b")
    looks = {sql for sql in set().union(*statements.values()) if named.search(sql)}
    return {asked for asked, of in statements.items() if of & looks}


# In the stage of scoring, where most can be done, each watcher is a test of its own, to be shared out among processes.
# The databases differ in how they search and sort: three who see most, of all that there is, look at PostgreSQL too.
ON_BOTH = ("public", "administrator", "member")
TURNS = [
    pytest.param(stages.WRITING, WATCHERS, marks=pytest.mark.sqlite),
    *(
        pytest.param(stage, (who,), marks=pytest.mark.both if who in ON_BOTH else pytest.mark.sqlite)
        for stage in (stages.SCORING, MIXED)
        for who in WATCHERS
    ),
]


# Without `transaction`, SQLite would read its schema anew after each request that is undone.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("stage", "watchers"), TURNS)
def test_nobody_learns_what_another_member_scored(
    django_capture_on_commit_callbacks, settings, unprinted, stage, watchers
):
    """The second world is asked what the first could answer only from a table in which the two differ.

    The admin site is on, as an administrator may have it.
    """
    settings.ROOT_URLCONF = "tests.edsportal.admin_urls"
    cast = make_cast(services=2)
    plant(cast)
    cast.guest = join(open_a_workshop(cast), confirmed_by=cast.lead)
    bring(cast, stage)
    sessions = {who: cookies_of(cast.people[who]) for who in watchers}
    requests = requests_at(cast, stage)
    make_world(cast, 0)
    before = rows_of_tables()
    first = ask(sessions, django_capture_on_commit_callbacks, requests)
    assert rows_of_tables() == before  # nothing stays of what was asked
    make_world(cast, 1)
    after = rows_of_tables()
    differing = {table for table, rows in before.items() if rows != after[table]}
    assert differing >= {model._meta.db_table for model in (Score, AgreedScore, Commentary, Draft)}
    again = asked_of(first.statements, differing)
    second = ask(sessions, django_capture_on_commit_callbacks, requests, only=again)
    assert {who for who, *_ in second.answers} == set(watchers)  # there was something to compare
    assert [asked for asked in second.answers if first.answers[asked] != second.answers[asked]] == []
    assert told(first, 0) + told(second, 1) == []
    statuses = {given[0] for given in first.answers.values()}
    assert statuses >= ({200, 302, 403, 404} if watchers == WATCHERS else {200, 302, 404})
    assert max(statuses) < 500


def told(world: World, place: int) -> list[Asked]:
    """What was answered with a text that only this world's scores hold."""
    planted = PLANTED[place].encode()
    return [asked for asked, given in world.answers.items() if planted in b" ".join(given[2:])]


def test_the_two_worlds_do_differ_for_whom_they_should(db, django_capture_on_commit_callbacks):
    """Otherwise the test above would prove nothing: the scorer sees their own, and from moderation the panel all."""
    cast = make_cast(services=2)
    plant(cast)
    own, page = Client(), reverse("score", args=[*cast.address, 1])
    own.force_login(cast.other)
    lead, meeting = Client(), reverse("moderate", args=[*cast.address, 1])
    lead.force_login(cast.lead)
    for place in (0, 1):
        make_world(cast, place)
        cast.move(stages.SCORING)
        assert PLANTED[place] in own.get(page).content.decode()
        assert PLANTED[place] not in lead.get(meeting).content.decode()
        cast.move(stages.MEETING)
        assert PLANTED[place] in lead.get(meeting).content.decode()
