"""The pages that say what went wrong, and that nothing inline is on them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, permission_denied, server_error

from tests.edsportal.nhsuk.htmltree import elements, events, one, texts


def test_a_missing_page_says_what_to_do(client, person):
    response = client.get("/no-such-page/")
    assert response.status_code in (302, 404)
    client.force_login(person)
    response = client.get("/no-such-page/<script>")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Page not found" in texts(html)
    assert "no-such-page" not in html


def test_a_refusal_gives_its_reason(person, rf: RequestFactory):
    request = rf.get("/")
    request.user = person
    page = permission_denied(request, PermissionDenied("Scores are closed <since> May."))
    html = page.content.decode()
    assert (page.status_code, "Scores are closed <since> May." in texts(html)) == (403, True)
    assert "<since>" not in html
    assert "Your account doesn’t let you open this page." in texts(
        permission_denied(request, PermissionDenied()).content.decode()
    )


def test_a_form_without_its_token_says_how_to_keep_what_was_typed(person):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/account/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "What you typed is still in the form" in texts(response.content.decode())
    assert "Your browser did not send a cookie" in texts(response.content.decode())


def test_pages_for_a_broken_portal_need_neither_person_nor_database(rf):
    for view, status in ((server_error, 500), (lambda request: bad_request(request, None), 400)):
        page = view(rf.get("/"))
        assert page.status_code == status
        html = page.content.decode()
        assert one(html, "html")["lang"] == "en"
        assert len(elements(html, "h1")) == 1
        assert "Equality Delivery System portal" in texts(html)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "template", ["404.html", "403.html", "403_csrf.html", "429.html", "400.html", "500.html"]
)
def test_nothing_stands_inline_that_the_security_policy_refuses(template, rf):
    html = render_to_string(template, request=rf.get("/"))
    for event in events(html):
        if event[0] == "open":
            assert "style" not in event[2]
            assert not [name for name in event[2] if name.startswith("on")]
    assert not elements(html, "style")
    assert all("src" in script for script in elements(html, "script"))


def test_every_page_has_its_frame(client, db):
    response = client.get("/account/login/")
    html = response.content.decode()
    assert one(html, "html")["lang"] == "en"
    assert one(html, "main")["id"] == "maincontent"
    assert one(html, "a", class_="nhsuk-skip-link")["href"] == "#maincontent"
    assert {"/accessibility/", "/privacy/", "/reports/"} <= {link["href"] for link in elements(html, "a")}
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'self'" in policy
    assert "unsafe" not in response.headers["Content-Security-Policy"]
