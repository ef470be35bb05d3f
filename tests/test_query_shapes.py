"""Every read of an organisation's rows says of which: what makes it possible to keep each organisation on a server
of its own (docs/scaling.md).

A query that reads rows which belong to an organisation must fix one of them, or the person: by a key, a foreign key, an
organisation's or a review's own name. The few that read over all organisations are public lists, and stand in a table.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eds import stages
from edsportal.audit import policy
from tests.test_addresses import (
    TABLE,
    address_of,
    everything,  # noqa: F401 (a fixture)
)

pytestmark = pytest.mark.slow

# What fixes rows: a column that is a key or names an organisation or a person, compared with values.
FIXED = re.compile(r'"(?:\w+_id|id|slug|code|token|session_key|email)" (?:= (?!\(?")|IN \((?!SELECT))')
# Pages that read over all organisations, and why.
OVER_ALL = {
    "reports": "lists what every body published",
    "results_csv": "gives what every body published",
    "results_json": "gives what every body published",
    "feed": "tells what every body published lately",
    "system": "sets the bodies of a care system side by side",
    "compare": "shows how all bodies are spread, of one year and edition",
    "compare_csv": "gives how all bodies are spread",
    "sitemap": "names what every body published, for search engines",
    "organisations": "an administrator's list of every body",
    "trail": "an administrator's list of every change",
    "trail_file": "an administrator's list of every change",
}


def tables_of_organisations() -> set[str]:
    return {one.table for one in policy.logged_tables() if one.to_organisation} | {
        "scoring_draft",
        "scoring_scoresheet",
    }


def unfixed(queries: list[dict], of_organisations: set[str]) -> list[str]:
    """The reads of an organisation's rows that fix none of them."""
    found = []
    for query in queries:
        text = query["sql"]
        if text.startswith("SELECT") and set(re.findall(r'(?:FROM|JOIN) "(\w+)"', text)) & of_organisations:
            where = text.partition(" WHERE ")[2]
            if not FIXED.search(where):
                found.append(text)
    return found


@pytest.mark.parametrize(("who", "stage"), [("lead", stages.MEETING), ("member", stages.SCORING)])
def test_reads_fix_the_organisation_or_the_person(client, everything, who, stage):  # noqa: F811
    client.force_login(everything.people[who])
    of_organisations, over_all = tables_of_organisations(), {}
    everything.move(stage)
    for name in set(TABLE) - set(OVER_ALL):
        address = address_of(everything, name)  # which may make what the page is about
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
            b"".join(response) if response.streaming else response.content
        if told := unfixed(captured.captured_queries, of_organisations):
            over_all[name] = told
    assert over_all == {}


def test_a_read_over_all_organisations_is_noticed():
    of = {"casestudies_review"}
    fixed = 'SELECT 1 FROM "casestudies_review" WHERE "casestudies_review"."organisation_id" = 1'
    assert unfixed([{"sql": fixed}], of) == []
    for loose in (
        'SELECT "casestudies_review"."id" FROM "casestudies_review"',
        'SELECT 1 FROM "casestudies_review" WHERE "casestudies_review"."year" = 2026',
        'SELECT 1 FROM "x" INNER JOIN "casestudies_review" ON ("x"."review_id" = "y"."id") WHERE "a" = 1',
    ):
        assert unfixed([{"sql": loose}], of) == [loose]
