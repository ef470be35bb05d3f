"""The audit log's triggers in SQLite's words. Who acts comes from functions that each connection of the portal has."""

from collections.abc import Iterator

from edsportal.audit.policy import LoggedTable
from edsportal.audit.triggers import sql
from edsportal.audit.triggers.guards import Guard

NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
ACTOR = "edsportal_by(), edsportal_request(), edsportal_source()"


def following(one: LoggedTable, columns: list[str]) -> Iterator[tuple[str, str]]:
    """Name and text of the triggers that note what happens to a table with these columns."""
    kept = [column for column in columns if column not in one.skipped]
    for operation, did in (("INSERT", "added"), ("UPDATE", "changed"), ("DELETE", "removed")):
        row = "OLD" if operation == "DELETE" else "NEW"
        old, new = _values(one, kept, operation)
        when = ""
        if operation == "UPDATE":
            when = " WHEN " + " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in kept)
        name = f"trail_{one.table}_{did}"
        text = (
            f'CREATE TRIGGER "{name}" AFTER {operation} ON "{one.table}"{when} BEGIN '
            f"INSERT INTO {sql.TABLE} ({sql.COLUMNS}) VALUES ({NOW}, {ACTOR}, {sql.places(one, row)}, '{did}', "
            f"'{one.kind}', CAST({row}.\"{one.key}\" AS TEXT), {sql.label(one, row)}, {old}, {new}, "
            "edsportal_written_in()); END"
        )
        yield name, text


def _values(one: LoggedTable, columns: list[str], operation: str) -> tuple[str, str]:
    old, new = (_object(one, columns, row) for row in ("OLD", "NEW"))
    if operation == "INSERT":
        return "NULL", new
    if operation == "DELETE":
        return old, "NULL"
    return _differing(one, columns, "a"), _differing(one, columns, "b")


def _object(one: LoggedTable, columns: list[str], row: str, *, whole: bool = False) -> str:
    """The row as JSON; `whole` with what the log hides, only for comparing."""
    pairs = []
    for column in columns:
        is_kept = whole or column not in one.hidden
        value = f'{row}."{column}"' if is_kept else sql.quoted(sql.NOT_KEPT)
        pairs.append(f"'{column}', {value}")
    return f"json_object({', '.join(pairs)})"


def _differing(one: LoggedTable, columns: list[str], side: str) -> str:
    """The columns that differ, as they are on side a (old) or b (new)."""
    old, new = (_object(one, columns, row, whole=True) for row in ("OLD", "NEW"))
    value = f"{side}.value"
    if one.hidden:
        hidden = ", ".join(sql.quoted(column) for column in one.hidden)
        value = f"CASE WHEN a.key IN ({hidden}) THEN {sql.quoted(sql.NOT_KEPT)} ELSE {value} END"
    return (
        f"(SELECT json_group_object(a.key, {value}) FROM json_each({old}) a JOIN json_each({new}) b "
        "ON a.key = b.key WHERE a.value IS NOT b.value)"
    )


def freezing(table: str, operation: str, unless: str = "") -> Iterator[tuple[str, str]]:
    name = f"frozen_{table}_{operation.lower()}"
    words = sql.quoted(sql.refusal(table, operation))
    when = f" WHEN NOT COALESCE(({unless}), FALSE)" if unless else ""
    text = f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}"{when} BEGIN SELECT RAISE(ABORT, {words}); END'
    yield name, text


def guarding(guard: Guard) -> Iterator[tuple[str, str]]:
    condition, words = guard.condition.format(by="edsportal_by()"), sql.quoted(guard.message)
    text = (
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.operation} ON "{guard.table}" WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, {words}); END"
    )
    yield guard.name, text


LISTED = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
    "AND (name GLOB 'trail_*' OR name GLOB 'frozen_*' OR name GLOB 'guard_*')"
)


def drop(name: str) -> str:
    return f'DROP TRIGGER "{name}"'
