"""The record can't be rewritten: no REPLACE, triggers whenever there are tables, and an owner apart on PostgreSQL."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, models, transaction

from casestudies.models import Section
from edsportal.audit import policy, triggers
from edsportal.audit.models import Entry
from edsportal.audit.triggers import ownership
from scoring.models import Score
from tests.cast import make_cast
from tests.edsportal.audit.test_triggers import RECORDS, rows_of, whole

GUARDED = sorted(
    {label for label, _ in RECORDS}
    | {
        model._meta.label
        for model in policy.all_models()
        if policy.audit_of(model).kept_while or policy.audit_of(model).fixed
    }
)


@pytest.mark.sqlite  # PostgreSQL has no REPLACE, and its ON CONFLICT DO UPDATE is an UPDATE
def test_no_row_of_a_record_is_replaced(cast):
    whole(cast)
    for label in GUARDED:
        model = apps.get_model(label)
        before = rows_of(model)
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        table = model._meta.db_table
        for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
            rows = f'SELECT {columns} FROM "{table}" ORDER BY {model._meta.pk.column} LIMIT 1'
            statement = f'{verb} INTO "{table}" ({columns}) {rows}'
            if before:
                with pytest.raises(IntegrityError, match="never replaced"), transaction.atomic():
                    connection.cursor().execute(statement)
        assert rows_of(model) == before


@pytest.mark.sqlite
def test_nor_by_another_key_than_its_number(cast):
    cast.score(cast.member, 1, 3, 2, 1, 0)
    columns = [field.column for field in Score._meta.concrete_fields if field.column != "id"]
    chosen = ", ".join("0" if column == "value" else f'"{column}"' for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    before = rows_of(Score)
    with pytest.raises(IntegrityError, match="never replaced"), transaction.atomic():
        connection.cursor().execute(
            f"INSERT OR REPLACE INTO scoring_score ({names}) SELECT {chosen} FROM scoring_score LIMIT 1"
        )
    assert rows_of(Score) == before


def test_every_record_has_its_guard(db):
    wanted = set(triggers.wanted(connection))
    for label in GUARDED:
        name = f"guard_{apps.get_model(label)._meta.db_table}_replace"
        assert (name in wanted) is (connection.vendor == "sqlite"), label


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_fails_leaves_every_trigger():
    with suppress(ZeroDivisionError), connection.schema_editor() as editor:
        editor.add_field(Section, _extra())
        raise ZeroDivisionError
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_is_stored_leaves_every_trigger_too():
    with connection.schema_editor() as editor:
        editor.add_field(Section, _extra())
        editor.alter_field(
            Section, Section._meta.get_field("heading"), _heading()
        )  # SQLite makes the table anew
    assert triggers.missing(connection) == []
    cast = make_cast()
    cast.case_studies[0].sections.update(body="New")
    assert Entry.objects.filter(kind="casestudies.section", did="changed").count() == 2


def _extra() -> models.Field:
    field = models.IntegerField(null=True)
    field.set_attributes_from_name("extra")
    return field


def _heading() -> models.Field:
    field = models.CharField(max_length=400)
    field.set_attributes_from_name("heading")
    field.model = Section
    return field


@pytest.mark.postgresql
def test_a_disabled_trigger_is_missed_and_put_back(db):
    name = "frozen_scoring_score_update"
    for how in ("DISABLE", "ENABLE REPLICA"):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE scoring_score {how} TRIGGER {name}")
        assert triggers.missing(connection) == [name]
        triggers.install(connection)
        assert triggers.missing(connection) == []


@pytest.mark.postgresql
def test_under_its_own_account_the_portal_can_switch_nothing_off(cast):
    """As docs/running.md has it: an owner of the tables, and the portal with the right to use them."""
    assert ownership.warnings(connection) == [ownership.OWNS]
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE portal_of_test")
        cursor.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_of_test"
        )
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO portal_of_test")
        cursor.execute("SET LOCAL ROLE portal_of_test")
    assert ownership.warnings(connection) == []
    cast.score(cast.member, 1, 3, 2, 1, 0)
    assert Score.objects.count() == 4
    for statement in (
        "ALTER TABLE scoring_score DISABLE TRIGGER ALL",
        "DROP TRIGGER frozen_scoring_score_update ON scoring_score",
        "DROP FUNCTION frozen_scoring_score_update() CASCADE",
        "TRUNCATE scoring_score",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.update(value=0)


def test_the_check_of_the_database_says_who_owns_it(db):
    found = [each.id for each in run_checks(databases=["default"]) if each.id.startswith("audit")]
    assert found == (["audit.W001"] if connection.vendor == "postgresql" else [])


def test_the_log_says_it_as_the_portal_starts(db, caplog, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    ownership.log_at_start()
    expected = [ownership.OWNS] if connection.vendor == "postgresql" else []
    assert [record.message for record in caplog.records] == expected
