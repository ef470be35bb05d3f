"""Until moderation nothing tells anyone what another member scored: no page, file, admin screen, error or e-mail.

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
from django.urls import URLPattern, get_resolver, reverse

from casestudies import stages
from casestudies.models import Group, Review, SharedCaseStudy
from edsportal.trail.triggers import lifted
from scoring.actions.recommendations import Wording, recommend
from scoring.actions.scores import save_draft
from scoring.actions.sharing import accept_case_study, offer_case_study
from scoring.judging import Answer
from scoring.models import AgreedScore, Commentary, Draft, Recommendation, ReportUpload, Score
from scoring.search.indexing import rebuild
from tests.cast import file_of, group_of, join, make_cast, objective_of, open_a_workshop, quote_of, upload_of
from tests.clients import client_with, cookies_of

WATCHERS = ("public", "administrator", "lead", "author", "reader", "chair", "member", "stranger", "guest")
PLANTED = ("PLANTED-FIRST", "PLANTED-SECOND")  # every planted text of each world holds its mark

# Every address by its name, with what it takes besides the organisation, the year and the number of a case study.
OWN = {
    "health": {},
    "health_live": {},
    "health_ready": {},
    "metrics": {},
    "accessibility": {},
    "privacy": {},
    "home": {},
    "reports": {},
    "search": {},
    "results_json": {},
    "results_csv": {},
    "feed": {},
    "open_data": {},
    "report": {},
    "report_file": {"format": ["html", "pdf", "json"]},
    "report_edition": {"edition": ["1"]},
    "report_edition_file": {"edition": ["1"], "format": ["html", "pdf", "json"]},
    "my_work": {},
    "reviews": {},
    "frameworks": {},
    "framework": {"pk": ["framework"]},
    "framework_differences": {"pk": ["framework"]},
    "framework_preview": {"pk": ["framework"]},
    "copy_framework": {"pk": ["framework"]},
    "put_in_use": {"pk": ["framework"]},
    "delete_draft": {"pk": ["framework"]},
    "outcome_area": {"pk": ["framework"], "area": ["area"]},
    "move_outcome_area": {"pk": ["framework"], "area": ["area"]},
    "outcome_area_add": {"pk": ["framework"]},
    "outcome_area_remove": {"pk": ["framework"], "area": ["area"]},
    "grades": {"pk": ["framework"]},
    "bands": {"pk": ["framework"]},
    "organisation_years": {},
    "system": {"pk": ["system"]},
    "trail": {},
    "trail_file": {},
    "organisations": {},
    "organisation": {},
    "organisation_add": {},
    "people": {},
    "objectives": {},
    "objective": {"pk": ["objective"]},
    "objective_add": {},
    "objective_change": {"pk": ["objective"]},
    "objective_end": {"pk": ["objective"]},
    "duty_publication": {},
    "roles": {"pk": ["person"]},
    "abbreviations": {},
    "abbreviation": {"pk": ["abbreviation"]},
    "abbreviation_remove": {"pk": ["abbreviation"]},
    "invite_person": {},
    "groups": {},
    "group_add": {},
    "group_change": {"pk": ["group"]},
    "group_remove": {"pk": ["group"]},
    "national_groups": {},
    "national_group_add": {},
    "national_group_change": {"pk": ["national group"]},
    "national_group_remove": {"pk": ["national group"]},
    "invite_again": {"pk": ["person"]},
    "administrators": {},
    "administrator_remove": {"pk": ["person"]},
    "review": {},
    "stage": {},
    "closing_date": {},
    "case_study": {},
    "versions": {},
    "panel": {},
    "panel_add": {},
    "panel_member": {"pk": ["seat", "other seat"]},
    "panel_remove": {"pk": ["seat", "other seat"]},
    "panel_put_back": {"pk": ["other seat"]},
    "panel_send": {"kind": ["invitation", "reminder"]},
    "panel_leave": {},
    "declare_interest": {},
    "self_assessment": {},
    "share_case_study": {},
    "offers": {},
    "shared_case_study": {"pk": ["shared"]},
    "accept_shared": {"pk": ["shared"]},
    "end_shared": {"pk": ["shared"]},
    "review_new": {},
    "review_header": {},
    "import_report": {},
    "import_preview": {"waiting": ["upload"]},
    "import_about": {"waiting": ["upload"]},
    "import_case_study": {"waiting": ["upload"]},
    "import_lines": {"waiting": ["upload"]},
    "import_mend": {"waiting": ["upload"]},
    "import_confirm": {"waiting": ["upload"]},
    "import_discard": {"waiting": ["upload"]},
    "word_out": {},
    "word_in": {},
    "word_changes": {"waiting": ["upload"]},
    "case_study_add": {},
    "case_study_change": {},
    "case_study_remove": {},
    "write": {},
    "mark_ready": {},
    "evidence": {},
    "evidence_map": {},
    "review_evidence_map": {},
    "evidence_add": {},
    "evidence_add_details": {"sort": ["link"]},
    "evidence_item": {"item": ["item"]},
    "evidence_details": {"item": ["item"]},
    "evidence_outcomes": {"item": ["item"]},
    "evidence_groups": {"item": ["item"]},
    "evidence_move": {"item": ["item"]},
    "evidence_remove": {"item": ["item"]},
    "evidence_file": {"file": ["file"]},
    "section_add": {},
    "decide": {},
    "personal": {},
    "explain": {"digest": ["none"]},
    "comment_answer": {"comment": ["comment"]},
    "paste": {},
    "section_change": {"section": ["section"]},
    "section_move": {"section": ["section"]},
    "section_remove": {"section": ["section"]},
    "self_assessment_shown": {},
    "score": {},
    "check_scores": {},
    "submit_scores": {},
    "change_scores": {},
    "confirm_scores": {},
    "paper_sheet": {"size": ["standard"]},
    "paper": {},
    "enter_sheet": {"member": ["seat", "other seat"]},
    "join": {},
    "join_code": {"code": ["code"]},
    "workshop": {},
    "workshop_screen": {},
    "close_workshop": {},
    "confirm_people": {},
    "remove_person": {"joining": ["guest"]},
    "move_workshop_on": {},
    "reveal": {},
    "workshop_now": {},
    "workshop_state": {},
    "moderation": {},
    "moderate": {},
    "moderate_now": {},
    "recommendations": {},
    "recommendation": {"pk": ["recommendation"]},
    "recommendation_add": {},
    "recommendation_change": {"pk": ["recommendation"]},
    "recommendation_remove": {"pk": ["recommendation"]},
    "recommendation_owner": {"pk": ["recommendation"]},
    "ask_owner": {"pk": ["recommendation"]},
    "owned_recommendation": {"pk": ["recommendation"]},
    "owner_link": {"token": ["none"]},
    "interest_take_back": {},
    "panel_interest": {"pk": ["seat", "other seat"]},
    "checks": {},
    "domain_choice": {},
    "accept_warning": {"key": ["none"]},
    "preview": {},
    "report_words": {},
    "approval": {},
    "publishing": {},
    "preview_file": {"format": ["html", "pdf", "json"]},
    "account": {},
    "account_session": {},
    "own_data": {},
    "account_erase": {},
    "account_reauthenticate": {},
    "mfa_index": {},
    "mfa_authenticate": {},
    "mfa_reauthenticate": {},
    "mfa_activate_totp": {},
    "mfa_deactivate_totp": {},
    "mfa_list_webauthn": {},
    "mfa_add_webauthn": {},
    "mfa_reauthenticate_webauthn": {},
    "mfa_login_webauthn": {},
    "mfa_remove_webauthn": {"pk": ["1"]},
    "mfa_edit_webauthn": {"pk": ["1"]},
    "mfa_view_recovery_codes": {},
    "mfa_generate_recovery_codes": {},
    "mfa_download_recovery_codes": {},
    "openid_connect_login": {"provider_id": ["organisation"]},
    "openid_connect_callback": {"provider_id": ["organisation"]},
    "socialaccount_login_cancelled": {},
    "socialaccount_login_error": {},
    "account_login": {},
    "account_logout": {},
    "account_signup": {},
    "account_accept_invitation": {},
    "account_invitation": {"token": ["none"]},
    "account_inactive": {},
    "account_change_password": {},
    "account_set_password": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key": {"uidb36": ["1"], "key": ["none"]},
    "account_reset_password_from_key_done": {},
}
ADMIN_PAGES = {
    *("index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n"),
    "auth_user_password_change",
    *("view_on_site", "app_list", ""),  # "" stands for addresses without a name: they lead to others
}
ADMIN_MODELS = {
    *("accounts_user", "casestudies_framework", "casestudies_domain", "casestudies_outcomearea"),
    *(
        "casestudies_organisation",
        "casestudies_integratedcaresystem",
        "casestudies_review",
    ),
}
ADMIN_VIEWS = ("changelist", "add", "history", "delete", "change")
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
    "to": "moderation",
    "email": "oscar.other@example.org",
}


def names(patterns=None, namespace: str = "") -> set[str]:
    """The names of all addresses that the portal answers."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            found.add(f"{namespace}{pattern.name or ''}")
        else:
            inside = f"{pattern.namespace}:" if pattern.namespace else namespace
            found |= names(pattern.url_patterns, inside)
    return found


