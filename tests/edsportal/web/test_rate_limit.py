"""Tries are counted in the cache that a server uses, for as long as they say, also when many come at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as the_settings
from django.core.cache import cache
from django.core.cache.backends import db as database_cache
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from edsportal import settings as of_a_server
from edsportal.web.rate_limit import Tries

pytestmark = pytest.mark.django_db
THREE = Tries("tests", 3, 600)


@pytest.fixture
def later(monkeypatch):
    """later(seconds): the clock of the cache goes on by so many."""
    offset = [timezone.timedelta(0)]
    real, real_time = timezone.now, database_cache.BaseDatabaseCache.get_backend_timeout
    monkeypatch.setattr(database_cache, "tz_now", lambda: real() + offset[0])
    monkeypatch.setattr(
        database_cache.BaseDatabaseCache,
        "get_backend_timeout",
        lambda self, timeout=None: real_time(self, timeout) + offset[0].total_seconds(),
    )

    def go_on(seconds: float) -> None:
        offset[0] += timezone.timedelta(seconds=seconds)

    return go_on


def test_tests_count_in_the_cache_of_a_server():
    assert the_settings.CACHES == of_a_server.CACHES
    assert the_settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_a_try_counts_for_its_own_time_and_no_later_one_makes_it_longer(later):
    assert THREE.take("ann")
    later(300)
    assert THREE.take("ann")
    later(290)  # 590 seconds after the first
    assert THREE.take("ann")
    assert THREE.take("ann") is None
    assert THREE.exceeded("ann")
    later(11)  # the first is over: one place is free, and no more
    assert THREE.take("ann")
    assert THREE.take("ann") is None
    later(595)
    assert not THREE.exceeded("ann")


def test_a_limit_lasts_as_long_as_it_says_and_not_the_caches_own_five_minutes(later):
    for _ in range(3):
        assert THREE.take("ann")
        later(100)
    later(250)
    assert THREE.exceeded("ann")  # 550 seconds: incr would have let it lapse after 300
    later(60)
    assert not THREE.exceeded("ann")


def test_what_is_given_back_or_forgotten_does_not_count():
    THREE.take("ann").give_back()
    for _ in range(3):
        assert THREE.take("ann")
    assert THREE.take("bob")
    THREE.forget("ann")
    assert THREE.take("ann")


def test_the_cache_holds_nobodys_address():
    THREE.take("ann@example.org")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        assert "ann" not in str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted():
    tries = Tries("tests", 20, 600)

    def one(_):
        try:
            return tries.take("ann") is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(one, range(16)))
    taken = len(cache.get_many(tries._keys("ann")))
    assert taken == sum(results)
    assert sum(results) == 16


def test_old_counts_are_deleted_once_a_day(later, settings):
    THREE.take("ann")
    cache.set("other", 1, 1_000_000)
    later(-700)
    THREE.take("old")
    later(700)
    call_command("retention", verbosity=0)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        assert cursor.fetchone()[0] == 2
