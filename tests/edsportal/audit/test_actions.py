"""Every action of the portal is in the audit log.

Each is called, with what `Stage.by_name` and `NEEDS` give it, and every table that it wrote must have an entry of who
acted. One that can't be called so is looked at instead: every table that its module knows must be followed.
"""

import inspect
import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from edsportal.audit import policy, triggers
from edsportal.audit.actor import Actor, acting
from edsportal.audit.models import Entry
from tests.action_stage import Stage
from tests.every_action import Unknown, begin
from tests.finding_actions import actions

WRITTEN = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


# Actions that write nothing which the audit log follows, each with the reason.
NOT_LOGGED = {
    "scores.save_draft": "a draft is its member's alone until it is submitted",
    "scores.discard_change": "throws a draft away",
    "uploads.keep_upload": "a file that its person has not confirmed",
}


# What an action empties, and which row tells of it.
EMPTIED = {
    "publishing.withdraw_publication": {"scoring.Publication", "scoring.PublicationFile"}
}  # the withdrawal


def tables_written(action: Callable, given: dict) -> set[str]:
    """The tables of which the action wrote rows."""
    found = set()

    def note(execute, statement, params, many, context):
        result = execute(statement, params, many, context)
        written = WRITTEN.match(statement)
        if written and (statement.startswith("INSERT") or context["cursor"].rowcount):
            found.add(written[1])
        return result

    connection.execute_wrappers.insert(0, note)  # outside the wrapper that tells PostgreSQL who acts
    try:
        action(**given)
    finally:
        connection.execute_wrappers.remove(note)
    assert found, "it wrote nothing"
    return found


def unnoted(action: Callable, given: dict, by) -> set[str]:
    """Which tables that the audit log follows the action wrote without a trace of this person."""
    label_of = {model._meta.db_table: model._meta.label for model in policy.all_models()}
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with acting(lambda: Actor(by=by.pk, source="web", request="request-1")):
        written = {label_of[table] for table in tables_written(action, given)}
    noted = set(Entry.objects.filter(pk__gt=newest, by=by).values_list("kind", flat=True))
    assert noted, "nothing of it was logged"
    return {label for label in written - not_logged() if label.lower() not in noted}


def not_logged() -> set[str]:
    return {model._meta.label for model in policy.all_models() if policy.audit_of(model).not_logged}


def tables_known(action: Callable) -> set[str]:
    """The tables that the module of an action knows by name."""
    values = vars(inspect.getmodule(action)).values()
    return {value._meta.label for value in values if inspect.isclass(value) and issubclass(value, Model)}


@pytest.mark.parametrize("name", sorted(actions()))
def test_every_action_is_logged(cast, name):
    action, stage = actions()[name], Stage(cast)
    try:
        given = begin(name, action, stage)
    except Unknown:
        logged = {one.kind for one in policy.logged_tables()}
        known = tables_known(action) - not_logged()
        assert {label for label in known if label.lower() not in logged} == set()
        assert triggers.missing(connection) == []
        return
    if name in NOT_LOGGED:
        before = Entry.objects.count()
        action(**given)
        assert Entry.objects.count() == before, f"{name} is logged now: take it out of NOT_LOGGED."
        return
    assert unnoted(action, given, cast.lead) == EMPTIED.get(name, set())


def test_the_walk_notices_a_write_that_is_not_logged(cast):
    name = "trail_casestudies_change" + ("" if connection.vendor == "postgresql" else "_added")
    with connection.cursor() as cursor:
        cursor.execute(triggers.DIALECTS[connection.vendor].drop(name))
    stage = Stage(cast)
    action = actions()["reviews.add_case_study"]
    given = begin("reviews.add_case_study", action, stage)
    assert unnoted(action, given, cast.lead) == {"casestudies.Change"}
    assert apps.get_model("casestudies.Change").objects.exists()