def test_every_address_stands_in_the_table():
    models = {f"admin:{model}_{view}" for model, view in itertools.product(ADMIN_MODELS, ADMIN_VIEWS)}
    assert names() == set(OWN) | {f"admin:{page}" for page in ADMIN_PAGES} | models


def own_addresses(cast) -> list[str]:
    known = {"organisation": cast.organisation.slug, "year": cast.review.year, "number": 1}
    rows = {
        "framework": cast.review.framework_id,
        "seat": cast.members[cast.member].pk,
        "other seat": cast.members[cast.other].pk,
        "shared": SharedCaseStudy.objects.get().pk,
        "person": cast.author.pk,
        "system": 1,
        "objective": objective_of(cast).pk,
        "area": cast.case_studies[0].domain.outcome_areas.first().pk,
        "section": cast.case_studies[0].sections.first().pk,
        "group": group_of(cast).pk,
        "national group": Group.objects.get(code="sex-workers").pk,
        "item": quote_of(cast).pk,
        "file": file_of(cast).pk,
        "comment": 1,
        "abbreviation": cast.organisation.abbreviations.get_or_create(short="ICB", meaning="Board")[0].pk,
        "recommendation": Recommendation.objects.get().pk,
        "code": cast.review.workshops.get().code,
        "upload": ReportUpload.objects.get().pk,
        "guest": cast.people["guest"].panel_members.get().joining.pk,
    }
    found = []
    for name, more in OWN.items():
        takes = next(iter(get_resolver().reverse_dict.getlist(name)))[0][0][1]
        for values in itertools.product(*more.values()):
            given = {key: rows.get(value, value) for key, value in zip(more, values, strict=True)}
            found.append(reverse(name, kwargs={key: (known | given)[key] for key in takes}))
    return [*found, f"{reverse('search')}?q=PLANTED+FIRST+SECOND"]


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
        Score.objects.filter(member=cast.members[cast.other]).update(value=value, rationale=text)
        AgreedScore.objects.update(value=value, rationale=text)
        Commentary.objects.update(text=text)
    Draft.objects.update(value=value, rationale=text)
    rebuild()


