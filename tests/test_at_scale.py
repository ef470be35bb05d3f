"""Beside twenty other organisations no page asks more often, and no read looks through a table that grows with them.

The same at the size of England is measured by tests/benchmarks/national.py.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.benchmarks.cost import Cost
from tests.benchmarks.national import Key, a_review, measure
from tests.benchmarks.seeding import Size, seed
from tests.test_query_shapes import tables_of_organisations

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]  # on PostgreSQL: by hand (docs/scaling.md)
BESIDE = Size(organisations=20, years=2, services=2, members=3)
# Pages that look through a whole table, and why they may.
MAY_SCAN = {
    ("share_case_study", "casestudies_organisation"): "offers every other organisation in a list",
    ("reviews", "casestudies_review"): "PostgreSQL has no index for both organisations and places on panels",
}


def growing() -> set[str]:
    return tables_of_organisations() | {"accounts_user", "django_session", "trail_entry", "trail_link"}


@contextmanager
def as_if_large() -> Iterator[None]:
    """Inside, the database plans as if the tables that grow were large: to read one whole is the last resort."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            yield
            return
        cursor.execute("ANALYZE")
        for table in growing():
            cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])
            for _, index, is_unique, *_ in cursor.execute(f"PRAGMA index_list({table})").fetchall():
                columns = len(cursor.execute(f"PRAGMA index_info({index})").fetchall())
                figures = " ".join(["1000000", *["10"] * (columns - 1), "1" if is_unique else "10"])
                cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [table, index, figures])
        cursor.execute("ANALYZE sqlite_schema")
        yield
        cursor.execute("ANALYZE")


def plan(statement: str) -> str:
    """How the database goes about it."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN VERBOSE"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement.replace('%', '%%')}", ())
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def without_hashed(told: str) -> str:
    """PostgreSQL's plan without subqueries that it reads once, to look each row up in them: it weighs that against a
    look by index for each row, by how many rows there are now."""
    hashed, kept, inside = set(re.findall(r"hashed SubPlan (\d+)", told)), [], None
    for line in told.splitlines():
        depth = len(line) - len(line.lstrip())
        if inside is not None and depth > inside:
            continue
        found = re.match(r"\s*SubPlan (\d+)$", line)
        inside = depth if found and found[1] in hashed else None
        kept.append(line)
    return "\n".join(kept)


def read_whole(statement: str) -> set[str]:
    """The tables that a statement looks through; SQLite tells them by the names that the statement gives them."""
    if connection.vendor == "postgresql":
        return set(re.findall(r"Seq Scan on (?:\w+\.)?(\w+)", without_hashed(plan(statement))))
    names = set(re.findall(r"SCAN (\w+)", plan(statement)))
    named = re.findall(r'(?:FROM|JOIN) "(\w+)" (?:"?(\w+)"?)?', statement)
    return {table for table, name in named if names & {table, name}}


def scanned(costs: dict[Key, Cost]) -> Iterator[tuple[str, Key, str]]:
    """Each table that grows and is read whole, the page and the statement; each kind of statement once."""
    seen, tables = set(), growing()
    for key, cost in costs.items():
        for statement in cost.statements:
            shape = re.sub(r"\d+|'[^']*'", "?", statement)
            if shape in seen or not statement.startswith("SELECT"):
                continue
            seen.add(shape)
            for table in read_whole(statement) & tables:
                if (key[0], table) not in MAY_SCAN:
                    yield table, key, statement


def measured(cast) -> dict[Key, Cost]:
    """Every page of the equality lead, of a member and for everybody, without the home of administrators."""
    return measure(cast, timed=False, people=("lead", "member", "public"))


def reads(costs: dict[Key, Cost]) -> dict[Key, int]:
    """How often each page reads. Once a minute a session is written as well, which is no matter of size."""
    return {key: sum(one.startswith("SELECT") for one in cost.statements) for key, cost in costs.items()}


@pytest.mark.django_db
def test_a_page_costs_the_same_queries_beside_twenty_organisations(monkeypatch):
    monkeypatch.setattr(logging.getLogger("edsportal.request"), "disabled", True)
    cast = a_review()
    alone = measured(cast)
    seed(BESIDE)
    beside = measured(cast)
    assert reads(beside) == reads(alone)
    with as_if_large():
        assert list(scanned(beside)) == []


@pytest.mark.django_db
def test_a_read_without_an_index_is_noticed():
    with as_if_large():
        assert read_whole('SELECT "id" FROM "casestudies_section" WHERE "heading" = \'x\'') == {
            "casestudies_section"
        }
        assert read_whole('SELECT "id" FROM "casestudies_section" WHERE "case_study_id" = 1') == set()
