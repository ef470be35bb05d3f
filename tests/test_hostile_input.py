"""Every form and every part of every address, with a table of bad input: never a broken page, never a change that
was not allowed, always words that say what is wrong.

The walk finds the forms by itself: on every page of the portal, for people who may open it, at stages at which they
may. A new address is in it once it stands in the table of tests/pages.py. What bad input
is stands in tests/hostile.py. Whatever is changed is undone before the next try.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.cache import cache as kept_for_a_while
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve, reverse

from casestudies.models import CaseStudy, Organisation, PanelMember, Review, Section
from eds import stages
from scoring.models import Recommendation
from tests.hostile import BAD, SCRIPT, THEIRS, Form, forms_of, spoilt, unseen
from tests.pages import ANY_STAGE, POSTS, TABLE
from tests.test_actions_by_role import World, world  # noqa: F401 (a fixture)

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.slow,
    pytest.mark.xdist_group("hostile input"),
]  # the stricter of the two: it takes no null byte and no number too large
ROOT = Path(__file__).resolve().parent.parent
READERS = ("lead", "administrator", "member", "chair", "author", "guest", "stranger")
CHANGE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
NOT_OURS = {"django_session"}  # where the messages to a person wait, and what they typed
BROKEN = 500
OUTSIDERS = ("public", "stranger", "their_author", "guest", "reader")


@dataclass
class Watch:
    """What the database was told to change, by the name of its table."""

    changed: list[str] = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        if found := CHANGE.match(sql):
            self.changed += [found[1]] if found[1] not in NOT_OURS else []
        return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[Watch]:
    """Everything inside is undone at the end."""
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        yield watch
        transaction.set_rollback(True)


def ask(client: Client, method: str, address: str, data=None, **more) -> tuple[int, str, list[str], str]:
    """Status (500 and the error's words where it breaks), the page, tables that changed, where it leads."""
    with watched() as watch:
        try:
            response = getattr(client, method)(address, data, **more)
            status, page = response.status_code, response.getvalue().decode("utf-8", "replace")
            goal = response.headers.get("Location", "")
        except Exception as error:
            status, page, goal = BROKEN, f"{type(error).__name__}: {error}"[:200], ""
    return status, page, watch.changed, goal


OVER = "<h1>This link no longer works</h1>"


def says_why(page: str) -> bool:
    """Does the page of a form that was not taken say so, in an error summary, a message or its heading?

    What answers a script with JSON is no page.
    """
    return page.startswith("{") or any(
        words in page for words in ("nhsuk-error-summary", "nhsuk-notification-banner", OVER)
    )


@pytest.fixture(autouse=True)
def _quiet(monkeypatch, unprinted):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    monkeypatch.setattr(logging.getLogger("django.security"), "disabled", True)


@pytest.fixture
def theirs(world, db):  # noqa: F811
    """Rows of the body elsewhere, each with the number that bad input names."""
    body = Organisation.objects.get(slug="withy-trust")
    framework = world.cast.review.framework
    review, _ = Review.objects.get_or_create(
        pk=THEIRS, defaults={"organisation": body, "framework": framework, "year": "2031", "title": "Theirs"}
    )
    study, _ = CaseStudy.objects.get_or_create(
        pk=THEIRS,
        defaults={"review": review, "number": 1, "domain": framework.domains.get(number=1), "title": "T"},
    )
    Section.objects.get_or_create(
        pk=THEIRS, defaults={"case_study": study, "position": 1, "heading": "Theirs"}
    )
    PanelMember.objects.get_or_create(
        pk=THEIRS, defaults={"review": review, "user": world.cast.stranger, "name": "Their Member"}
    )
    theme, _ = review.themes.get_or_create(title="Theirs", defaults={"position": 1})
    Recommendation.objects.get_or_create(pk=THEIRS, defaults={"theme": theme, "position": 1, "action": "Act"})
    return review


def fingerprint() -> list:
    kinds = (Review, CaseStudy, Section, PanelMember, Recommendation)
    return [list(kind.objects.filter(pk=THEIRS).values()) for kind in kinds]


def stages_of(name: str) -> list[tuple[str, str]]:
    """When and by whom an address is opened: one stage for each person."""
    found = {}
    for stage, row in TABLE.get(name, {}).items():
        for who in READERS:
            if row.get(who) == 200:
                found.setdefault(who, stage or stages.SCORING)
    for stage, row in POSTS.get(name, {}).items():
        for who in READERS:
            if row.get(who) == 200:
                found.setdefault(who, stage)
    return list(found.items())[:2]


@cache
def every_form(world: World) -> tuple[tuple[str, str, Form], ...]:  # noqa: F811
    """Each form once: the stage and the person for whom it stood on a page, and the form; by stage."""
    found: dict[tuple, tuple[str, str, Form]] = {}
    places = [(stage, who, name) for name in world.addresses for who, stage in stages_of(name)]
    for stage, who, name in sorted(places):
        world.cast.move(stage)
        with transaction.atomic():
            page = world.clients[who].get(world.addresses[name])
            transaction.set_rollback(True)
        if page.status_code == 200 and page.headers.get("Content-Type", "").startswith("text/html"):
            for form in forms_of(page.getvalue(), world.addresses[name]):
                found.setdefault(form.key(), (stage, who, form))
    return tuple(sorted(found.values(), key=lambda each: each[0]))


def acting(name: str) -> tuple[str, str]:
    """A stage at which, and somebody by whom, something can be sent to an address."""
    rows = POSTS.get(name) or {stages.SCORING: ANY_STAGE[name]}
    found = ((stage, who) for stage, row in rows.items() for who, status in row.items() if status == 200)
    return next(found, (stages.SCORING, "lead"))  # some are for nobody but who has a link


def really_changes(client: Client, form: Form, sent, tables: list[str]) -> bool:
    """Is anything other in these tables after it was sent? What a view undid by itself is no change."""
    with transaction.atomic():
        before = [_rows(table) for table in tables]
        getattr(client, form.method)(form.address, sent)
        after = [_rows(table) for table in tables]
        transaction.set_rollback(True)
    return before != after


def _rows(table: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return cursor.fetchall()


def try_out(client: Client, form: Form) -> Iterator[tuple[str, str]]:
    """Each bad way in which the form was sent and answered badly, and how."""
    for kind, sent in spoilt(form):
        status, page, changed, _ = ask(client, form.method, form.address, sent)
        if status >= BROKEN:
            yield kind, page
        elif status >= 400 and changed and really_changes(client, form, sent, changed):
            yield kind, f"{status}, yet changed {changed}"
        elif form.method == "post" and not (status != 200 or changed or "button" in kind or says_why(page)):
            yield kind, "no words say why"


@pytest.mark.django_db
def test_no_form_breaks_and_none_changes_what_it_may_not(world, theirs):  # noqa: F811
    forms = list(every_form(world))
    seen = {resolve(form.address).view_name for _, _, form in forms}
    forms += [(*acting(name), unseen(world.addresses[name])) for name in {*POSTS, *ANY_STAGE} - seen]
    before, wrong = fingerprint(), []
    for stage, who, form in sorted(forms, key=lambda each: each[0]):
        world.cast.move(stage)
        wrong += [(form.address, who, stage, *how) for how in try_out(world.clients[who], form)]
    assert wrong == []
    assert fingerprint() == before
    assert len(forms) > 60


@pytest.mark.django_db
def test_who_may_not_changes_nothing_with_a_form_filled_in_well(world, theirs):  # noqa: F811
    wrong = []
    for stage, _, form in every_form(world):
        if form.method != "post" or form.address.startswith("/account/"):
            continue
        world.cast.move(stage)
        name = resolve(form.address).view_name
        row = (POSTS.get(name) or {stage: ANY_STAGE.get(name, {})})[stage]
        for who in OUTSIDERS:
            if row.get(who) == 200:
                continue
            status, _, changed, goal = ask(world.clients[who], "post", form.address, form.values)
            refused = status in (403, 404) or (status == 302 and goal.startswith("/account/"))
            if changed or not refused:
                wrong.append((form.address, who, stage, status, changed))
    assert wrong == []


ODD = "a formula, script, template, path and odd letters"
IN_ADDRESSES = {
    **{name: BAD[name] for name in ("null byte", "huge number", "less than nothing", "somebody else's", ODD)},
    "long": "y" * 3000,
    "broken bytes": b"\xff\xfe\xed\xa0\x80",
    "nought": "0",
}


def spoilt_addresses(address: str) -> Iterator[str]:
    """The address with each of its own parts made bad; and with bad questions behind it."""
    parts = resolve(address).kwargs
    for bad in IN_ADDRESSES.values():
        said = quote(bad, safe="")
        for value in parts.values():
            before, found, after = address.rpartition(f"/{value}")
            if found:
                yield f"{before}/{said}{after}"
        yield f"{address}?{'&'.join(f'{name}={said}' for name in QUESTIONS)}"


def _questions() -> list[str]:
    """Names that views look for behind the address."""
    asked = re.compile(r'GET(?:\.get(?:list)?\(|\[)"(\w+)"|"(\w+)" in request\.GET')
    files = (file for app in ("edsportal", "casestudies", "scoring") for file in ROOT.glob(f"{app}/**/*.py"))
    found = {one or other for file in files for one, other in asked.findall(file.read_text(encoding="utf-8"))}
    return sorted(
        found | {"next", "q", "year", "organisation", "group", "from", "to", "who", "kind", "o", "e"}
    )


QUESTIONS = _questions()


@pytest.mark.django_db
def test_no_address_breaks(world, theirs):  # noqa: F811
    wrong, asked = [], 0
    for name, address in world.addresses.items():
        who, stage = next(iter(stages_of(name)), ("lead", stages.SCORING))
        world.cast.move(stage)
        for bad in spoilt_addresses(address):
            status, page, changed, _ = ask(world.clients[who], "get", bad)
            asked += 1
            if status >= BROKEN or changed or (status == 200 and SCRIPT in page):
                wrong.append((bad[:200], who, status, page[:200] if status >= BROKEN else changed))
    assert wrong == []
    assert asked > 1000


@pytest.mark.django_db
def test_a_wrong_method_is_refused_in_words(world, theirs):  # noqa: F811
    wrong = []
    for name in {*POSTS, *ANY_STAGE}:
        stage, who = acting(name)
        world.cast.move(stage)
        for method in ("put", "patch", "delete", "options", "trace"):
            status, page, changed, _ = ask(world.clients[who], method, world.addresses[name])
            if status >= BROKEN or changed:
                wrong.append((name, method, status, page[:200], changed))
        status, page, _, _ = ask(world.clients[who], "get", world.addresses[name])
        if status == 405 and "<h1" not in page:
            wrong.append((name, "get", status, "no words"))
    assert wrong == []


@pytest.mark.django_db
def test_a_form_with_an_old_token_changes_nothing(world, theirs):  # noqa: F811
    wrong = []
    for stage, who, form in every_form(world):
        if form.method != "post":
            continue
        world.cast.move(stage)
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = world.clients[who].cookies
        sent = form.values | {"csrfmiddlewaretoken": ["0" * 64]}
        status, page, changed, _ = ask(strict, "post", form.address, sent)
        if status != 403 or changed or "Your form was not sent" not in page:
            wrong.append((form.address, who, status, changed))
    assert wrong == []


ACCOUNT = {  # pages about signing in, and by whom they are opened
    "public": ("account_login", "account_signup", "account_reset_password", "account_reset_password_done"),
    "member": (
        "account",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "account_session",
    ),
}


@pytest.mark.django_db
def test_no_page_about_signing_in_breaks(world):  # noqa: F811
    wrong, tried = [], 0
    for who, names in ACCOUNT.items():
        client = world.clients[who]
        for address in map(reverse, names):
            kept_for_a_while.clear()  # where wrong tries are counted
            forms = forms_of(client.get(address).getvalue(), address) if names else []
            for form in [each for each in forms if each.method == "post" and "logout" not in each.address]:
                tried += 1
                wrong += [(form.address, who, *how) for how in try_out(client, form)]
    assert wrong == []
    assert tried == 5


@pytest.mark.django_db
def test_what_no_address_can_be_is_not_found(world):  # noqa: F811
    for bad in IN_ADDRESSES.values():
        said = quote(bad, safe="")
        for before in (
            "",
            "account/invitation/",
            "account/password/reset/key/1-",
            "account/oidc/",
            "join/",
            "admin/",
        ):
            status, page, changed, _ = ask(world.clients["member"], "get", f"/{before}{said}/")
            assert (status in (200, 302, 404), changed) == (True, []), (before, bad, page[:200])
