"""Under faults every save that was acknowledged is there, none is there in part, and the portal recovers by itself.

Short versions; `python -m tests.faults` runs long ones and prints figures for docs/reliability.md.
"""

import itertools
import os
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from scoring.workshops.guests import WRONG_CODES
from scoring.workshops.joining_views import TOO_OFTEN
from tests.faults.load import TOKEN, Load, Outcome, outcome
from tests.faults.proxy import proxy
from tests.faults.trial import Figure, Trial, trial

DATABASE = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow, pytest.mark.xdist_group("faults")]
SHORT = 0  # seconds: as long as everybody needs to save once


@pytest.fixture(scope="module")
def running(django_db_setup, django_db_blocker):
    with tempfile.TemporaryDirectory(
        prefix="edsportal-faults-"
    ) as name:  # PostgreSQL's account must reach it
        folder = Path(name)
        with trial(folder, database=DATABASE, migrated=_copied(folder, django_db_blocker)) as made:
            yield made


def _copied(folder: Path, blocker) -> Path | None:
    """A copy of the tests' own SQLite database, which has all migrations: running them again would take seconds."""
    if DATABASE != "sqlite":
        return None
    path = folder / "migrated.sqlite3"
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
        connection.close()
    return path


def check(figure: Figure) -> None:
    assert figure.is_good, figure
    assert set(figure.answers) <= {200, 503, 0}, figure
    for page in figure.pages:
        assert page.startswith("503 ")
        assert "What you saved before is safe. What you just sent was not saved." in page


def joins(port: int, code: str) -> str:
    """What somebody reads who tries to join a workshop with that code."""
    data = {"code": code, "csrfmiddlewaretoken": TOKEN, "name": "Pat", "kind": "person", "interest": "carer"}
    data |= {"page": str(uuid4()), "agrees": "on"}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/join/",
        urllib.parse.urlencode(data).encode(),
        {"Cookie": f"csrftoken={TOKEN}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.read().decode()


def test_no_acknowledged_save_is_lost_and_none_is_kept_in_part(running: Trial):
    """One fault after another in one portal, for to start one takes longer than the faults."""
    killed = running.server_killed(SHORT)
    check(killed)
    assert killed.answers.get(0, 0) > 0  # it was in the middle of saves
    check(running.connections_cut(SHORT))
    if running.postgres is not None:
        crashed = running.database_crashed(SHORT)
        check(crashed)
        assert crashed.answers.get(503, 0) > 0
    two_copies_share_all_and_one_may_die(running)


@pytest.mark.mounts
def test_a_full_disk_loses_no_acknowledged_save(running: Trial):
    full = running.disk_full(SHORT)
    check(full)
    assert full.answers.get(503, 0) > 0


def two_copies_share_all_and_one_may_die(running: Trial):
    """No copy holds anything of its own: limits, sessions and saves go on whichever of the two answers."""
    copies = running.copies[0], running.copy()
    codes = (f"CFHJ{''.join(digits)}" for digits in itertools.product("3479", repeat=4))
    for copy in itertools.islice(itertools.cycle(copies), WRONG_CODES):
        assert TOO_OFTEN not in joins(copy.port, next(codes))
    for copy in copies:
        assert TOO_OFTEN in joins(copy.port, next(codes))
    with proxy([copy.port for copy in copies]) as port:
        figure = running.one_of_two_killed(SHORT, port)
    check(figure)


@pytest.mark.parametrize(
    ("stored", "lost", "half"),
    [
        ([["7 x"] * 4, []], 0, 0),
        ([["8 x"] * 4, ["1 x"] * 4], 0, 0),  # kept, and its answer did not arrive
        ([["6 x"] * 4, []], 1, 0),
        ([[], []], 1, 0),
        ([["7 x", "7 x", "7 x", "8 x"], []], 0, 1),
        ([["7 x"] * 3, []], 0, 1),
        ([["7 x"] * 4, ["1 x"]], 0, 1),
    ],
)
def test_a_save_that_is_lost_or_kept_in_part_is_noticed(stored, lost, half):
    load = Load({"slug": "s", "year": "2026", "version": 1, "cookies": ["a", "b"]}, [])
    load.members[0].tried, load.members[0].acknowledged, load.members[0].saves = 9, 7, 7
    assert outcome(load, stored) == Outcome(acknowledged=7, refused=2, lost=lost, half=half)
