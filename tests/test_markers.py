"""No test is left out unnoticed: each is marked for a database, by hand or by what it asks for."""

import subprocess
from types import SimpleNamespace

import pytest

from tests.markers import MARKS, RUN_WITH, database_of

pytestmark = pytest.mark.either
STARTS_PROCESSES, PLAIN = SimpleNamespace(subprocess=subprocess), SimpleNamespace()


def item(*marks: str, fixtures: tuple[str, ...] = (), module=PLAIN) -> SimpleNamespace:
    """As much of a test as is looked at; its nearest mark comes first."""
    found = [SimpleNamespace(name=mark) for mark in marks]
    return SimpleNamespace(
        nodeid="test_it",
        fixturenames=fixtures,
        module=module,
        iter_markers=lambda: iter(found),
        get_closest_marker=lambda name: next((mark for mark in found if mark.name == name), None),
    )


@pytest.mark.parametrize(
    ("test", "database"),
    [
        (item(), "either"),
        (item(fixtures=("db",)), "both"),
        (item(fixtures=("live_server",)), "both"),
        (item("django_db"), "both"),
        (item("django_db", module=STARTS_PROCESSES), "both"),
        (item("sqlite", fixtures=("db",)), "sqlite"),
        (item("both", "sqlite"), "both"),
        (item("either", module=STARTS_PROCESSES), "either"),
    ],
)
def test_a_test_runs_where_its_nearest_mark_or_what_it_asks_for_says(test, database):
    assert database_of(test) == database


def test_a_test_that_may_start_a_process_has_to_say():
    with pytest.raises(pytest.UsageError, match="test_it may start a process: mark it with one of either"):
        database_of(item(module=STARTS_PROCESSES))


def test_every_mark_is_run_with_some_database():
    assert set().union(*RUN_WITH.values()) == set(MARKS)
