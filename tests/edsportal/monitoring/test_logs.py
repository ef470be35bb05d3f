"""Each line of the log is JSON with the request's id, and tells nothing of who somebody is."""

import io
import json
import logging

import pytest
from django.test import Client

from edsportal.audit.models import Entry
from edsportal.monitoring.logs import JsonFormatter


@pytest.fixture
def log():
    """What is logged while the test runs, as a list of objects when called."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root, request = logging.getLogger(), logging.getLogger("edsportal.request")
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)
    assert request.isEnabledFor(logging.INFO)


def test_a_request_is_one_line_with_its_route_and_id(client, cast, log):
    client.force_login(cast.lead)
    response = client.get(f"/reviews/{cast.organisation.slug}/2026/")
    (line,) = [line for line in log() if line["logger"] == "edsportal.request"]
    assert line["request"] == response.headers["X-Request-ID"]
    assert isinstance(line.pop("milliseconds"), int)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "edsportal.request",
        "message": "answered",
        "request": response.headers["X-Request-ID"],
        "method": "GET",
        "route": "reviews/<slug:organisation>/<year:year>/",
        "status": 200,
    }


def test_the_audit_log_has_the_same_id(client, cast):
    client.force_login(cast.lead)
    address = f"/organisations/{cast.organisation.slug}/people/invite/"
    response = client.post(address, {"email": "nia@example.org", "name": "Nia", "kinds": "reader"})
    assert response.status_code == 302
    entry = Entry.objects.filter(kind="casestudies.role").latest("pk")
    assert (entry.request, entry.by) == (response.headers["X-Request-ID"], cast.lead)


@pytest.mark.parametrize(
    ("trusts", "given", "taken"),
    [(True, "proxy-id-12345678", True), (True, 'x"}; drop', False), (False, "proxy-id-12345678", False)],
)
def test_only_a_trusted_proxy_names_requests(client, db, settings, trusts, given, taken):
    settings.BEHIND_PROXY = trusts
    answered = client.get("/reports/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (answered == given) is taken
    assert len(answered) in (len(given), 32)


SECRETS = (
    "lena",
    "lead@",
    "planted",
    "ambleford",
    "127.0.0.1",
    "a long enough password",
    "sessionid",
)


def test_nothing_that_is_logged_tells_who_somebody_is(
    cast, log, monkeypatch, django_capture_on_commit_callbacks
):
    client = Client(raise_request_exception=False, REMOTE_ADDR="127.0.0.1", HTTP_USER_AGENT="Planted browser")
    email = cast.lead.email
    client.post("/account/login/", {"login": email, "password": "planted wrong"})
    client.post("/account/login/", {"login": email, "password": "a long enough password"})
    client.force_login(cast.lead)
    slug = cast.organisation.slug
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/organisations/{slug}/people/invite/",
            {"email": "planted@example.org", "name": "Planted Person", "kinds": "reader"},
        )
    client.get("/account/invitation/planted-token/")
    client.get("/planted/address/?who=planted")
    client.get(f"/reviews/{slug}/1999/?planted=1")
    client.post(f"/reviews/{slug}/2026/stage/", {"to": "planted"})
    Client(enforce_csrf_checks=True).post("/account/login/", {"login": email})

    def fail(*args):
        raise ValueError(f"Key (email)=({email}) PLANTED already exists")

    monkeypatch.setattr("scoring.models.Publication.objects.listed", fail)
    assert client.get("/reports/").status_code == 500
    logging.getLogger("some.package").warning("No message for %s", email)
    lines = log()
    text = json.dumps(lines, ensure_ascii=False).lower()
    assert [secret for secret in SECRETS if secret in text] == []
    assert {200, 302, 404, 403, 500} <= {line.get("status") for line in lines}
    assert all(line["request"] for line in lines[:-1])
    (error,) = [line for line in lines if "error" in line and line["error"][0] == "builtins.ValueError"]
    assert error["message"] == "Internal Server Error 500"
    assert error["where"][-1].startswith("tests/edsportal/monitoring/test_logs.py:")
    assert {"message": "No message for (e-mail address)"}.items() <= lines[-1].items()
