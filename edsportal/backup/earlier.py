"""The tables of an earlier version: built in an empty database, and migrated to today's once they hold rows.

The tables are dropped and built again by the migrations up to the earlier ones, never migrated backwards: a migration
need not be reversible. All of it happens in the transaction of the caller, so that nothing is changed when it fails.
"""

from collections.abc import Callable

from django.apps.registry import Apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Node = tuple[str, str]  # app and name of a migration


class Incomplete(Exception):
    """A migration of the set needs one that is not in it."""


def known_migrations() -> set[Node]:
    """Every migration of the code."""
    return set(MigrationLoader(None).graph.nodes)


def models_at(migrations: set[Node]) -> Apps:
    """The models as they were when exactly these known migrations had run. Raises Incomplete."""
    loader = MigrationLoader(None)
    if {each for node in migrations for each in loader.graph.forwards_plan(node)} != migrations:
        raise Incomplete
    return loader.project_state(sorted(migrations)).apps


def rebuild(migrations: set[Node]) -> None:
    """Drop the tables of today's models and build those that were there when these migrations had run.

    What migrations make without a model (the cache, the full text of SQLite) is left in place; they find it there.
    """
    tables = [
        *connection.introspection.django_table_names(only_existing=True, include_views=False),
        MigrationRecorder.Migration._meta.db_table,
    ]
    with connection.schema_editor() as editor:
        for table in tables:
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})
    _migrate(migrations, lambda words: None)


def migrate_on(say: Callable[[str], None]) -> None:
    """Run all later migrations, on the rows that are there, and what `migrate` does before and after them."""
    _migrate(known_migrations(), say, with_signals=True)


def _migrate(wanted: set[Node], say: Callable[[str], None], *, with_signals: bool = False) -> None:
    def report(action: str, migration=None, fake: bool = False) -> None:
        if action == "apply_start":
            say(f"Running the migration {migration}")
        if action == "apply_success":  # PostgreSQL alters no table whose foreign keys are yet to be checked
            connection.check_constraints()

    executor = MigrationExecutor(connection, report)
    targets = executor.loader.graph.leaf_nodes()
    unapplied = executor.migration_plan(targets)
    plan = [step for step in unapplied if (step[0].app_label, step[0].name) in wanted]
    about = {"verbosity": 0, "interactive": False, "db": connection.alias, "plan": plan}
    if with_signals:
        emit_pre_migrate_signal(**about)
    executor.migrate(targets, plan)
    if with_signals:
        emit_post_migrate_signal(**about)
