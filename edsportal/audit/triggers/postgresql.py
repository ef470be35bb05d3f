"""The audit log's triggers in PostgreSQL's words. Who acts comes with each statement that writes (see triggers.py)."""

from collections.abc import Iterator

from edsportal.audit.policy import LoggedTable
from edsportal.audit.triggers import sql
from edsportal.audit.triggers.guards import Guard

SETTING = "edsportal.actor"
BY = f"NULLIF(split_part(COALESCE(current_setting('{SETTING}', true), ''), '|', 1), '')::bigint"
NOTE = """
DECLARE
    actor text := COALESCE(current_setting('{setting}', true), '');
    was jsonb; becomes jsonb; r record;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - {skipped}; r := OLD; END IF;
    IF TG_OP <> 'DELETE' THEN becomes := to_jsonb(NEW) - {skipped}; r := NEW; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(a.key, a.value), jsonb_object_agg(a.key, b.value) INTO was, becomes
        FROM jsonb_each(was) a JOIN jsonb_each(becomes) b ON a.key = b.key WHERE a.value IS DISTINCT FROM b.value;
        IF was IS NULL THEN RETURN NULL; END IF;
    END IF;
    was := (SELECT jsonb_object_agg(key, CASE WHEN key = ANY ({hidden}) THEN {not_kept} ELSE value END)
        FROM jsonb_each(was));
    becomes := (SELECT jsonb_object_agg(key, CASE WHEN key = ANY ({hidden}) THEN {not_kept} ELSE value END)
        FROM jsonb_each(becomes));
    INSERT INTO {table} ({columns}) VALUES (clock_timestamp(), NULLIF(split_part(actor, '|', 1), '')::bigint,
        split_part(actor, '|', 2),
        COALESCE(NULLIF(split_part(actor, '|', 3), ''), left('database account ' || session_user, 100)),
        {places}, CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END,
        '{kind}', r."{key}"::text, {label}, was, becomes, split_part(actor, '|', 4));
    RETURN NULL;
END
"""


def following(one: LoggedTable, columns: list[str]) -> Iterator[tuple[str, str]]:
    """Name and text of the trigger that notes what happens to a table; its function notes any column there is."""
    name = f"trail_{one.table}"
    body = NOTE.format(
        setting=SETTING,
        skipped=_array(one.skipped),
        hidden=_array(one.hidden),
        not_kept=f"to_jsonb({sql.quoted(sql.NOT_KEPT)}::text)",
        table=sql.TABLE,
        columns=sql.COLUMNS,
        places=sql.places(one, "r"),
        kind=one.kind,
        key=one.key,
        label=sql.label(one, "r"),
    )
    yield name, _trigger(name, f'AFTER INSERT OR UPDATE OR DELETE ON "{one.table}" FOR EACH ROW', body)


def freezing(table: str, operation: str, unless: str = "") -> Iterator[tuple[str, str]]:
    operations = (operation, "TRUNCATE") if operation == "DELETE" else (operation,)
    for each in operations:
        name = f"frozen_{table}_{each.lower()}"
        words = sql.quoted(sql.refusal(table, each)).replace("%", "%%")
        refuse = f"RAISE EXCEPTION {words} USING ERRCODE = 'integrity_constraint_violation'"
        body = f"BEGIN {refuse}; END"
        if unless:
            body = f"BEGIN IF NOT COALESCE(({unless}), FALSE) THEN {refuse}; END IF; RETURN NEW; END"
        scope = "STATEMENT" if each == "TRUNCATE" else "ROW"
        yield name, _trigger(name, f'BEFORE {each} ON "{table}" FOR EACH {scope}', body)


def guarding(guard: Guard) -> Iterator[tuple[str, str]]:
    condition, words = guard.condition.format(by=BY), sql.quoted(guard.message).replace("%", "%%")
    refuse = f"RAISE EXCEPTION {words} USING ERRCODE = 'integrity_constraint_violation'"
    row = "OLD" if guard.operation == "DELETE" else "NEW"
    body = f"BEGIN IF {condition} THEN {refuse}; END IF; RETURN {row}; END"
    when = f'BEFORE {guard.operation} ON "{guard.table}" FOR EACH ROW'
    yield guard.name, _trigger(guard.name, when, body)


def _trigger(name: str, when: str, body: str) -> str:
    return (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $trail$ {body} $trail$; '
        f'CREATE OR REPLACE TRIGGER "{name}" {when} EXECUTE FUNCTION "{name}"()'
    )


def _array(names: tuple[str, ...]) -> str:
    return f"ARRAY[{', '.join(sql.quoted(name) for name in names)}]::text[]"


# What a trigger's text was made from stands in a comment on its function, so that only what differs is made anew.
LISTED = (
    "SELECT t.tgname, obj_description(t.tgfoid, 'pg_proc') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND n.nspname = current_schema() "
    "AND t.tgenabled IN ('O', 'A') "  # one that is disabled counts as missing
    "AND (t.tgname LIKE 'trail\\_%' OR t.tgname LIKE 'frozen\\_%' OR t.tgname LIKE 'guard\\_%')"
)


def drop(name: str) -> str:
    return f'DROP FUNCTION "{name}"() CASCADE'
