"""A second step after the password: an app's codes, recovery codes, and who must have one."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.utils import timezone

from edsportal.accounts.invitations import token_for
from edsportal.accounts.models import User
from edsportal.accounts.sign_in import guessing
from edsportal.accounts.sign_in.second_step import remove_second_step
from edsportal.web.pending_forms import note_of
from tests.cast import PASSWORD
from tests.edsportal.nhsuk.htmltree import one, texts

STEP = "/account/second-step/"
LOGIN = "/account/login/"


@pytest.fixture
def required(settings):
    settings.SECOND_STEP_REQUIRED = True


def code_of(secret: str, at: float | None = None) -> str:
    """The code that an app shows: RFC 6238 with SHA-1, 30 seconds, 6 digits."""
    counter = int((time.time() if at is None else at) // 30)
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1)
    place = mac[-1] & 15
    return str((int.from_bytes(mac[place : place + 4]) & 0x7FFFFFFF) % 10**6).zfill(6)


def sign_in(client: Client, user: User, password: str = PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password})


def set_up_app(client: Client) -> str:
    """The secret of the app that this person now has."""
    assert client.post("/account/again/", {"password": PASSWORD}).status_code == 302
    html = client.get(STEP + "app/").content.decode()
    secret = re.search(r'class="app-key">([A-Z2-7]+)<', html).group(1)
    answer = client.post(STEP + "app/", {"code": code_of(secret)})
    assert (answer.status_code, answer.url) == (302, STEP + "recovery-codes/")
    return secret


def test_codes_are_those_of_the_standard():
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [code_of(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


@pytest.mark.usefixtures("required")
def test_a_lead_sets_it_up_after_signing_in_and_before_anything_else(client, cast):
    assert sign_in(client, cast.lead).url == "/my-work/"
    for path in ("/my-work/", "/reviews/", f"/reviews/{cast.organisation.slug}/2026/panel/", "/account/"):
        assert client.get(path).url == STEP, path
    assert client.get("/reports/").status_code == 200  # what is open to everybody stays open
    page = texts(client.get(STEP).content.decode())
    assert "Set this up first" in page
    set_up_app(client)
    assert client.get("/my-work/").status_code == 200
    assert "Set this up first" not in texts(client.get(STEP).content.decode())


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize(
    ("who", "asked"),
    [("administrator", True), ("lead", True), ("stranger", True), ("author", False), ("member", False)],
)
def test_who_must_have_one(client, cast, who, asked):
    sign_in(client, getattr(cast, who))
    answer = client.get("/my-work/")
    assert (answer.status_code == 302 and answer.url == STEP) is asked


@pytest.mark.usefixtures("required")
def test_whoever_becomes_a_lead_is_asked_soon_and_loses_no_words(client, cast):
    sign_in(client, cast.member)
    assert client.get("/my-work/").status_code == 200
    cast.organisation.roles.create(user=cast.member, kind="equality_lead")
    session = client.session
    session["seen"] -= 61
    session["second_step_asked"] -= 61
    session.save()
    interest = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/interest/"
    sent = client.post(
        interest, {"category": "other", "reason": "My sister works there", "typed_by": note_of(cast.member)}
    )
    assert (sent.status_code, sent.url) == (302, STEP)
    set_up_app(client)
    page = texts(client.get(interest).content.decode())
    assert "My sister works there" in page
    assert "Check what you typed below" in page
    assert not cast.case_studies[0].declared_interests.exists()


def test_nobody_is_asked_where_the_setting_is_off(client, cast, settings):
    assert settings.SECOND_STEP_REQUIRED is False
    sign_in(client, cast.administrator)
    assert client.get("/my-work/").status_code == 200


def test_the_code_is_asked_for_and_counts_once(client, cast):
    client.force_login(cast.lead)
    sign_in_again = Client()
    sign_in(client, cast.lead)
    secret = set_up_app(client)
    answer = sign_in(sign_in_again, cast.lead)
    assert answer.url == STEP + "enter/"
    assert not get_user(sign_in_again).is_authenticated
    assert sign_in_again.get("/my-work/").status_code == 302
    wrong = sign_in_again.post(STEP + "enter/", {"code": "000000"})
    assert "This code is wrong or too old" in texts(wrong.content.decode())
    code = code_of(secret, time.time() + 30)
    right = sign_in_again.post(STEP + "enter/", {"code": f" {code[:3]} {code[3:]} "})
    assert (right.status_code, right.url) == (302, "/my-work/")
    assert get_user(sign_in_again) == cast.lead
    third = Client()
    sign_in(third, cast.lead)
    used = third.post(STEP + "enter/", {"code": code})
    assert "This code is wrong or too old" in texts(used.content.decode())
    assert not get_user(third).is_authenticated


def test_the_box_for_the_code_takes_what_is_pasted_or_filled_in(client, cast):
    sign_in(client, cast.lead)
    set_up_app(client)
    other = Client()
    sign_in(other, cast.lead)
    box = one(other.get(STEP + "enter/").content.decode(), "input", name="code")
    assert (box["autocomplete"], box["inputmode"]) == ("one-time-code", "numeric")
    assert not {"maxlength", "pattern", "onpaste"} & set(box)


def test_five_wrong_codes_lock_even_the_right_one(client, cast):
    sign_in(client, cast.lead)
    secret = set_up_app(client)
    other = Client()
    other.get(LOGIN)
    sign_in(other, cast.lead)
    for _ in range(5):
        other.post(STEP + "enter/", {"code": "000000"})
    answer = other.post(STEP + "enter/", {"code": code_of(secret, time.time() + 30)})
    assert "There were too many attempts" in texts(answer.content.decode())
    assert not get_user(other).is_authenticated


def test_a_guesser_with_the_password_locks_out_no_known_browser(client, cast):
    sign_in(client, cast.lead)
    secret = set_up_app(client)
    client.post("/account/logout/")
    while guessing.CODES.everybody.take(cast.lead.email):
        pass
    stranger = Client()
    sign_in(stranger, cast.lead)
    answer = stranger.post(STEP + "enter/", {"code": code_of(secret, time.time() + 30)})
    assert "There were too many attempts" in texts(answer.content.decode())
    sign_in(client, cast.lead)
    client.post(STEP + "enter/", {"code": code_of(secret, time.time() + 30)})
    assert get_user(client) == cast.lead


def test_a_recovery_code_lets_in_once(client, cast):
    sign_in(client, cast.lead)
    set_up_app(client)
    text = client.get(STEP + "recovery-codes/file/").content.decode()
    codes = re.findall(r"^\d{8}$", text, re.MULTILINE)
    assert len(set(codes)) == 10
    assert set(codes) == set(
        re.findall(r"\d{8}", texts(client.get(STEP + "recovery-codes/").content.decode()))
    )
    for worked in (True, False):
        other = Client()
        sign_in(other, cast.lead)
        other.post(STEP + "enter/", {"code": codes[0]})
        assert get_user(other).is_authenticated is worked


def test_secrets_are_kept_encrypted(client, cast, settings):
    sign_in(client, cast.lead)
    secret = set_up_app(client)
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code_of(secret, time.time() + 30))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 8
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret, time.time() - 30))


def test_changing_it_asks_who_it_is_once_more(client, cast):
    client.force_login(cast.lead)
    for path in ("app/", "passkeys/add/"):
        answer = client.get(STEP + path)
        assert (answer.status_code, answer.url) == (
            302,
            f"/account/again/?next=%2Faccount%2Fsecond-step%2F{path.replace('/', '%2F')}",
        )
    page = client.post("/account/again/", {"password": "wrong"})
    assert "This is not your password" in texts(page.content.decode())


def test_an_administrator_removes_it_for_who_lost_everything(
    client, cast, django_capture_on_commit_callbacks
):
    sign_in(client, cast.lead)
    set_up_app(client)
    mail.outbox.clear()
    administrator = Client()
    administrator.force_login(cast.administrator)
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/accounts/{cast.lead.pk}/second-step/")
    assert not Authenticator.objects.exists()
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([cast.lead.email], "Your second step was removed")
    ]
    assert sign_in(Client(), cast.lead).url == "/my-work/"


def test_removing_nothing_tells_nobody(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove_second_step(user=cast.lead)
    assert mail.outbox == []


def test_the_admin_site_shows_no_secrets(client, cast, settings):
    settings.ROOT_URLCONF = "tests.edsportal.admin_urls"
    client.force_login(cast.administrator)
    for path in ("mfa/authenticator/", "socialaccount/socialapp/", "socialaccount/socialtoken/"):
        assert client.get(f"/admin/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "app/", "passkeys/add/", "recovery-codes/", "app/remove/"])
def test_its_pages_are_for_who_is_signed_in(client, db, path):
    assert client.get(STEP + path).url.startswith(LOGIN)


def test_another_persons_passkey_is_not_found(client, cast):
    theirs = Authenticator.objects.create(
        user=cast.member, type="webauthn", data={"name": "Theirs", "credential": {}}
    )
    sign_in(client, cast.lead)
    client.post("/account/again/", {"password": PASSWORD})
    for path in ("remove/", "rename/"):
        assert client.post(f"{STEP}passkeys/{theirs.pk}/{path}", {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Theirs"


@pytest.mark.parametrize("how", ["signed in before", "an identity provider", "a second step"])
def test_an_invitation_lets_nobody_round_their_way_in(client, cast, how):
    """Somebody who signs in by a provider has no password: a link must not let them set one and skip the rest."""
    user = User.objects.create_user(email="ida@example.org", name="Ida")
    if how == "signed in before":
        user.last_login = timezone.now()
        user.save()
    elif how == "an identity provider":
        SocialAccount.objects.create(user=user, provider="organisation", uid="1")
    else:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client.get(f"/account/invitation/{token_for(user)}/")
    answer = client.post("/account/invitation/", {"password1": PASSWORD, "password2": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/my-work/")
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not get_user(client).is_authenticated
