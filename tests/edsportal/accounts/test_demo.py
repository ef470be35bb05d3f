"""In the demo the sign-in page offers its people as buttons. Outside it they get in by no means."""

from importlib import import_module

import pytest
from django.contrib.auth import authenticate, get_user
from django.core import mail
from django.core.checks import run_checks
from django.test import Client

from edsportal.accounts.models import User
from tests.edsportal.accounts.conftest import PASSWORD
from tests.edsportal.nhsuk.htmltree import elements, one, texts

pytestmark = pytest.mark.slow

SIGN_IN = "/demo/sign-in/"


@pytest.fixture
def demo(settings) -> None:
    import_module(settings.ROOT_URLCONF)  # as it is outside the demo, lest another test meet the demo's
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "edsportal.demo"]
    settings.TEMPLATES = [dict(settings.TEMPLATES[0])]  # read anew, with the demo's own tags and pages
    settings.ROOT_URLCONF = "tests.edsportal.accounts.demo_urls"
    settings.DEMO = True


@pytest.mark.usefixtures("demo")
def test_each_person_of_the_demo_is_a_button(client, person, demo_person):
    User.objects.create_user(email="left@example.org", name="Left", is_demo=True, is_active=False)
    html = client.get("/account/login/").content.decode()
    (button,) = elements(html, "button", name="person")
    assert button["value"] == str(demo_person.pk)
    assert one(html, "div", id=button["aria-describedby"])
    assert "Sign in as Priya Shah Panel member <chair>" in texts(html)
    assert "<chair>" not in html
    assert "Ann" not in html
    assert "Left" not in html
    assert "All people and figures are made up." in texts(html)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("goal", "reached"),
    [("", "/my-work/"), ("/reports/", "/reports/"), ("https://evil.example/", "/my-work/")],
)
def test_a_button_signs_in_and_goes_on(client, demo_person, goal, reached):
    response = client.post(SIGN_IN, {"person": demo_person.pk, "next": goal})
    assert (response.status_code, response.url) == (302, reached)
    assert get_user(client) == demo_person


@pytest.mark.usefixtures("demo")
def test_no_real_person_can_be_signed_in_as(client, person, demo_person):
    for given in (person.pk, "", "x", "-1", "²", 10**30):
        assert client.post(SIGN_IN, {"person": given}).status_code == 404
    demo_person.is_active = False
    demo_person.save()
    assert client.post(SIGN_IN, {"person": demo_person.pk}).status_code == 404
    assert client.get(SIGN_IN).status_code == 405
    assert not get_user(client).is_authenticated


@pytest.mark.usefixtures("demo")
def test_a_button_needs_the_token_of_its_page(demo_person):
    client = Client(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, {"person": demo_person.pk}).status_code == 403


def test_outside_the_demo_there_is_no_such_page(client, person, demo_person):
    for response in (client.get(SIGN_IN), client.post(SIGN_IN, {"person": demo_person.pk})):
        assert response.status_code == 404
    html = client.get("/account/login/").content.decode()
    assert not elements(html, "button", name="person")
    assert "Priya" not in html
    assert "made up" not in html


def test_the_view_itself_refuses_outside_the_demo(client, demo_person, settings):
    settings.ROOT_URLCONF = "tests.edsportal.accounts.demo_urls"
    assert client.post(SIGN_IN, {"person": demo_person.pk}).status_code == 404
    assert not get_user(client).is_authenticated


def test_outside_the_demo_its_people_get_in_by_no_means(client, demo_person, settings):
    assert authenticate(None, email=demo_person.email, password=PASSWORD) is None
    assert authenticate(None, username=demo_person.email, password=PASSWORD) is None
    answer = client.post("/account/login/", {"login": demo_person.email, "password": PASSWORD})
    assert "is wrong" in texts(answer.content.decode())
    client.post("/account/password/reset/", {"email": demo_person.email})
    assert "There is no account with this e-mail address." in mail.outbox[0].body
    demo_person.is_staff = demo_person.is_superuser = True
    demo_person.save()
    settings.ROOT_URLCONF = "tests.edsportal.admin_urls"
    client.post("/admin/login/", {"username": demo_person.email, "password": PASSWORD})
    assert not get_user(client).is_authenticated


def test_a_session_from_the_demo_is_worth_nothing_outside_it(client, demo_person, settings):
    settings.DEMO = True
    client.force_login(demo_person)
    assert get_user(client) == demo_person
    settings.DEMO = False
    assert not get_user(client).is_authenticated
    assert client.get("/my-work/").url == "/account/login/?next=/my-work/"


def test_in_the_demo_they_have_no_password_of_their_own_rules(client, demo_person, settings):
    settings.DEMO = True
    assert authenticate(None, email=demo_person.email, password=PASSWORD) == demo_person


@pytest.mark.django_db
def test_the_checks_report_people_of_the_demo_in_a_real_portal(demo_person, person, settings):
    def found() -> list[str]:
        return [warning.id for warning in run_checks(databases=["default"]) if warning.id.startswith("acc")]

    assert found() == ["accounts.W001"]
    settings.DEMO = True
    assert found() == []
    settings.DEMO = False
    demo_person.delete()
    assert found() == []
