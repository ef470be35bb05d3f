"""Sign-in with e-mail and password: who gets in, where they go on to, and what a stranger can't learn."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from edsportal.accounts.models import User
from edsportal.accounts.sign_in import guessing
from tests.edsportal.accounts.conftest import PASSWORD
from tests.edsportal.nhsuk.htmltree import elements, one, texts

LOGIN = "/account/login/"


def sign_in(client, email="ann@example.org", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_the_page_is_open_to_everybody_and_asks_two_things(client, db):
    html = client.get(LOGIN).content.decode()
    email = one(html, "input", type="email")
    assert (email["name"], email["autocomplete"]) == ("login", "username")
    assert one(html, "input", type="password")["autocomplete"] == "current-password"
    assert "placeholder" not in html
    assert "Sign in – Equality Delivery System portal" in texts(html)


@pytest.mark.parametrize("typed", ["ann@example.org", "ANN@Example.ORG", " ann@example.org "])
def test_a_person_signs_in_and_goes_on_to_their_work(client, person, typed):
    response = sign_in(client, typed)
    assert (response.status_code, response.url) == (302, reverse("my_work"))
    assert get_user(client) == person
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        ("/reports/?a=1", "/reports/?a=1"),
        ("https://evil.example/", "/my-work/"),
        ("//evil.example/", "/my-work/"),
        ("javascript:alert(1)", "/my-work/"),
    ],
)
def test_it_goes_on_to_the_page_asked_for_if_that_is_ours(client, person, goal, reached):
    form = client.get(LOGIN, {"next": goal}).content.decode()
    assert {each["value"] for each in elements(form, "input", name="next")} == {goal}
    assert sign_in(client, next=goal).url == reached


def test_an_administrator_signs_in_the_same_way(client, db):
    User.objects.create_superuser(email="root@example.org", name="Root", password=PASSWORD)
    assert sign_in(client, "root@example.org").url == reverse("my_work")


def test_no_answer_tells_whether_an_address_has_an_account(client, person):
    User.objects.create_user(email="gone@example.org", name="Gone", password=PASSWORD, is_active=False)
    User.objects.create_user(email="new@example.org", name="New")
    tries = [
        ("ann@example.org", "wrong password"),
        ("gone@example.org", PASSWORD),
        ("new@example.org", PASSWORD),
        ("nobody@example.org", PASSWORD),
    ]
    pages = {sign_in(client, *given).content.decode().replace(given[0], "ADDRESS") for given in tries}
    texts_shown = {texts(page) for page in pages}
    assert len(texts_shown) == 1
    assert "Error: Sign in" in texts_shown.pop()
    assert not get_user(client).is_authenticated


def test_what_is_wrong_is_said_and_the_address_stays(client, person):
    html = sign_in(client, "ann@example.org", "wrong").content.decode()
    (summary_link,) = [link for link in elements(html, "a") if link["href"] == "#id_login"]
    assert summary_link
    assert one(html, "input", type="email")["value"] == "ann@example.org"
    assert "value" not in one(html, "input", type="password")
    assert texts(html).count("The e-mail address or the password is wrong. Check both, then try again") == 2
    empty = texts(sign_in(client, "", "").content.decode())
    assert "Enter your e-mail address" in empty
    assert "Enter your password" in empty


def test_an_address_that_was_given_up_no_longer_signs_in(client, person):
    sign_in(client)
    client.post("/account/logout/")
    client.post("/account/password/reset/", {"email": "ann@example.org"})
    assert person.emailaddress_set.filter(email="ann@example.org").exists()  # allauth keeps what it has seen
    person.email = "ann.lee@example.org"
    person.save()
    assert sign_in(client).status_code == 200
    assert sign_in(client, "ann.lee@example.org").status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, person):
    """In that browser."""
    client.get(LOGIN)
    for _ in range(5):
        assert "is wrong" in texts(sign_in(client, password="wrong").content.decode())
    assert "Wait five minutes" in texts(sign_in(client).content.decode())
    assert not get_user(client).is_authenticated


def test_the_right_password_signs_in_after_five_wrong_guesses_by_others(client, person):
    guesser = Client()  # behind the same network address
    guesser.get(LOGIN)
    for _ in range(6):
        sign_in(guesser, password="wrong")
    client.get(LOGIN)
    assert sign_in(client).status_code == 302


def test_many_guessers_stop_unknown_browsers_and_never_a_known_one(client, person, settings):
    client.get(LOGIN)
    assert sign_in(client).status_code == 302
    client.post("/account/logout/")
    everybody = guessing.PASSWORDS.everybody
    while everybody.take(person.email):  # as many as all browsers together have
        pass
    stranger = Client()
    stranger.get(LOGIN)
    assert "ask for a link to a new password" in texts(sign_in(stranger).content.decode())
    assert sign_in(client).status_code == 302  # it signed in before
    cookie = client.cookies[guessing.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/account/")
    assert person.email not in cookie.value


def test_a_known_browser_has_limits_too_and_a_forged_one_is_unknown(client, person):
    client.get(LOGIN)
    sign_in(client)
    client.post("/account/logout/")
    for _ in range(guessing.PASSWORDS.known.limit):
        assert "is wrong" in texts(sign_in(client, password="wrong").content.decode())
    assert "Wait five minutes" in texts(sign_in(client).content.decode())
    while guessing.PASSWORDS.everybody.take(person.email):
        pass
    forged = Client()
    forged.cookies[guessing.COOKIE] = "WyJ4IiwgWyJ5Il1d:x:y"
    assert "Wait five minutes" in texts(sign_in(forged).content.decode())
    other = User.objects.create_user(email="bob@example.org", name="Bob", password=PASSWORD)
    known_to_bob = Client()
    sign_in(known_to_bob, other.email)
    known_to_bob.post("/account/logout/")
    assert "Wait five minutes" in texts(sign_in(known_to_bob).content.decode())


def test_right_passwords_are_not_counted(client, person):
    for _ in range(guessing.PASSWORDS.browser.limit + 2):
        browser = Client()
        assert sign_in(browser).status_code == 302
    assert not guessing.PASSWORDS.everybody.exceeded(person.email)


def test_a_whole_room_signs_in_behind_one_address(client, db):
    for number in range(45):
        User.objects.create_user(email=f"p{number}@example.org", name=f"P{number}", password=PASSWORD)
        browser = Client()
        browser.get(LOGIN)
        assert sign_in(browser, f"p{number}@example.org").status_code == 302


def test_nobody_signs_up(client, db):
    for response in (client.get("/account/signup/"), client.post("/account/signup/", {"email": "a@b.org"})):
        assert response.status_code in (200, 405)
    assert "Ask the equality lead" in texts(client.get("/account/signup/").content.decode())
    assert not User.objects.exists()


@pytest.mark.parametrize("path", ["email/", "3rdparty/", "3rdparty/signup/", "social/signup/", "2fa/"])
def test_pages_of_allauth_that_the_portal_does_not_offer_do_not_exist(client, person, path):
    client.force_login(person)
    assert client.get(f"/account/{path}").status_code == 404


def test_signing_out_takes_a_button(client, person):
    client.force_login(person)
    assert "Do you want to sign out?" in texts(client.get("/account/logout/").content.decode())
    assert get_user(client) == person
    response = client.post("/account/logout/", follow=True)
    assert not get_user(client).is_authenticated
    assert "You have signed out." in texts(response.content.decode())


def test_the_header_names_the_person_and_signs_out_by_post(client, person):
    client.force_login(person)
    html = client.get("/account/password/change/").content.decode()
    assert "Ann &lt;Lee&gt;" in html
    form = one(html, "form", action="/account/logout/")
    assert form["method"] == "post"
    assert len(elements(html, "input", name="csrfmiddlewaretoken")) == 2  # its own and the page's form


def test_the_admin_site_has_no_door_of_its_own(client, person, settings):
    settings.ROOT_URLCONF = "tests.edsportal.admin_urls"
    person.is_staff = True
    person.save()
    response = client.post("/admin/login/?next=/admin/", {"username": person.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, f"{LOGIN}?next=%2Fadmin%2F")
    assert not get_user(client).is_authenticated
    assert sign_in(client, next="/admin/").url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_other_pages_ask_to_sign_in_first(client, db):
    for path in ("/my-work/", "/account/password/change/", "/account/password/set/"):
        response = client.get(path)
        assert (response.status_code, response.url) == (302, f"{LOGIN}?next={path}")
