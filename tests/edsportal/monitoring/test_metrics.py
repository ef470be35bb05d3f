"""Figures for Prometheus, for who knows the token alone."""

import re

import pytest

from edsportal.monitoring.metrics import REQUESTS

TOKEN = {"Authorization": "Bearer a-long-token"}


@pytest.fixture
def figures(client, db, settings):
    settings.METRICS_TOKEN = "a-long-token"

    def read() -> str:
        return client.get("/metrics/", headers=TOKEN).content.decode()

    return read


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "a-long-token"}]
)
def test_without_the_token_there_is_no_such_page(client, db, settings, headers):
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics/", headers=headers).status_code == 404
    settings.METRICS_TOKEN = ""
    for given in (TOKEN, {"Authorization": "Bearer "}, headers):
        assert client.get("/metrics/", headers=given).status_code == 404


def test_answers_are_counted_by_the_name_of_the_page(client, figures):
    before = REQUESTS.labels("reports", "GET", 200)._value.get()
    client.get("/reports/?body=planted")
    client.get("/reports/")
    text = figures()
    assert f'edsportal_requests_total{{method="GET",page="reports",status="200"}} {before + 2}' in text
    assert re.search(r'edsportal_request_seconds_count\{page="reports"\} \d', text)
    assert "edsportal_database_answers 1" in text
    assert "planted" not in text


def test_addresses_that_nobody_knows_are_one_figure(client, figures):
    for number in range(3):
        client.get(f"/no-such-page-{number}/")
        client.generic("MADEUP", "/reports/")
    text = figures()
    assert 'page="other",status="404"' in text
    assert "no-such-page" not in text
    assert "MADEUP" not in text
