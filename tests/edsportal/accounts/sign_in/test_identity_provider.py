"""Sign-in by OpenID Connect against a real provider, which runs beside the test: `oidc-provider-mock`."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.test import Client

from edsportal.accounts.models import User
from tests.edsportal.accounts.conftest import PASSWORD
from tests.edsportal.nhsuk.htmltree import elements, texts
from tests.test_settings import SERVER, setting

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("identity provider")]

START = "/account/oidc/organisation/login/"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The provider's address, once it answers."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **silent) as running:
        for _ in range(300):
            try:
                requests.get(f"http://127.0.0.1:{port}/.well-known/openid-configuration", timeout=10)
                break
            except requests.ConnectionError:
                assert running.poll() is None, "the provider did not start"
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        running.terminate()


@pytest.fixture
def provider(server, settings) -> str:
    """The portal's settings for this provider, as edsportal/settings.py makes them."""
    given = {
        "OIDC_SERVER_URL": server,
        "OIDC_CLIENT_ID": "portal",
        "OIDC_CLIENT_SECRET": "s",
        "OIDC_NAME": "NHSmail",
    }
    settings.SOCIALACCOUNT_PROVIDERS = setting("settings.SOCIALACCOUNT_PROVIDERS", **SERVER, **given)
    settings.OIDC_NAME = "NHSmail"
    return server


def knows(provider: str, sub: str, **claims) -> None:
    assert requests.put(f"{provider}/users/{sub}", json=claims, timeout=10).status_code == 204


def sign_in(client: Client, provider: str, sub: str, start: str = START):
    """What the portal answers when the provider sends somebody back who signed in there as `sub`."""
    away = client.get(start)
    assert away.status_code == 302
    assert away.url.startswith(provider)
    back = requests.post(away.url, data={"sub": sub}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    assert parts.path == START + "callback/"
    return client.get(f"{parts.path}?{parts.query}")


def test_somebody_known_is_signed_in_and_goes_on(client, person, provider):
    knows(provider, "a1", email="ANN@example.org", email_verified=True, name="Somebody Else")
    answer = sign_in(client, provider, "a1", START + "?next=/reports/")
    assert (answer.status_code, answer.url) == (302, "/reports/")
    assert get_user(client) == person
    person.refresh_from_db()
    assert person.name == "Ann <Lee>"  # what the provider says changes nothing here
    (link,) = SocialAccount.objects.all()
    assert (link.user, link.provider, link.uid, link.extra_data) == (person, "organisation", "a1", {})


def test_the_next_time_the_providers_mark_counts_and_not_the_address(client, person, provider):
    knows(provider, "a1", email="ann@example.org", email_verified=True)
    sign_in(client, provider, "a1")
    person.email = "ann.lee@example.org"
    person.save()
    other = User.objects.create_user(email="ann@example.org", name="Another Ann", password=PASSWORD)
    again = Client()
    sign_in(again, provider, "a1")
    assert get_user(again) == person
    assert get_user(again) != other


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org", "email_verified": True},
        {"email": "ann@example.org", "email_verified": False},
        {"email": "ann@example.org", "email_verified": "false"},
        {"email": "ann@example.org"},
        {"email": "gone@example.org", "email_verified": True},
        {"email": "guest@guest.invalid", "email_verified": True},
        {"email": "priya@example.org", "email_verified": True},
        {"email": "", "email_verified": True},
        {"email_verified": True},
        {},
    ],
    ids=[
        "unknown",
        "unverified",
        "unverified text",
        "unsaid",
        "closed",
        "guest",
        "demo",
        "empty",
        "none",
        "nothing",
    ],
)
def test_nobody_else_gets_in_and_all_get_the_same_answer(client, person, demo_person, provider, claims):
    from django.utils import timezone

    User.objects.create_user(email="gone@example.org", name="Gone", is_active=False)
    User.objects.create_user(email="guest@guest.invalid", name="Guest", guest_until=timezone.now())
    count = User.objects.count()
    knows(provider, "b2", **claims)
    answer = sign_in(client, provider, "b2")
    assert answer.status_code == 403
    page = texts(answer.content.decode())
    assert "We could not sign you in with NHSmail." in page
    knows(provider, "b2", email="someone.else@example.net", email_verified=True)
    assert page == texts(sign_in(Client(), provider, "b2").content.decode())
    assert not get_user(client).is_authenticated
    assert (User.objects.count(), SocialAccount.objects.count()) == (count, 0)


