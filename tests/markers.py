"""On which database each test runs. Every test has one of these marks, given by hand or by a rule:

- `either`: asks no database, or asks it nothing that could differ. Runs once, with SQLite.
- `both`: runs with SQLite and with PostgreSQL.
- `sqlite`, `postgresql`: runs with that one only.

A test that says nothing is `both` if it has the database (a fixture that brings it, or `django_db`), else `either`:
pytest-django then refuses it the database, so nothing is left out unnoticed. What a process of its own does nobody
refuses: a test that starts one has to say, or no test runs at all.
"""

import pytest

MARKS = ("either", "both", "sqlite", "postgresql")
RUN_WITH = {"sqlite": {"either", "both", "sqlite"}, "postgresql": {"both", "postgresql"}}
BRING_A_DATABASE = {"db", "transactional_db", "live_server"}


def database_of(item: pytest.Item) -> str:
    """The nearest mark: a test's own comes before that of its module."""
    for mark in item.iter_markers():
        if mark.name in MARKS:
            return mark.name
    if BRING_A_DATABASE & set(item.fixturenames) or item.get_closest_marker("django_db"):
        return "both"
    if hasattr(item.module, "subprocess"):
        raise pytest.UsageError(f"{item.nodeid} may start a process: mark it with one of {', '.join(MARKS)}")
    return "either"


def mark_all(items: list[pytest.Item]) -> None:
    for item in items:
        if (name := database_of(item)) not in {mark.name for mark in item.iter_markers()}:
            item.add_marker(name)


def deselect(config: pytest.Config, items: list[pytest.Item], keep) -> None:
    """Leave out, without a word about skipping, what `keep` says no to."""
    left = [item for item in items if not keep(item)]
    items[:] = [item for item in items if keep(item)]
    config.hook.pytest_deselected(items=left)
