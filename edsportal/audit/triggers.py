"""Puts the triggers into the database, tells who acts to it, and says which triggers are missing."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from edsportal.audit import postgresql, sql, sqlite
from edsportal.audit.actor import Actor, current
from edsportal.audit.policy import followed, frozen

WORDS = {"sqlite": sqlite, "postgresql": postgresql}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|WITH)\b", re.IGNORECASE)


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Text by name of every trigger that this database should have, for the tables that it has."""
    words = WORDS[connection.vendor]
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if sql.TABLE not in tables:
            return {}
        for one in followed():
            if one.table in tables and all(table in tables for way in _ways(one) for table, _ in way):
                found |= words.following(one, _columns(connection, cursor, one.table))
    for table, operation in frozen():
        if table in tables:
            found |= words.freezing(table, operation)
    return found


def _ways(one) -> tuple:
    return one.to_organisation, one.to_review, one.to_case_study


def _columns(connection, cursor, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return []  # its triggers note whatever columns there are
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
    return [name for (name,) in cursor.fetchall()]


def standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The mark of each trigger that the database has, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(WORDS[connection.vendor].LISTED)
        rows = dict(cursor.fetchall())
    return rows if connection.vendor == "postgresql" else {name: _mark(text) for name, text in rows.items()}


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are not there or say something else than they should."""
    there = standing(connection)
    return [name for name, text in wanted(connection).items() if there.get(name) != _mark(text)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing and take away what is not wanted any more; what stands as it should is left alone."""
    words, there, want = WORDS[connection.vendor], standing(connection), wanted(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in there:
            if name not in want or (connection.vendor == "sqlite" and there[name] != _mark(want[name])):
                cursor.execute(words.drop(name))
        for name, text in want.items():
            if there.get(name) != _mark(text):
                cursor.execute(text)
                if connection.vendor == "postgresql":
                    cursor.execute(f"COMMENT ON FUNCTION \"{name}\"() IS '{_mark(text)}'")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away. Only migrations on SQLite, which makes tables anew, and a restore do so."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in standing(connection):
            cursor.execute(WORDS[connection.vendor].drop(name))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without triggers inside, and with all of them afterwards."""
    remove(connection)
    yield
    install(connection)


def before_migrations(*, using: str, plan=(), **kwargs) -> None:
    """SQLite forgets a table's triggers when a migration makes the table anew, and stumbles over those of others."""
    if plan and connections[using].vendor == "sqlite":
        remove(connections[using])


def after_migrations(*, using: str, **kwargs) -> None:
    install(connections[using])


def on_connection(*, connection: BaseDatabaseWrapper, **kwargs) -> None:
    """Let the database know who acts: functions on SQLite, a setting before each write on PostgreSQL."""
    if note_actor not in connection.execute_wrappers:
        connection.execute_wrappers.append(note_actor)
    if connection.vendor != "sqlite":
        return

    def of(name: str):
        return lambda: getattr(getattr(connection, "edsportal_actor", None) or current(), name)

    for name in ("by", "request", "source"):
        connection.connection.create_function(f"edsportal_{name}", 0, of(name))


def note_actor(execute, statement, params, many, context):
    """An execute wrapper: tells the database who writes, in the same round trip as what is written."""
    if not isinstance(statement, str) or not WRITES.match(statement):
        return execute(statement, params, many, context)
    connection, actor = context["connection"], current()
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
