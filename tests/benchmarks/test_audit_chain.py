"""The chain over the audit log: every tampering is found and no honest run raises an alarm.

    TAMPERINGS=1000 SAVES=10000 python -m pytest tests/benchmarks/test_audit_chain.py -s

prints the figures of docs/reliability.md; without TAMPERINGS a bounded number is tried. The seed is fixed.
"""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from casestudies.models import Section
from eds import stages
from edsportal.audit import triggers
from edsportal.audit.chain import flush, head_text
from edsportal.audit.chain.snapshot import one_moment
from edsportal.audit.chain.verify import verify
from edsportal.audit.models import Entry, Link
from tests.benchmarks.tampering import WAYS
from tests.cast import make_cast
from tests.prepare import record_agreed_score

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
COUNT = int(os.environ.get("TAMPERINGS", "54"))  # three of each way
SAVES = int(os.environ.get("SAVES", COUNT))
SEED = 20261130


def a_record():
    """The cast with scores, agreed scores and a publication, chained by the commits that made them."""
    cast = make_cast(services=1)
    cast.score(cast.member, 1, 3, 2, 1, 0)
    cast.move(stages.MEETING)
    for area in cast.case_studies[0].domain.outcome_areas.all():
        record_agreed_score(
            case_study=cast.case_studies[0], outcome_area=area, value=2, rationale="r", recorded_by=cast.lead
        )
    cast.publish()
    return cast


def test_every_tampering_is_found_and_named():
    a_record()
    chance, found, unnamed = random.Random(SEED), Counter(), []  # noqa: S311
    assert verify().problems == []
    triggers.remove(connection)  # as an owner of the database can
    with transaction.atomic():
        for number in range(COUNT):
            way = WAYS[number % len(WAYS)]
            mark = transaction.savepoint()
            named = way(chance)
            problems = verify().problems
            transaction.savepoint_rollback(mark)
            found[way.__name__] += bool(problems)
            if named is not None and named not in [(each.kind, each.row) for each in problems]:
                unnamed.append((way.__name__, named, [str(each) for each in problems]))
        assert verify().problems == []
        transaction.set_rollback(True)
    print(
        f"\n{connection.vendor}: {sum(found.values())} of {COUNT} tamperings found; {Link.objects.count()} links"
    )
    assert found == Counter(WAYS[number % len(WAYS)].__name__ for number in range(COUNT))
    assert unnamed == []


def test_a_cut_back_to_an_earlier_head_is_found_by_a_head_that_was_printed_since():
    """Somebody who kept the signed head of last week can go back to it; whoever has this week's backup sees it."""
    cast = make_cast(services=1)
    flush(connection)
    before, links = head_text(), Link.objects.count()
    with transaction.atomic():
        cast.case_studies[0].sections.update(body="Later")
    printed = head_text()
    triggers.remove(connection)
    gone = Link.objects.filter(position__gt=links)
    Entry.objects.filter(pk__in=list(gone.values_list("row", flat=True)))._raw_delete("default")
    gone._raw_delete("default")
    position, value, signature = before.split(":")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trail_head SET position = %s, hash = %s, signature = %s", [position, value, signature]
        )
    assert verify().problems == []
    assert [each.what for each in verify(head=printed).problems] == [
        f"The chain ends at {links}, but a head was printed at {int(printed.split(':')[0])}: its end was cut."
    ]


def test_honest_runs_raise_no_alarm():
    cast = a_record()
    cast.move(stages.WRITING)
    sections = list(Section.objects.filter(case_study__review=cast.review))
    chance, alarms = random.Random(SEED), []  # noqa: S311
    for number in range(COUNT):
        section = chance.choice(sections)
        if chance.random() < 0.3:  # a statement that is stored at once
            Section.objects.filter(pk=section.pk).update(body=f"Text {number}")
        else:
            with transaction.atomic():
                section.body = f"Text {number}"
                section.save()
                if chance.random() < 0.2:
                    transaction.set_rollback(True)
        with one_moment():
            alarms += verify().problems
    print(f"\n{connection.vendor}: {len(alarms)} false alarms in {COUNT} honest runs")
    assert alarms == []


def test_parallel_transactions_chain_in_one_order_and_none_fails():
    """With the locks that actions take: their review first, so that two wait for one another."""
    cast = a_record()
    sections = list(Section.objects.filter(case_study__review=cast.review))
    each, threads, alarms = max(SAVES // 8, 5), 8, []

    def save(thread: int) -> float:
        slowest = 0.0
        for number in range(each):
            start = time.perf_counter()
            with transaction.atomic():
                type(cast.review).objects.select_for_update().get(pk=cast.review.pk)
                Section.objects.filter(pk=sections[thread % len(sections)].pk).update(
                    body=f"{thread} {number}"
                )
                Section.objects.create(
                    case_study=cast.case_studies[0],
                    position=100 + thread * 2_000 + number,
                    heading="h",
                    body="b",
                )
            slowest = max(slowest, time.perf_counter() - start)
            if number % max(each // 5, 1) == 0:
                with one_moment():
                    alarms.extend(verify().problems)
        connections.close_all()
        return slowest

    before, start = Entry.objects.count(), time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        slowest = max(pool.map(save, range(threads)))
    seconds = time.perf_counter() - start
    print(f"\n{connection.vendor}: {each * threads} saves in {seconds:.1f} s, slowest {slowest:.2f} s")
    assert Entry.objects.count() - before == 2 * each * threads
    assert alarms + verify().problems == []
    assert Link.objects.filter(kind="trail.entry").count() == Entry.objects.count()
