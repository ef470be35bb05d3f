"""A new password: by a link in an e-mail, and on the page for people who are signed in."""

import re

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

from edsportal.accounts.models import User
from edsportal.accounts.sign_in import guessing
from tests.edsportal.accounts.conftest import PASSWORD
from tests.edsportal.nhsuk.htmltree import elements, texts

RESET = "/account/password/reset/"
NEW = "quite another phrase"


def ask(client, email="ann@example.org"):
    return client.post(RESET, {"email": email}, follow=True)


def link() -> str:
    (message,) = [each for each in mail.outbox if each.subject == "Choose a new password"]
    return re.search(r"http://testserver(/\S+)", message.body).group(1)


def test_the_way_from_the_link_to_signing_in(client, person):
    assert client.get(RESET).status_code == 200
    assert "Check your e-mail" in texts(ask(client).content.decode())
    form = client.get(link(), follow=True)
    assert "Referrer-Policy" in form.headers
    address = form.redirect_chain[-1][0]
    assert "set-password" in address  # the secret is out of the address before the page is shown
    done = client.post(address, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is changed" in texts(done.content.decode())
    assert not get_user(client).is_authenticated
    assert client.post("/account/login/", {"login": person.email, "password": NEW}).status_code == 302


def test_a_new_password_by_e_mail_lets_in_whom_guessers_had_stopped(client, person):
    while guessing.PASSWORDS.everybody.take(person.email):
        pass
    ask(client)
    address = client.get(link(), follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})
    while guessing.PASSWORDS.everybody.take(person.email):
        pass
    assert client.post("/account/login/", {"login": person.email, "password": NEW}).status_code == 302


def test_the_message_is_plain_words(client, person):
    ask(client)
    (message,) = mail.outbox
    assert message.subject == "Choose a new password"
    assert message.to == ["ann@example.org"]
    assert message.body.startswith("Hello Ann <Lee>,\n")
    assert message.body.endswith("Equality Delivery System portal")
    assert not message.alternatives


def test_a_link_works_once_and_until_the_next_sign_in(client, person):
    ask(client)
    address = client.get(link(), follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})
    assert "This link no longer works" in texts(Client().get(link(), follow=True).content.decode())
    mail.outbox.clear()
    ask(client)
    client.post("/account/login/", {"login": person.email, "password": NEW})
    assert "This link no longer works" in texts(Client().get(link(), follow=True).content.decode())


def test_the_answer_is_the_same_for_an_address_without_an_account(client, person):
    User.objects.create_user(email="gone@example.org", name="Gone", password=PASSWORD, is_active=False)
    addresses = ["ann@example.org", "nobody@example.org", "gone@example.org"]
    responses = [ask(client, address) for address in addresses]
    first, second, third = [(each.redirect_chain, texts(each.content.decode())) for each in responses]
    assert first == second == third
    assert [message.to for message in mail.outbox] == [[address] for address in addresses]
    for message in mail.outbox[1:]:
        assert "There is no account with this e-mail address." in message.body
        assert "/password/reset/key/" not in message.body


def test_a_link_goes_to_the_address_of_today_alone(client, person):
    ask(client)
    person.email = "ann.lee@example.org"
    person.save()
    mail.outbox.clear()
    ask(client, "ann@example.org")
    assert "no account" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password1": NEW, "password2": NEW + "x"}, "You must type the same password each time."),
        ({"password1": "", "password2": ""}, "Enter a new password"),
        ({"password1": "1qaz2wsx3edc", "password2": "1qaz2wsx3edc"}, "too common"),
        ({"password1": "ann@example.org", "password2": "ann@example.org"}, "too similar"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client, person, given, message):
    ask(client)
    address = client.get(link(), follow=True).redirect_chain[-1][0]
    html = client.post(address, given).content.decode()
    assert message in texts(html)
    assert texts(html).startswith("Error: ")
    assert not [box for box in elements(html, "input", type="password") if "value" in box]
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_changing_it_takes_the_old_one_and_ends_every_session(client, person):
    other = Client()
    for each in (client, other):
        assert each.post("/account/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    wrong = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert "This is not your password" in texts(
        client.post("/account/password/change/", wrong).content.decode()
    )
    client.post("/account/password/change/", wrong | {"oldpassword": PASSWORD})
    (told,) = mail.outbox
    assert told.to == ["ann@example.org"]
    assert told.body.startswith("Hello Ann <Lee>,\n")
    assert "If this was not you, tell the equality lead" in told.body
    assert not get_user(client).is_authenticated
    assert not get_user(other).is_authenticated
    assert client.post("/account/login/", {"login": person.email, "password": NEW}).status_code == 302


def test_somebody_without_a_password_can_set_one(client, db):
    person = User.objects.create_user(email="new@example.org", name="New")
    client.force_login(person)
    response = client.get("/account/password/change/", follow=True)
    assert response.redirect_chain == [("/account/password/set/", 302)]
    client.post("/account/password/set/", {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)
