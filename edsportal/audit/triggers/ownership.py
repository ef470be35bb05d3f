"""Whether the account under which the portal runs could switch the triggers off: the owner of a table can."""

import logging

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, InterfaceError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from edsportal.audit.triggers import sql

logger = logging.getLogger(__name__)
OWNS = (
    "The portal’s database account owns its tables, so it could switch off what protects the record. "
    "Run it under an account of its own: see “Two database accounts” in docs/running.md."
)
QUERY = """SELECT r.rolsuper OR pg_has_role(current_user, c.relowner, 'MEMBER')
FROM pg_roles r, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rolname = current_user AND c.relname = %s AND n.nspname = current_schema()"""


def warnings(connection: BaseDatabaseWrapper) -> list[str]:
    """What should be different, in sentences. SQLite has no accounts: whoever may write the file owns it."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [sql.TABLE])
        row = cursor.fetchone()
    return [OWNS] if row and row[0] else []


@checks.register(checks.Tags.database)
def check_owner(app_configs, databases=None, **kwargs) -> list[checks.Warning]:
    """`check --database default` says so; `migrate` runs as the owner, and does not."""
    found = []
    for alias in databases or []:
        found += [checks.Warning(words, id="audit.W001") for words in warnings(connections[alias])]
    return [] if settings.DEMO else found


def log_at_start() -> None:
    """Called once as the web process starts. A database that doesn't answer is told of by readiness."""
    try:
        for words in [] if settings.DEMO else warnings(connection):
            logger.warning(words)
    except (DatabaseError, InterfaceError):
        logger.exception("The database did not answer at the start.")
    finally:
        connection.close()
