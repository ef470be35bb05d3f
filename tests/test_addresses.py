"""Every address, for every person who opens it, as tests/pages.py says. A new address without a row there fails."""

import pytest
from django.core.cache import cache
from django.db import transaction

from eds import stages
from tests.answers import PEOPLE
from tests.cast import STAGES
from tests.clients import client_with, cookies_of
from tests.page_addresses import address_of, make_everything, own_patterns
from tests.pages import PAGES, TABLE

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]  # who may do what is no question of the database


def test_every_address_has_a_row():
    assert set(own_patterns()) == set(PAGES)
    assert [name for name, page in PAGES.items() if not page.get and not page.post] == []


@pytest.fixture
def everything(db):
    return make_everything()


@pytest.mark.parametrize("stage", [None, *STAGES], ids=str)
def test_each_person_is_answered_as_the_table_says(everything, stage):
    """One world for each stage; None stands for whatever stage, where the answer is always the same."""
    if stage == stages.PUBLISHED:
        everything.publish()
    elif stage is not None:
        everything.move(stage)
    sessions = {who: cookies_of(person) for who, person in everything.people.items()}
    expected = {name: rows[stage] for name, rows in TABLE.items() if stage in rows}
    got = {name: answered(everything, sessions, name) for name in expected}
    assert [name for name in expected if set(expected[name]) != set(PEOPLE)] == []
    assert {name: said for name, said in got.items() if said != expected[name]} == {}


def answered(cast, sessions, name: str) -> dict[str, int]:
    """The status that each person gets at the address of that name; undone afterwards."""
    got = {}
    with transaction.atomic():
        address = address_of(cast, name)
        for who in PEOPLE:
            got[who] = client_with(sessions[who]).get(address).status_code
        transaction.set_rollback(True)
    cache.clear()  # where it is counted how often somebody tried
    for row in (cast.organisation, cast.review):
        row.refresh_from_db()
    return got
