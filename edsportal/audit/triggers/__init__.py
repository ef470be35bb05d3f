"""Puts the triggers into the database, tells who acts to it, and says which triggers are missing."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from edsportal.audit import chain
from edsportal.audit.actor import Actor, current
from edsportal.audit.policy import frozen, let_through, logged_tables
from edsportal.audit.triggers import postgresql, sql, sqlite
from edsportal.audit.triggers.guards import guards

DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|WITH)\b", re.IGNORECASE)


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Text by name of every trigger that this database should have, for the tables that it has."""
    dialect = DIALECTS[connection.vendor]
    texts: dict[str, str] = {}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if sql.TABLE not in tables:
            return {}
        for one in logged_tables():
            if one.table in tables and all(table in tables for path in _paths(one) for table, _ in path):
                texts |= dialect.following(one, _columns(connection, cursor, one.table))
    for table, operation in frozen():
        if table in tables:
            unless = let_through(table) if operation == "UPDATE" else ""
            texts |= dialect.freezing(table, operation, unless)
    for guard in guards():
        if guard.table in tables and guard.only in ("", connection.vendor):
            texts |= dialect.guarding(guard)
    return texts


def _paths(one) -> tuple:
    return one.to_organisation, one.to_review, one.to_case_study


def _columns(connection, cursor, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return []  # its triggers note whatever columns there are
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
    return [name for (name,) in cursor.fetchall()]


def installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The hash of the text of each trigger that the database has, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(DIALECTS[connection.vendor].LISTED)
        rows = dict(cursor.fetchall())
    return rows if connection.vendor == "postgresql" else {name: _hash(text) for name, text in rows.items()}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are not there or have another text than they should."""
    there = installed(connection)
    return [name for name, text in wanted(connection).items() if there.get(name) != _hash(text)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the missing triggers and drop those that are not wanted any more; the others are left alone."""
    dialect, there, want = DIALECTS[connection.vendor], installed(connection), wanted(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in there:
            if name not in want or (connection.vendor == "sqlite" and there[name] != _hash(want[name])):
                cursor.execute(dialect.drop(name))
        for name, text in want.items():
            if there.get(name) != _hash(text):
                cursor.execute(text)
                if connection.vendor == "postgresql":
                    cursor.execute(f"COMMENT ON FUNCTION \"{name}\"() IS '{_hash(text)}'")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger. Only migrations on SQLite, which makes tables anew, and a restore do so."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in installed(connection):
            cursor.execute(DIALECTS[connection.vendor].drop(name))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without triggers inside, and with all of them afterwards."""
    remove(connection)
    yield
    install(connection)


@cache
def guarded(editor: type) -> type:
    """A schema editor that leaves the triggers in place with each migration that is stored, and none without them.

    SQLite forgets a table's triggers when a migration makes the table anew, and stumbles over those of others: it does
    without them inside the migration's transaction alone. A new database gets them after its last migration.
    """

    class GuardedEditor(editor):
        def __enter__(self):
            entered = super().__enter__()
            is_run = self.atomic_migration and not self.collect_sql
            self.had_triggers = is_run and bool(installed(self.connection))
            if self.had_triggers and self.connection.vendor == "sqlite":
                remove(self.connection)
            return entered

        def __exit__(self, exc_type, exc_value, traceback):
            if exc_type is None and self.had_triggers:
                install(self.connection)
            chain.pending(self.connection).is_migrating = True
            try:
                super().__exit__(exc_type, exc_value, traceback)
            finally:
                chain.pending(self.connection).is_migrating = False

    GuardedEditor.is_guarded = True
    return editor if getattr(editor, "is_guarded", False) else GuardedEditor


def after_migrations(*, using: str, plan=(), **kwargs) -> None:
    """Put every trigger in place, and begin the chain over the audit log where there is none."""
    install(connections[using])
    done = {(migration.app_label, migration.name) for migration, is_backward in plan if not is_backward}
    chain.start(connections[using], is_new=("trail", "0003_audit_chain") in done)
    chain.adopt(connections[using])


def on_connection(*, connection: BaseDatabaseWrapper, **kwargs) -> None:
    """Let the database know who acts: functions on SQLite, a setting before each write on PostgreSQL."""
    chain.follow(connection)
    if note_actor not in connection.execute_wrappers:
        connection.execute_wrappers.append(note_actor)
    connection.SchemaEditorClass = guarded(connection.SchemaEditorClass)
    if connection.vendor != "sqlite":
        return

    def of(name: str):
        return lambda: getattr(getattr(connection, "edsportal_actor", None) or current(), name)

    for name in ("by", "request", "source", "written_in"):
        connection.connection.create_function(f"edsportal_{name}", 0, of(name))


def note_actor(execute, statement, params, many, context):
    """An execute wrapper: tells the database who writes, in the same round trip as what is written."""
    if not isinstance(statement, str) or not WRITES.match(statement):
        return execute(statement, params, many, context)
    connection = context["connection"]
    actor = replace(current(), written_in=chain.before_write(connection, statement))
    if connection.vendor != "postgresql":
        connection.edsportal_actor = actor
        return execute(statement, params, many, context)
    return _on_postgresql(execute, statement, params, many, context, actor)


def _on_postgresql(execute, statement, params, many, context, actor: Actor):
    """The setting holds until the transaction ends, so a pool of connections never mixes people up."""
    tell = f"SELECT set_config('{postgresql.SETTING}', '{actor.as_text()}', true)"
    cursor = context["cursor"].cursor
    if many:
        cursor.execute(tell)
        return execute(statement, params, many, context)
    result = execute(f"{tell}; {statement}", params, many, context)
    cursor.nextset()  # past the answer of set_config
    return result
