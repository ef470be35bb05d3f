"""What the database refuses besides changes of frozen rows: read from each model's declaration.

A place on the panel is the case in point: whose it is never changes, so that nobody reads or bends another's scores
by taking their place. See docs/security.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from edsportal.audit.policy import all_models, audit_of


@dataclass(frozen=True, kw_only=True)
class Guard:
    """The database refuses this operation on rows of this table where the condition holds, and says why.

    `condition` is SQL that both databases understand: it may name OLD, NEW and {by}, the number of who acts.
    """

    name: str
    table: str
    operation: str  # INSERT, UPDATE or DELETE
    condition: str
    message: str
    only: str = ""  # the database that needs it, where the other refuses by itself


def guards() -> Iterator[Guard]:
    """Every guard of every table."""
    for model in all_models():
        audit = audit_of(model)
        if audit.fixed:
            yield from _fixed(model, ("pk", *audit.fixed))
        for name, condition in audit.first_set.items():
            yield _first_set(model, name, condition)
        if audit.kept_while:
            yield _kept(model, audit.kept_while)
        if model._meta.label_lower == "trail.entry":
            yield from _not_forged(model._meta.db_table)
        if audit.frozen or audit.kept_while:
            yield _not_replaced(model, _keys(model))
        elif audit.fixed:
            yield _not_replaced(model, [[model._meta.pk.column]])


def _fixed(model: type[models.Model], names: tuple[str, ...]) -> Iterator[Guard]:
    table = model._meta.db_table
    for name in names:
        column = (model._meta.pk if name == "pk" else model._meta.get_field(name)).column
        old, new = f'OLD."{column}"', f'NEW."{column}"'
        yield Guard(
            name=f"guard_{table}_{column}",
            table=table,
            operation="UPDATE",
            condition=f"{old} IS NOT NULL AND ({new} IS NULL OR {new} <> {old})",
            message=f"{column} of {table} never changes once it is set.",
        )


def _first_set(model: type[models.Model], name: str, condition: str) -> Guard:
    table, column = model._meta.db_table, model._meta.get_field(name).column
    return Guard(
        name=f"guard_{table}_{column}_first",
        table=table,
        operation="UPDATE",
        condition=f'OLD."{column}" IS NULL AND NEW."{column}" IS NOT NULL AND NOT COALESCE(({condition}), FALSE)',
        message=f"{column} of {table} is set by the person who accepts an invitation that was sent to them.",
    )


def _not_forged(table: str) -> Iterator[Guard]:
    """Triggers alone write entries of the audit log: on PostgreSQL none comes from a statement of its own, and on
    SQLite each has the token of the transaction that writes it, which another program doesn't have."""
    conditions = {
        "postgresql": "pg_trigger_depth() < 2",
        "sqlite": 'NEW."written_in" = \'\' OR NEW."written_in" <> edsportal_written_in()',
    }
    for vendor, condition in conditions.items():
        yield Guard(
            name=f"guard_{table}_forged",
            table=table,
            operation="INSERT",
            condition=condition,
            message="Entries of the audit log are written by the database itself.",
            only=vendor,
        )


def _not_replaced(model: type[models.Model], keys: list[list[str]]) -> Guard:
    """SQLite's INSERT OR REPLACE deletes the row that has the key, and no trigger of DELETE notices."""
    table = model._meta.db_table
    same = " OR ".join(
        "(" + " AND ".join(f't."{column}" = NEW."{column}"' for column in columns) + ")" for columns in keys
    )
    return Guard(
        name=f"guard_{table}_replace",
        table=table,
        operation="INSERT",
        condition=f'EXISTS (SELECT 1 FROM "{table}" t WHERE {same})',
        message=f"A row of {table} with this key is there already: it is never replaced.",
        only="sqlite",
    )


def _keys(model: type[models.Model]) -> list[list[str]]:
    """The columns of each key that no two rows may share."""
    single = [[field.column] for field in model._meta.concrete_fields if field.unique]
    constraints = (each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint))
    together = [[model._meta.get_field(name).column for name in each.fields] for each in constraints]
    return single + [columns for columns in together if columns]


def _kept(model: type[models.Model], condition: str) -> Guard:
    table = model._meta.db_table
    return Guard(
        name=f"guard_{table}_delete",
        table=table,
        operation="DELETE",
        condition=condition,
        message=f"This row of {table} is never removed: other rows say what it did.",
    )
