"""The databases of a run of the tests: every process works on copies, and gets one anew when need be.

There are two: `plain`, just migrated, and `cast`, with the rows of tests/cast.py, for tests that ask for its fixture.
Each is made once, in whichever process is first to ask for it. A test that commits (`transaction=True`, or one with a
live server) leaves its rows behind, so the copy is restored from the template after it.
"""

import fcntl
import pickle
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

PLAIN, CAST = "plain", "cast"


class Databases:
    """Those of one process. `folder` describes their templates, and all processes of the run share it."""

    def __init__(self, folder: Path, worker: str):
        kind = PostgresqlTemplate if connection.vendor == "postgresql" else SqliteTemplate
        self.folder = folder
        self.templates = {name: kind(folder, name, worker) for name in (PLAIN, CAST)}
        self.open = {}  # the connection to each copy, kept while the other is worked on
        self.wanted, self.current = PLAIN, None
        self.before = connection.settings_dict["NAME"]

    def want(self, name: str) -> None:
        """The next test works on this one; before `start` nothing is opened."""
        self.wanted = name
        if self.current:
            self._lead()

    def start(self) -> None:
        """From now on the connection leads to this process's own copies."""
        self._lead()

    def restore(self) -> None:
        """Undo what tests committed."""
        connections.close_all()
        self.templates[self.current].copy()

    def finish(self) -> None:
        for name in self.open:
            self.want(name)
            _lead_to(self.before)
        for name in self.open:
            self.templates[name].drop(self.templates[name].own)

    def remove(self) -> None:
        """At the end of the run nothing is left of it."""
        for template in self.templates.values():
            if template.is_made.exists():
                template.drop(template.name)
        shutil.rmtree(self.folder)

    def the_cast(self):
        """The cast whose rows are in the database: objects that no other test had in its hands."""
        return pickle.loads((self.folder / CAST).read_bytes())  # noqa: S301 - we wrote it

    def _lead(self) -> None:
        if self.wanted == self.current:
            return
        template = self.templates[self.wanted]
        if self.wanted not in self.open:
            self._make(self.wanted)
            template.copy()
            self.open[self.wanted] = connections.create_connection("default")
        connection.settings_dict["NAME"] = template.own
        connections["default"] = self.open[self.wanted]
        self.current = self.wanted

    def _make(self, name: str) -> None:
        template = self.templates[name]
        if name == CAST:
            self._make(PLAIN)
        with (self.folder / f"{name}-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if template.is_made.exists():
                return
            before = connection.settings_dict["NAME"]
            template.create(self.templates[PLAIN].name if name == CAST else None)
            _lead_to(template.name)
            self._fill(name)
            _lead_to(before)
            template.is_made.touch()

    def _fill(self, name: str) -> None:
        if name == CAST:
            from tests.cast import make_cast

            (self.folder / CAST).write_bytes(pickle.dumps(make_cast()))
        else:
            call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
            call_command("createcachetable", verbosity=0)


class SqliteTemplate:
    """A file. Its pages are copied in a transaction of SQLite's own, so that a server's thread may have it open."""

    def __init__(self, folder: Path, kind: str, worker: str):
        self.name = str(folder / f"{kind}.sqlite3")
        self.own = str(folder / f"{kind}-{worker}.sqlite3")
        self.is_made = folder / f"{kind}-is-made"

    def create(self, like: str | None) -> None:
        if like:
            _copy(like, self.name)

    def copy(self) -> None:
        _copy(self.name, self.own)

    def drop(self, name: str) -> None:
        for path in Path(name).parent.glob(f"{Path(name).name}*"):
            path.unlink()


class PostgresqlTemplate:
    """A database beside the one that DATABASE_URL names."""

    def __init__(self, folder: Path, kind: str, worker: str):
        self.name = f"{folder.name}-{kind}"
        self.own = f"{self.name}-{worker}"
        self.is_made = folder / f"{kind}-is-made"

    def create(self, like: str | None) -> None:
        _create(self.name, like)

    def copy(self) -> None:
        self.drop(self.own)
        _create(self.own, self.name)

    def drop(self, name: str) -> None:
        _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _copy(of: str, to: str) -> None:
    with closing(sqlite3.connect(of)) as template, closing(sqlite3.connect(to)) as own:
        own.execute("PRAGMA synchronous=OFF")
        template.backup(own)


def _create(name: str, like: str | None) -> None:
    _execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{like}" STRATEGY FILE_COPY' if like else ""))


def _execute(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _lead_to(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
