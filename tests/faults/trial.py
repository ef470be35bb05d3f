"""A trial: a portal of our own under load, the faults that it meets, and what is left afterwards.

Every fault gives a `Figure`: how many saves were acknowledged, how many refused or unanswered, how many acknowledged
ones are lost, how many are there in part, and how long it took from the fault's end until everybody could save again.
"""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.load import Load, Outcome, outcome
from tests.faults.servers import ROOT, Copy, Postgres, environment, fill, prepare, small_disk

DISK = {"sqlite": 24, "postgresql": 160}  # megabytes


@dataclass(frozen=True, kw_only=True)
class Figure:
    fault: str
    outcome: Outcome
    recovered: float  # seconds
    answers: dict[int, int]
    pages: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return self.outcome.acknowledged > 0 and not self.outcome.lost and not self.outcome.half


class Trial:
    """`disk` is the small file system on which the database lies, or None where there is none."""

    def __init__(
        self, folder: Path, own: dict[str, str], members: int, disk: Path | None, postgres: Postgres | None
    ):
        self.folder, self.own, self.disk, self.postgres = folder, own, disk, postgres
        self.known = prepare(own, members)
        self.members = Load(self.known, []).members
        self.copies: list[Copy] = []

    def copy(self) -> Copy:
        copy = Copy(self.own, self.folder / f"copy-{len(self.copies)}.log")
        self.copies.append(copy)
        copy.start()
        return copy

    def load(self, ports: list[int], padding: int = 20) -> Load:
        load = Load(self.known, ports, padding)
        for mine, member in zip(self.members, load.members, strict=True):
            member.began = member.tried = mine.tried
            member.acknowledged, member.revision = mine.acknowledged, mine.revision
        return load

    def figure(self, fault: str, load: Load, recovered: float) -> Figure:
        """After the load: compare what was acknowledged with what is stored."""
        self.members = load.members
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.stored"],
            cwd=ROOT, env=self.own, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        pages = tuple(page for member in load.members for page in member.pages)
        found = outcome(load, json.loads(done.stdout))
        return Figure(fault=fault, outcome=found, recovered=recovered, answers=load.told(), pages=pages)

    def server_killed(self, seconds: float) -> Figure:
        """Kill the portal with all its processes in the middle of saves, and start it as systemd does."""
        copy = self.copies[0]
        with self.load([copy.port]) as load:
            load.run_for(seconds)
            copy.kill()
            started = time.monotonic()
            copy.start()
            load.until_all_saved()
            recovered = time.monotonic() - started
        return self.figure("the portal is killed", load, recovered)

    def database_crashed(self, seconds: float, how: str = "immediate") -> Figure:
        """Stop PostgreSQL and start it again; the portal is left alone."""
        with self.load([self.copies[0].port]) as load:
            load.run_for(seconds)
            self.postgres.stop(how)
            load.until_refused()
            self.postgres.start()
            recovered = load.until_all_saved()
        return self.figure(f"PostgreSQL is stopped ({how})", load, recovered)

    def connections_cut(self, seconds: float) -> Figure:
        """Cut the connections to the database where there are any, and hang up on the portal before it answers."""
        copy = self.copies[0]
        with self.load([copy.port]) as load:
            load.run_for(seconds)
            for _ in range(3):
                self._cut()
                load.hang_up(copy.port)
            recovered = load.until_all_saved()
        return self.figure("connections are cut", load, recovered)

    def _cut(self) -> None:
        if self.postgres is not None:
            import psycopg

            with psycopg.connect(self.postgres.address, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

    def disk_full(self, seconds: float) -> Figure:
        """Leave no room for the database, then make some."""
        with self.load([self.copies[0].port], padding=1900) as load:
            load.run_for(seconds)
            load.until_refused(self._squeeze)
            fill(self.disk).unlink()
            recovered = load.until_all_saved()
        return self.figure("the disk is full", load, recovered)

    def _squeeze(self) -> None:
        """Fill the disk. Both databases write over room that they have, so take that too."""
        if self.postgres is not None:
            import psycopg

            with (
                contextlib.suppress(psycopg.Error),
                psycopg.connect(self.postgres.address, autocommit=True) as own,
            ):
                own.execute("VACUUM FULL scoring_draft")
        else:
            own = sqlite3.connect(self.disk / "edsportal.sqlite3", timeout=1)
            with contextlib.closing(own), contextlib.suppress(sqlite3.OperationalError):
                own.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        fill(self.disk)

    def one_of_two_killed(self, seconds: float, proxied: int) -> Figure:
        """Two copies behind a proxy at the port `proxied`; one is killed in mid-use and not started again."""
        with self.load([proxied]) as load:
            load.run_for(seconds)
            self.copies[-1].kill()
            recovered = load.until_all_saved()
            load.run_for(seconds)
        return self.figure("one of two copies is killed", load, recovered)


@contextlib.contextmanager
def trial(folder: Path, *, database: str, members: int = 6, migrated: Path | None = None) -> Iterator[Trial]:
    """A portal on a database of its own, "sqlite" or "postgresql", with its servers, which are ended afterwards.

    `migrated` is an SQLite database to begin with, so that migrations need not run.
    """
    folder.chmod(0o755)
    with contextlib.ExitStack() as stack:
        try:
            disk = stack.enter_context(small_disk(folder / "disk", DISK[database]))
        except PermissionError:
            disk = None
        postgres = _postgres(stack, folder, disk) if database == "postgresql" else None
        place = disk or folder
        if migrated:
            shutil.copy(migrated, place / "edsportal.sqlite3")
        own = environment(place, postgres.address) if postgres else environment(place)
        made = Trial(folder, own, members, disk, postgres)
        stack.callback(lambda: [copy.kill() for copy in made.copies])
        made.copy()
        yield made


def _postgres(stack: contextlib.ExitStack, folder: Path, disk: Path | None) -> Postgres:
    log = folder / "log"
    log.mkdir()
    postgres = Postgres(folder, data=disk, wal=log)
    stack.callback(postgres.stop)
    postgres.start()
    return postgres
