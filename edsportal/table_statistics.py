"""SQLite's statistics about its tables, by which it chooses how to read them, kept up by the portal itself.

PostgreSQL collects its own. SQLite does when it is told to, and says how: https://www.sqlite.org/pragma.html#pragma_optimize
"""

import contextlib
import sqlite3
from collections.abc import Callable

from django.db.backends.base.base import BaseDatabaseWrapper

ROWS = 400  # of each index that are looked at; the documentation names 100 to 1000
OPTIMIZE = f"PRAGMA busy_timeout = 0; PRAGMA analysis_limit = {ROWS}; PRAGMA optimize;"


def on_connection(*, connection: BaseDatabaseWrapper, **kwargs) -> None:
    """Of a new connection to SQLite: look at the statistics before it closes."""
    if connection.vendor == "sqlite" and "_close" not in vars(connection):
        connection._close = _optimizing(connection, connection._close)


def _optimizing(connection: BaseDatabaseWrapper, close: Callable[[], None]) -> Callable[[], None]:
    def optimize_and_close() -> None:
        raw = connection.connection
        if raw is not None and not raw.in_transaction:
            # Somebody else may be writing: then a later connection does it.
            with contextlib.suppress(sqlite3.Error):
                raw.executescript(OPTIMIZE)
        close()

    return optimize_and_close
