"""What every page costs alone, and beside a country of other organisations.

    python -m tests.benchmarks.national [--organisations 250 --years 4 --services 5 --members 12]       SQLite
    python tools/with_postgres.py python -m tests.benchmarks.national …                              PostgreSQL

It opens every page of tests/pages.py as each kind of person who may, at several stages of one review, counts its
statements, the work of the database and CPU time, then fills the database around that review and does it again. It
prints a table, the pages that grow most first, and uses an empty database of its own, which is gone afterwards.
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.cost import Cost
    from tests.cast import Cast

WHO = ("public", "administrator", "lead", "author", "reader", "chair", "member")
AT = ("scoring", "meeting", "writing", "approval", "published")
AT_EACH = ("scoring", "meeting")  # where the lead and a member open every page; the others each page once
Key = tuple[str, str, str]  # the name of the page, who opens it, and the stage


def a_review() -> "Cast":
    """The review that is measured: scored by its whole panel, agreed, with a workshop and evidence."""
    from eds import stages
    from tests.page_addresses import make_everything

    cast = make_everything()
    cast.move(stages.SCORING)
    for user in (cast.chair, cast.member, cast.other):
        for number in range(1, len(cast.case_studies) + 1):
            cast.score(user, number, 0, 1, 2, 3)
    return cast


def pages(people: Sequence[str] = WHO) -> "dict[str, list[tuple[str, str]]]":
    """By stage each page and person who is answered with it there. Lists of all that is published grow with what they
    show, so they are left out."""
    from tests.pages import TABLE
    from tests.test_query_shapes import OVER_ALL

    opened: dict[str, list[tuple[str, str]]] = {stage: [] for stage in AT}
    for name in sorted(set(TABLE) - set(OVER_ALL)):
        for who in people:
            at = [stage for stage in AT if _answered(TABLE[name], stage, who)]
            again = [stage for stage in at[1:] if stage in AT_EACH and who in ("lead", "member")]
            for stage in at[:1] + (again if None not in TABLE[name] else []):
                opened[stage].append((name, who))
    return opened


def _answered(rows: dict, stage: str, who: str) -> bool:
    return (rows.get(stage) or rows.get(None) or {}).get(who) == 200


@contextmanager
def address_at(cast: "Cast", name: str) -> Iterator[str]:
    """The address of a page, whose rows are made for it and gone afterwards."""
    from django.core.cache import cache
    from django.db import transaction

    from tests.page_addresses import address_of

    with transaction.atomic():
        yield address_of(cast, name)
        transaction.set_rollback(True)
    cache.clear()
    for row in (cast.organisation, cast.review):
        row.refresh_from_db()


def measure(cast: "Cast", *, timed: bool = True, people: Sequence[str] = WHO) -> "dict[Key, Cost]":
    """What every page costs now, by page, person and stage."""
    from dataclasses import replace

    from tests.benchmarks.cost import counted, cpu_seconds
    from tests.clients import client_with, cookies_of

    sessions = {who: cookies_of(cast.people[who]) for who in people}
    costs = {}
    for stage, opened in pages(people).items():
        cast.move(stage)
        for name, who in opened:
            with address_at(cast, name) as address:

                def request(address=address, who=who) -> None:
                    response = client_with(sessions[who]).get(address)
                    b"".join(response) if response.streaming else response.content

                request()
                cost = counted(request)
                costs[name, who, stage] = replace(cost, cpu=cpu_seconds(request)) if timed else cost
    return costs


def table(alone: "dict[Key, Cost]", beside: "dict[Key, Cost]", shown: int) -> Iterator[str]:
    """Markdown: the pages whose work grew most, and what all cost together."""
    keys = sorted(alone, key=lambda key: beside[key].work / max(alone[key].work, 1), reverse=True)
    yield "| page | who | stage | queries | work alone | beside | × | CPU ms alone | beside | × |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for key in keys[:shown]:
        yield _row(key, alone[key], beside[key])
    grown = sum(beside[key].queries != alone[key].queries for key in keys)
    cpu = [sum(costs[key].cpu for key in keys) for costs in (alone, beside)]
    slower = sum(beside[key].cpu > 1.3 * alone[key].cpu for key in keys)
    yield (
        f"\n{len(keys)} pages: {grown} ask more often beside the others, {slower} take more than 1.3 times the CPU; "
        f"all together {cpu[0]:.2f} s and {cpu[1]:.2f} s of CPU ({cpu[1] / max(cpu[0], 1e-9):.2f} ×)"
    )


def _row(key: Key, alone: "Cost", beside: "Cost") -> str:
    asked = str(alone.queries) if alone.queries == beside.queries else f"{alone.queries} → {beside.queries}"
    work = f"{alone.work:,} | {beside.work:,} | {beside.work / max(alone.work, 1):.1f}"
    cpu = f"{alone.cpu * 1000:.1f} | {beside.cpu * 1000:.1f} | {beside.cpu / max(alone.cpu, 1e-9):.2f}"
    return f"| {' | '.join(key)} | {asked} | {work} | {cpu} |"


@contextmanager
def own_database() -> Iterator[None]:
    """An empty migrated database: a file that is removed afterwards, or what DATABASE_URL names."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with tempfile.TemporaryDirectory(prefix="edsportal-national-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'national.sqlite3'}")
        django.setup()
        logging.disable(logging.CRITICAL)
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
        connections.close_all()


def settle(cast: "Cast") -> None:
    """Go on as the portal does after many writes: with what the database found out by itself. SQLite looks when a
    connection closes that read what has grown; PostgreSQL at times."""
    from django.db import connection

    if connection.vendor == "sqlite":
        measure(cast, timed=False)
    connection.close()
    while connection.vendor == "postgresql" and _awaits_statistics(connection):
        time.sleep(2)


def _awaits_statistics(connection) -> bool:
    """Has autovacuum not yet looked at the scores and at the audit log since they were made?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_user_tables WHERE n_live_tup > 1000 AND last_autoanalyze IS NULL"
        )
        return cursor.fetchone()[0] > 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (("organisations", 250), ("years", 4), ("services", 5), ("members", 12)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--shown", type=int, default=25, help="how many pages the table names")
    parser.add_argument("--counts", action="store_true", help="statements and work only, without CPU time")
    asked = vars(parser.parse_args(arguments))
    shown, timed = asked.pop("shown"), not asked.pop("counts")
    with own_database():
        from tests.benchmarks.seeding import Size, seed

        cast = a_review()
        settle(cast)
        alone = measure(cast, timed=timed)
        started = time.process_time()
        scores = seed(Size(**asked))
        print(f"{scores:,} scores of others, made in {time.process_time() - started:.0f} s of CPU")
        settle(cast)
        print(*table(alone, measure(cast, timed=timed), shown), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
