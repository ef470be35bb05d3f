"""Fixtures for every test."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management.commands.flush import Command as Flush
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is slow, which says nothing about the code: no test fails for the time that it takes.
hypothesis_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("portal")

ROOT = Path(__file__).resolve().parent.parent
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
SEEDS = ROOT.parent / "shared/seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database",
        action="store_true",
        help="run only what works with the database: the rest ran with the other database and can't differ",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--with-database"):
        return
    kept, left = [], []
    for item in items:
        asks = DATABASE_FIXTURES & set(item.fixturenames) or item.get_closest_marker("each_database")
        (kept if asks else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_tables() -> Iterator[None]:
    """After a transactional test Django empties every table, which the database refuses for records: not for that."""
    from edsportal.audit.triggers import lifted

    handle = Flush.portal_handle = Flush.handle

    def without_triggers(self, **options) -> None:
        with lifted(connections[options["database"]]):
            handle(self, **options)

    Flush.handle = without_triggers
    yield
    Flush.handle = handle


@pytest.fixture(scope="session")
def seed_report_path() -> Path:
    """The real annual report of 2024 as text; no part of the project, so it lies beside it."""
    if not SEEDS.is_dir():
        pytest.skip("the folder ../shared/seeds with the real 2024 report is not here")
    (path,) = SEEDS.glob("000_*.txt")
    return path


@pytest.fixture(scope="session")
def verapdf() -> Iterator[Callable[[Path, str], dict[str, int]]]:
    """`verapdf(path, "PDFUA-1")` is what veraPDF finds wrong in a PDF; see tests/verapdf.py."""
    command = [sys.executable, "-m", "tests.verapdf"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as checker:

        def failures(path: Path, profile: str) -> dict[str, int]:
            print(json.dumps([str(path), profile]), file=checker.stdin, flush=True)
            answer = checker.stdout.readline()
            assert answer, "veraPDF stopped before it answered"
            return json.loads(answer)

        yield failures


@pytest.fixture
def cast(db):
    """The fixed cast, with the review at the stage of scoring; see tests/cast.py."""
    from tests.cast import make_cast

    return make_cast()
