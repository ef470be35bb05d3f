"""One migrated database for each run of the tests: every process works on a copy, and gets it anew when need be.

Migrations run once, in whichever process is first to ask for a database. A test that commits (`transaction=True`, or
one with a live server) leaves its rows behind, so the copy is restored from the template after it.
"""

import fcntl
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections


class Template:
    """The run's template, described by a folder that all processes of the run share."""

    def __init__(self, folder: Path, worker: str):
        self.folder, self.worker = folder, worker
        self.is_made = folder / "is-made"
        self.before = connection.settings_dict["NAME"]

    def start(self) -> None:
        """From now on the connection leads to this process's own copy."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.is_made.exists():
                self.make()
                self.is_made.touch()
        self.copy()
        _lead_to(self.own)

    def finish(self) -> None:
        _lead_to(self.before)
        self.drop(self.own)

    def make(self) -> None:
        self.create_empty()
        _lead_to(self.template)
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        call_command("createcachetable", verbosity=0)
        connections.close_all()

    def restore(self) -> None:
        """Undo what tests committed."""
        connections.close_all()
        self.copy()


class SqliteTemplate(Template):
    """A file. Its pages are copied in a transaction of SQLite's own, so that a server's thread may have it open."""

    @property
    def template(self) -> str:
        return str(self.folder / "template.sqlite3")

    @property
    def own(self) -> str:
        return str(self.folder / f"{self.worker}.sqlite3")

    def create_empty(self) -> None:
        pass  # connecting does

    def copy(self) -> None:
        with closing(sqlite3.connect(self.template)) as template, closing(sqlite3.connect(self.own)) as own:
            own.execute("PRAGMA synchronous=OFF")
            template.backup(own)

    def drop(self, name: str) -> None:
        for path in Path(name).parent.glob(f"{Path(name).name}*"):
            path.unlink()


class PostgresqlTemplate(Template):
    """A database beside the one that DATABASE_URL names."""

    @property
    def template(self) -> str:
        return self.folder.name

    @property
    def own(self) -> str:
        return f"{self.folder.name}-{self.worker}"

    def create_empty(self) -> None:
        self._execute(f'CREATE DATABASE "{self.template}"')

    def copy(self) -> None:
        self.drop(self.own)
        self._execute(f'CREATE DATABASE "{self.own}" TEMPLATE "{self.template}" STRATEGY FILE_COPY')

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def template_in(folder: Path, worker: str) -> Template:
    return (PostgresqlTemplate if connection.vendor == "postgresql" else SqliteTemplate)(folder, worker)


def remove(folder: Path) -> None:
    """At the end of the run nothing is left of it."""
    template = template_in(folder, "none")
    if template.is_made.exists():
        template.drop(template.template)
    shutil.rmtree(folder)


def _lead_to(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