RANDOM = re.compile(
    rb'name="(?:csrfmiddlewaretoken|page|typed_by)"[^>]*>|[0-9a-f]{32}|\d\d:\d\d(?::\d\d(?:\.\d+)?)?'
    rb'|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"seconds": [0-9]+'
    rb'|/account/(?:invitation|password/reset/key)/[^\s"]+'
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


def requests_at(cast, stage: str) -> list[tuple[str, str, dict | None]]:
    """Method, address and data of all that is asked for at a stage."""
    asked = [("get", address, None) for address in own_addresses(cast)]
    if stage == stages.SCORING:
        asked += [("get", address, None) for address in admin_addresses()]
        posted = POSTED | {"member": str(cast.members[cast.other].pk)}
        asked += [
            ("post", address, data)
            for address in own_addresses(cast)
            for data in ({}, posted)
            if "/paper/" not in address
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
TURNS = [
    (stages.SETUP, WATCHERS),
    (stages.EVIDENCE, WATCHERS),
    *((stages.SCORING, (who,)) for who in WATCHERS),
]


@pytest.mark.django_db(
    transaction=True
)  # else SQLite reads its schema anew after each request that is undone
@pytest.mark.parametrize(("stage", "watchers"), TURNS)
def test_nobody_learns_what_another_member_scored(django_capture_on_commit_callbacks, stage, watchers):
    """The second world is asked what the first could answer only from a table in which the two differ."""
    cast = make_cast(services=2)
    plant(cast)
    cast.guest = join(open_a_workshop(cast), confirmed_by=cast.lead)
    cast.move(stage)
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
        cast.move(stages.MODERATION)
        assert PLANTED[place] in lead.get(meeting).content.decode()
