"""Alive, ready, and the page that people see while the portal can't save."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from edsportal.audit import triggers
from edsportal.audit.triggers import ownership
from edsportal.monitoring import health
from tests.edsportal.nhsuk.htmltree import texts


@pytest.fixture(autouse=True)
def _forget():
    health._found_whole[0] = float("-inf")
    yield
    health._found_whole[0] = float("-inf")


@pytest.mark.parametrize("address", ["/health/", "/health/live/", "/health/ready/"])
def test_a_whole_portal_is_alive_and_ready(client, db, address):
    response = client.get(address)
    is_owner = connection.vendor == "postgresql" and "live" not in address  # of its tables, as tests are
    warnings = {"warnings": [ownership.OWNS]} if is_owner else {}
    assert (response.status_code, response.json()) == (200, {"status": "ok"} | warnings)
    assert "no-store" in response.headers["Cache-Control"]


def gone(*args):
    raise OperationalError("could not extend file: No space left on device. PLANTED")


def test_without_its_database_it_is_alive_and_not_ready(client, db):
    with connection.execute_wrapper(gone):
        assert client.get("/health/live/").status_code == 200
        response = client.get("/health/ready/")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "problems": ["The database does not answer."]}


def test_before_migrations_it_is_not_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'scoring'")
    assert client.get("/health/ready/").json()["problems"] == [
        "Migrations have not run: run manage.py migrate."
    ]


def test_without_a_trigger_it_is_not_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute(triggers.DIALECTS[connection.vendor].drop("frozen_scoring_score_update"))
    (problem,) = client.get("/health/ready/").json()["problems"]
    assert problem == "Triggers of the audit log are missing: run manage.py migrate."


def test_health_is_asked_over_http_from_inside(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/ready/").status_code == 200
    assert client.get("/reports/").status_code == 301


@pytest.mark.parametrize("method", ["get", "post"])
def test_people_are_told_what_to_do_while_the_database_is_away(cast, method):
    client = Client(raise_request_exception=False)
    client.force_login(cast.member)
    with connection.execute_wrapper(gone):
        response = getattr(client, method)(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/score/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    said = texts(response.content.decode())
    assert "The portal can’t save at the moment" in said
    assert "What you saved before is safe. What you just sent was not saved." in said
    assert "select your browser’s Back button" in said
    assert "PLANTED" not in said


def test_a_session_that_can_not_be_written_is_no_bad_request(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.member)
    session = client.session
    session["seen"] -= 120
    session.save()

    def full(execute, sql, *rest):
        return gone() if 'UPDATE "django_session"' in sql else execute(sql, *rest)

    with connection.execute_wrapper(full):
        response = client.get("/my-work/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


def test_a_fault_of_ours_is_told_as_one(cast, monkeypatch):
    client = Client(raise_request_exception=False)

    def fail(*args):
        raise ValueError("PLANTED")

    monkeypatch.setattr("scoring.models.Publication.objects.listed", fail)
    response = client.get("/reports/")
    assert response.status_code == 500
    assert "Something went wrong" in texts(response.content.decode())
    assert b"PLANTED" not in response.content
