"""Fixtures for every test."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from tests import database, markers

# A busy machine is slow, which says nothing about the code: no test fails for the time that it takes.
hypothesis_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("portal")

ROOT = Path(__file__).resolve().parent.parent
DATABASES_FOLDER = pytest.StashKey[Path]()
DATABASES = pytest.StashKey[database.Databases]()
SEEDS = ROOT.parent / "shared/seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out what is marked slow, browser or server")
    parser.addoption(
        "--servers", action="store_true", help="run what needs nginx or LibreOffice, and only that"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The folder of the run's databases: made by the process that was started, told to those that it starts."""
    given = getattr(config, "workerinput", {}).get("databases")
    config.stash[DATABASES_FOLDER] = Path(given or tempfile.mkdtemp(prefix="edsportal-tests-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput["databases"] = str(node.config.stash[DATABASES_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        with config.stash[blocking_manager_key].unblock():
            database.Databases(config.stash[DATABASES_FOLDER], "none").remove()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    markers.mark_all(items)
    fast, servers = config.getoption("--fast"), config.getoption("--servers")
    run_with = markers.RUN_WITH[connection.vendor]

    def keep(item: pytest.Item) -> bool:
        marks = {mark.name for mark in item.iter_markers()}
        return (
            markers.database_of(item) in run_with
            and ("server" in marks) == servers
            and not (fast and marks & {"slow", "browser"})
        )

    markers.deselect(config, items, keep)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test with the cast finds its rows there; this comes before any fixture begins a transaction."""
    databases = _databases(item.config)
    with item.config.stash[blocking_manager_key].unblock():
        databases.want(database.CAST if "cast" in getattr(item, "fixturenames", ()) else database.PLAIN)


def _databases(config: pytest.Config) -> database.Databases:
    if DATABASES not in config.stash:
        worker = getattr(config, "workerinput", {}).get("workerid", "main")
        config.stash[DATABASES] = database.Databases(config.stash[DATABASES_FOLDER], worker)
    return config.stash[DATABASES]


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker) -> Iterator[None]:
    """This process's own copies of the run's databases, restored after each test that commits."""
    databases = _databases(request.config)
    with django_db_blocker.unblock():
        databases.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: databases.restore())
        yield
    with django_db_blocker.unblock():
        databases.finish()


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
def cast(request, db):
    """The fixed cast, with the review at the stage of scoring; see tests/cast.py."""
    return _databases(request.config).the_cast()


@pytest.fixture
def unprinted(monkeypatch) -> None:
    """In place of a PDF the page that is printed, with the file in it: it can be read, and is made sooner."""
    monkeypatch.setattr(
        "reports.writing.pdf.pdf_writer._written",
        lambda html, attached, style: (html.encode() + (attached.content if attached else b""), set()),
    )
