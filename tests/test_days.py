"""A day is the day that people lived: in summer the hour before midnight belongs to it, whatever UTC says."""

from datetime import UTC, datetime
from types import SimpleNamespace

from reports.writing.data import open_data
from scoring.my_work import tasks
from tests.reports.samples import FULL

LATE = datetime(2026, 7, 9, 23, 30, tzinfo=UTC)  # 10 July, half past midnight in London


def test_open_data_tell_the_day_of_publication_in_london():
    published = open_data.Published(address="a", number=1, published_at=LATE, sha256="", content=FULL)
    assert {row["published_on"] for row in open_data.rows([published])} == {"2026-07-10"}


def test_a_task_tells_the_day_of_a_change_in_london():
    assert tasks._by(SimpleNamespace(changed_at=LATE), tasks.CHANGED) == "changed on 10 July 2026"