def test_who_was_linked_and_then_closed_stays_out(client, person, provider):
    knows(provider, "a1", email="ann@example.org", email_verified=True)
    sign_in(client, provider, "a1")
    User.objects.filter(pk=person.pk).update(is_active=False)
    again = Client()
    assert sign_in(again, provider, "a1").status_code == 403
    assert not get_user(again).is_authenticated


def test_a_provider_that_says_nothing_of_addresses_can_be_trusted_by_a_setting(
    client, person, provider, settings
):
    settings.OIDC_TRUSTS_ADDRESSES = True
    knows(provider, "c3", email="ann@example.org")
    assert sign_in(client, provider, "c3").url == "/my-work/"
    knows(provider, "c4", email="ann@example.org", email_verified=False)
    assert sign_in(Client(), provider, "c4").status_code == 403  # a no stays a no


def test_nobody_can_tie_an_identity_to_the_account_in_which_they_are(client, person, provider):
    knows(provider, "evil", email="evil@example.net", email_verified=True)
    client.force_login(person)
    assert sign_in(client, provider, "evil", START + "?process=connect").status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_that_was_not_asked_for_is_refused(client, person, provider):
    knows(provider, "a1", email="ann@example.org", email_verified=True)
    away = Client().get(START)
    back = requests.post(away.url, data={"sub": "a1"}, allow_redirects=False, timeout=10)
    stolen = client.get(START + "callback/?" + urlsplit(back.headers["Location"]).query)
    assert stolen.status_code == 403
    assert not get_user(client).is_authenticated
    assert client.get(START + "callback/?error=access_denied").status_code == 403
    assert client.get(START + "callback/").status_code == 403


def test_the_request_is_bound_to_this_browser_and_asks_for_no_more_than_is_needed(client, db, provider):
    query = parse_qs(urlsplit(client.get(START).url).query)
    assert set(query["scope"][0].split()) == {"openid", "profile", "email"}
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["state"][0]) >= 16
    assert query["redirect_uri"] == ["http://testserver" + START + "callback/"]


@pytest.mark.parametrize(("trusted", "path"), [(True, "/my-work/"), (False, "/account/second-step/")])
def test_its_second_step_can_stand_for_ours(client, person, provider, settings, trusted, path):
    settings.SECOND_STEP_REQUIRED, settings.OIDC_HAS_SECOND_STEP = True, trusted
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    knows(provider, "a1", email="ann@example.org", email_verified=True)
    sign_in(client, provider, "a1")
    assert client.get("/my-work/", follow=True).request["PATH_INFO"] == path


def test_the_sign_in_page_offers_it_where_it_is_set(client, db, provider):
    html = client.get("/account/login/?next=/reports/").content.decode()
    assert [link["href"] for link in elements(html, "a") if "oidc" in link["href"]] == [
        f"{START}?next=/reports/"
    ]
    assert "Sign in with NHSmail" in texts(html)


def test_without_a_setting_there_is_no_such_way(client, db):
    assert client.get(START).status_code == 404
    assert "oidc" not in client.get("/account/login/").content.decode()


def test_a_provider_that_does_not_answer_is_told_in_words(client, person, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://localhost:1"
    )
    answer = client.get(START)
    assert answer.status_code == 403
    assert "We could not sign you in with NHSmail." in texts(answer.content.decode())
