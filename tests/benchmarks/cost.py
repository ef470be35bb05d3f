"""What one request costs: statements, rows or steps of the database, and CPU time.

CPU time is that of this process and, on PostgreSQL, of the server's process for our connection: unlike time on the
clock it says little about what else the machine does.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

STEPS = 20  # of SQLite's virtual machine between two looks at it
READ = "SELECT COALESCE(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """`work` is the rows that PostgreSQL read, or the steps that SQLite's virtual machine took; `cpu` is seconds."""

    queries: int
    work: int
    cpu: float = 0.0
    statements: list[str] = field(default_factory=list, compare=False, repr=False)


@dataclass
class Work:
    done: int = 0


@contextmanager
def database_work() -> Iterator[Work]:
    """Counts what the database does inside. On PostgreSQL the caller is in a transaction."""
    work = Work()
    if connection.vendor == "postgresql":
        before = _rows_read()
        yield work
        work.done = _rows_read() - before
        return

    def step() -> int:
        work.done += STEPS
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, STEPS)
    try:
        yield work
    finally:
        connection.connection.set_progress_handler(None, 0)


def _rows_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return int(cursor.fetchone()[0])


def counted(request: Callable[[], object]) -> Cost:
    """The statements and the work of one request, without its time."""
    with database_work() as work, CaptureQueriesContext(connection) as captured:
        request()
    own = [each["sql"] for each in captured.captured_queries if "pg_stat_xact_user_tables" not in each["sql"]]
    return Cost(queries=len(own), work=work.done, statements=own)


def cpu_seconds(request: Callable[[], object], *, times: int = 3) -> float:
    """The least CPU time that the request took in so many tries, after one that is not measured."""
    request()
    return min(_one(request) for _ in range(times))


def _one(request: Callable[[], object]) -> float:
    before = time.process_time() + _server_seconds()
    request()
    return time.process_time() + _server_seconds() - before


def _server_seconds() -> float:
    """CPU time of PostgreSQL's process for this connection so far, where it is on this machine."""
    if connection.vendor != "postgresql":
        return 0.0
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(path.read_text().split()[0]) / 1e9 if path.exists() else 0.0
